// What is looked at follows from two forms; the server then tells of each piece, and only changed pictures are fetched.
const PX_PER_MM = 96 / 25.4, GAP = 16, ROOM = 42, SELECTS = ['format', 'committee', 'language', 'filling', 'distance'];
const $ = id => document.getElementById(id), all = (query, at = document) => [...at.querySelectorAll(query)];
const controls = $('controls'), slots = $('slots'), main = document.querySelector('main'), { body } = document;
const make = (tag, given = {}, ...inside) => { const it = Object.assign(document.createElement(tag), given); it.append(...inside); return it; };
const draw = (tag, given, ...inside) => {
  const it = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const key in given) it.setAttribute(key, given[key]);
  it.append(...inside);
  return it;
};
const post = async (path, told) => (await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(told) })).json();
let kept = JSON.parse(sessionStorage.getItem('preview') || '{}'), setup, viewer, look = 0, asked = '', cells = {}, waiting;

const chosen = () => Object.fromEntries(new FormData(controls));
const values = () => Object.fromEntries([...new FormData(slots)].filter(([, text]) => text.trim()));
const format = id => setup.format.find(one => one.id === id);
const full = ({ trim: [wide, high], bleed }) => [wide + 2 * bleed, high + 2 * bleed];
const options = given => given.map(one => make('option', { value: one.id ?? one, textContent: one.name ?? one }));

async function begin() {
  setup = await (await fetch('/setup')).json();
  const before = { ...setup.first, ...(viewer ? chosen() : {}), ...kept.controls };
  for (const name of SELECTS) controls[name].replaceChildren(...options(setup[name]));
  for (const name of [...SELECTS, 'mode', 'zoom', 'vision', 'earlier']) controls[name].value = before[name] ?? controls[name].value;
  for (const select of all('select', controls)) select.selectedIndex = Math.max(0, select.selectedIndex);
  for (const box of kept.boxes ? all('[type=checkbox]', controls) : []) box.checked = kept.boxes.includes(box.name + box.value);
  [$('name').textContent, $('campaign').textContent, document.title] = [setup.name, setup.campaign, `${setup.name} – printkit preview`];
  const texts = { ...kept.values, ...values() };
  $('fields').replaceChildren(...setup.slots.map(slot => field(slot, texts[slot.name] || '')));
  for (const id in cells) cells[id].page = format(cells[id].cell.format) ?? cells[id].page;
  [kept, asked] = [{}, ''];
}
function field({ name, label, note, tag, type, choices }, value) {
  const input = make(tag, { name, ...(tag === 'input' && { type }), ...(tag === 'textarea' && { rows: 1 }) }, ...(choices ? options(['', ...choices]) : []));
  return make('label', {}, label, Object.assign(input, { value }), make('small', { textContent: note }), make('small', { className: 'wrong' }));
}

function scale(page, now) {
  const [wide, high] = full(page);
  if (now.mode === 'grid') return setup.figures.cell_pixels / devicePixelRatio / Math.max(wide, high);
  if (now.distance) return PX_PER_MM * setup.figures.screen_m / now.distance;
  if (now.zoom !== 'fit') return PX_PER_MM * now.zoom;
  return Math.min((main.clientWidth - ROOM - GAP * (page.pages - 1)) / (wide * page.pages), (main.clientHeight - ROOM) / high);
}
function remember() {
  const boxes = all('[type=checkbox]:checked', controls).map(box => box.name + box.value);
  sessionStorage.setItem('preview', JSON.stringify({ controls: chosen(), values: values(), boxes }));
}

function show() {
  const now = chosen(), one = now.mode === 'one', page = format(now.format), { cell_pixels, soft_mm } = setup.figures;
  const stays = ['working', 'away'].filter(one => body.classList.contains(one));
  body.className = [...[...new FormData(controls)].map(([name, value]) => `${name}-${value}`), ...stays].join(' ');
  body.style.setProperty('--earlier', now.earlier / 100);
  body.style.setProperty('--soft', `${now.distance ? soft_mm * PX_PER_MM : 0}px`);
  remember();
  for (const id in cells) cells[id].style.setProperty('--scale', scale(cells[id].page, now));
  showEarlier(now.earlier > 0);
  const [formats, languages, fillings] = ['format', 'language', 'filling'].map(name => one ? [now[name]] : setup[name].map(any => any.id ?? any));
  const pixels = one ? Math.max(16, Math.round(Math.max(...full(page)) * scale(page, now) * devicePixelRatio)) : cell_pixels;
  const inks = now.total ? 'total' : new FormData(controls).getAll('inks').join('');
  const ask = { viewer, committees: [now.committee], formats, languages, fillings, pixels, inks, values: values() };
  if (!viewer || asked === (asked = JSON.stringify(ask))) return;
  body.classList.add('working');
  $('status').textContent = setup.words.working;
  const seen = ({ top, bottom }) => top < innerHeight && bottom > 0;
  return post('/look', { ...ask, look: ++look, first: Object.keys(cells).filter(id => seen(cells[id].getBoundingClientRect())) });
}
function arrange(told) {
  if (told.look !== look || told.cells.map(cell => cell.id).join() === Object.keys(cells).join()) return;
  cells = Object.fromEntries(told.cells.map(cell => [cell.id, frame(cell)]));
  $('pieces').replaceChildren(...Object.values(cells));
  show();
}
function frame(cell) {
  const page = format(cell.format), pages = Array.from({ length: page.pages }, (_, at) => measure(page.bleed, page,
    make('div', { className: 'page' }, make('img', { alt: `${page.name}, page ${at + 1}` }), make('img', { alt: '', className: 'earlier' }), draw('svg', {}))));
  const open = make('button', { type: 'button', title: setup.words.large, textContent: `${page.name}, ${cell.language}, ${cell.filling}` });
  open.onclick = () => { for (const name of SELECTS.slice(0, 4)) controls[name].value = cell[name]; controls.mode.value = 'one'; show(); };
  return Object.assign(make('figure', {}, make('figcaption', {}, open, make('b')), make('div', { className: 'pages' }, ...pages)), { cell, page });
}
function measure(bleed, { trim }, it) {
  const [wide, high] = full({ trim, bleed });
  for (const [name, value] of [['--bleed', bleed], ['--w', wide], ['--h', high]]) it.style.setProperty(name, value);
  it.lastChild.setAttribute('viewBox', `${-bleed} ${-bleed} ${wide} ${high}`);
  return it;
}

function renew(told) {
  const figure = cells[told.cell];
  if (told.look !== look || !figure) return;
  all('.page', figure).forEach((it, at) => {
    const src = told.pages?.[at].src;
    if (src && it.firstChild.getAttribute('src') !== src) it.firstChild.src = src;
    measure(told.bleed ?? figure.page.bleed, figure.page, it);
    it.lastChild.replaceChildren(...[...figure.page.lines, ...told.lines].filter(line => !line.page || line.page === at + 1).map(outline));
  });
  figure.classList.toggle('wrong', told.problems.length > 0);
  figure.querySelector('b').textContent = told.summary;
  if (!told.working) body.classList.remove('working');
  $('status').textContent = told.status;
  if (chosen().mode === 'one') tell(told);
}
function outline({ kind, box: [x, y, width, height], text }) {
  return draw('g', { class: kind }, draw('rect', { x, y, width, height }), ...(text ? [draw('circle', { cx: x, cy: y }), draw('text', { x, y }, text)] : []));
}

function tell(told) {
  $('problems').replaceChildren(...told.problems.map(({ place, words, source }) =>
    make('p', {}, make('b', { textContent: `${place} ` }), words, ...(source ? [make('code', { textContent: source })] : []))));
  $('findings').replaceChildren(...told.marks.map(({ severity, sign, words, place }) => make('li', { className: severity },
    make('b', { textContent: sign }), make('span', {}, words, make('small', { textContent: place })))));
  for (const input of all('[name]', $('fields'))) {
    const wrong = told.problems.filter(one => one.slot === input.name).map(one => one.words).join('; ');
    input.setAttribute('aria-invalid', Boolean(wrong));
    Object.assign(input, { placeholder: told.texts?.[input.name] ?? '' }).parentNode.lastChild.textContent = wrong;
  }
  [$('limit').textContent, $('ink').textContent] = [told.limit ? `${told.limit} %` : '', told.ink ?? ''];
}
function showEarlier(wanted) {
  $('no-earlier').hidden = true;
  for (const { cell: { committee, format, language }, lastChild } of Object.values(cells)) all('.earlier', lastChild).forEach((image, at) => {
    const src = `/earlier/${committee}/${format}/${language}/${at + 1}.png`;
    image.onerror = () => { image.removeAttribute('src'); $('no-earlier').hidden = false; };
    if (wanted && image.getAttribute('src') !== src) image.src = src;
  });
}

async function save(given) {
  const { text, file, error } = await post('/save', { values: values(), ...given });
  $('save').value = error ? 'again' : '';
  if (file || error) $('saved').textContent = error ?? `${setup.words.saved} --data ${file}`;
  return text;
}
controls.addEventListener('input', show);
slots.addEventListener('input', () => { remember(); clearTimeout(waiting); waiting = setTimeout(show, 120); });
slots.addEventListener('reset', () => setTimeout(show));
slots.addEventListener('submit', event => { event.preventDefault(); save({ name: $('file').value, replace: $('save').value === 'again' }); });
$('file').addEventListener('input', () => { $('save').value = ''; });
$('download').onclick = async () => {
  const href = URL.createObjectURL(new Blob([await save({})], { type: 'application/toml' }));
  make('a', { href, download: `${$('file').value || setup.template}.toml` }).click();
};
const stream = new EventSource('/events');
let begun = begin();
const hear = (kind, act) => stream.addEventListener(kind, event => act(JSON.parse(event.data)));
hear('hello', async name => { await (begun ?? begin()); begun = null; viewer = name; body.classList.remove('away'); await show(); new ResizeObserver(show).observe(main); });
hear('setup', async () => { await begin(); show(); });
hear('cells', arrange);
hear('cell', renew);
stream.onerror = () => { viewer = null; body.classList.add('away'); $('status').textContent = setup?.words.away ?? ''; };
