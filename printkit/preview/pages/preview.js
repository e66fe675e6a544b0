// What is looked at follows from two forms; the server then tells of each piece, and only changed pictures are fetched.
const PX_PER_MM = 96 / 25.4, GAP = 16, ROOM = 42;
const $ = id => document.getElementById(id), all = (query, at = document) => [...at.querySelectorAll(query)];
const controls = $('controls'), slots = $('slots'), main = document.querySelector('main'), body = document.body;
const make = (tag, given = {}, ...inside) => { const it = Object.assign(document.createElement(tag), given); it.append(...inside); return it; };
const draw = (tag, given, ...inside) => {
  const it = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const key in given) it.setAttribute(key, given[key]);
  it.append(...inside);
  return it;
};
const post = async (path, told) => {
  const answer = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(told) });
  return { ok: answer.ok, ...await answer.json() };
};
const kept = JSON.parse(sessionStorage.getItem('preview') || '{}');
let setup, viewer, look = 0, asked = '', cells = {}, waiting;

const chosen = () => Object.fromEntries(new FormData(controls));
const values = () => Object.fromEntries([...new FormData(slots)].filter(([, text]) => text.trim()));
const format = id => setup.formats.find(one => one.id === id);
const full = page => [page.trim[0] + 2 * page.bleed, page.trim[1] + 2 * page.bleed];

async function begin() {
  setup = await (await fetch('/setup')).json();
  const options = { format: setup.formats, committee: setup.committees, language: setup.languages, filling: setup.fillings,
    distance: [{ id: '', name: 'On the screen' }, ...setup.figures.distances_m.map(one => ({ id: one, name: `From ${one} m` }))] };
  const before = { ...setup.first, ...(viewer ? chosen() : {}), ...kept.controls };
  for (const name in options) controls[name].replaceChildren(...options[name].map(one => make('option', { value: one.id ?? one, textContent: one.name ?? one })));
  for (const name of [...Object.keys(options), 'mode', 'zoom', 'vision', 'earlier']) if (before[name] !== undefined) controls[name].value = before[name];
  for (const select of all('select', controls)) select.selectedIndex = Math.max(0, select.selectedIndex);
  for (const box of kept.boxes ? all('[type=checkbox]', controls) : []) box.checked = kept.boxes.includes(box.name + box.value);
  [$('name').textContent, $('campaign').textContent] = [setup.name, setup.campaign || ''];
  document.title = `${setup.name} – printkit preview`;
  const texts = { ...kept.values, ...values() };
  $('fields').replaceChildren(...setup.slots.map(slot => field(slot, texts[slot.name] || '')));
  [kept.controls, kept.boxes, kept.values] = [];
}

function field(slot, text) {
  const tag = slot.kind === 'choice' ? 'select' : slot.long ? 'textarea' : 'input';
  const input = make(tag, {}, ...(slot.choices ? ['', ...slot.choices] : []).map(one => make('option', { value: one, textContent: one })));
  Object.assign(input, { name: slot.name, ...(tag === 'input' && { type: slot.type }), ...(tag === 'textarea' && { rows: 1 }), value: text });
  return make('label', {}, slot.label, input, make('small', { textContent: slot.note }), make('small', { className: 'wrong' }));
}

function scale(page, now) {
  const [wide, high] = full(page);
  if (now.mode === 'grid') return setup.figures.cell_pixels / devicePixelRatio / Math.max(wide, high);
  if (now.distance) return PX_PER_MM * setup.figures.screen_m / now.distance;
  if (now.zoom !== 'fit') return PX_PER_MM * now.zoom;
  return Math.min((main.clientWidth - ROOM - GAP * (page.pages - 1)) / (wide * page.pages), (main.clientHeight - ROOM) / high);
}

function show() {
  const now = chosen(), one = now.mode === 'one', page = format(now.format), { figures } = setup;
  body.className = [...new FormData(controls)].map(([name, value]) => `${name}-${value}`).join(' ');
  body.style.setProperty('--earlier', now.earlier / 100);
  const blur = figures.eye_arcmin / 60 * Math.PI / 180 * figures.screen_m * 1000 * PX_PER_MM / 2;
  body.style.setProperty('--soft', `${now.distance ? blur : 0}px`);
  const boxes = all('[type=checkbox]:checked', controls).map(box => box.name + box.value);
  sessionStorage.setItem('preview', JSON.stringify({ controls: now, values: values(), boxes }));
  for (const id in cells) cells[id].style.setProperty('--scale', scale(cells[id].page, now));
  earlier(now);
  const ask = {
    committees: [now.committee], values: values(), inks: now.total ? 'total' : new FormData(controls).getAll('inks').join(''),
    formats: one ? [now.format] : setup.formats.map(format => format.id), languages: one ? [now.language] : setup.languages,
    fillings: one ? [now.filling] : setup.fillings.map(one => one.id),
    pixels: one ? Math.max(16, Math.round(Math.max(...full(page)) * scale(page, now) * devicePixelRatio)) : figures.cell_pixels,
  };
  if (!viewer || JSON.stringify([viewer, ask]) === asked) return;
  asked = JSON.stringify([viewer, ask]);
  const seen = figure => figure.getBoundingClientRect().top < innerHeight && figure.getBoundingClientRect().bottom > 0;
  body.classList.add('working');
  return post('/look', { viewer, look: ++look, first: Object.keys(cells).filter(id => seen(cells[id])), ...ask });
}

function arrange(told) {
  if (told.look !== look || told.cells.map(cell => cell.id).join() === Object.keys(cells).join()) return;
  cells = Object.fromEntries(told.cells.map(cell => [cell.id, frame(cell)]));
  $('pieces').replaceChildren(...Object.values(cells));
  show();
}

function frame(cell) {
  const page = format(cell.format), caption = `${page.name}, ${cell.language}, ${cell.filling} `;
  const pages = Array.from({ length: page.pages }, (_, at) =>
    make('div', { className: 'page' }, make('img', { alt: `${page.name}, page ${at + 1}` }), make('img', { alt: '', className: 'earlier' }), draw('svg', {})));
  pages.forEach(it => measure(it, page, page.bleed));
  const open = make('button', { type: 'button', title: 'Show it large', textContent: caption, onclick: () => {
    for (const name of ['format', 'language', 'filling']) controls[name].value = cell[name];
    controls.mode.value = 'one';
    show();
  } });
  return Object.assign(make('figure', {}, make('figcaption', {}, open, make('b')), make('div', { className: 'pages' }, ...pages)), { cell, page });
}

function measure(it, page, bleed) {
  const [wide, high] = full({ ...page, bleed });
  for (const [name, value] of [['--bleed', bleed], ['--w', wide], ['--h', high]]) it.style.setProperty(name, value);
  it.lastChild.setAttribute('viewBox', `${-bleed} ${-bleed} ${wide} ${high}`);
}

function renew(told) {
  const figure = cells[told.cell];
  if (told.look !== look || !figure) return;
  all('.page', figure).forEach((it, at) => {
    const picture = told.pages?.[at];
    if (picture && it.firstChild.getAttribute('src') !== picture.src) it.firstChild.src = picture.src;
    if (told.bleed !== undefined) measure(it, figure.page, told.bleed);
    it.lastChild.replaceChildren(...[...figure.page.lines, ...told.lines].filter(line => !line.page || line.page === at + 1).map(outline));
  });
  const errors = told.problems.length || told.marks.filter(mark => mark.severity === 'error').length;
  figure.classList.toggle('wrong', told.problems.length > 0);
  figure.querySelector('b').textContent = told.problems[0]?.words.slice(0, 90) || (errors ? `${errors} to mend` : '');
  body.classList.remove('working');
  const spent = Object.values(told.spent || {}).reduce((sum, step) => sum + step, 0);
  $('status').textContent = told.problems.length ? 'The last good picture' : told.settled === false ? 'Fitting texts' : `Up to date, ${Math.round(spent)} ms`;
  if (chosen().mode === 'one') tell(told);
}

function outline({ kind, box: [x, y, width, height], text }) {
  const signs = text && [draw('circle', { cx: x, cy: y }), draw('text', { x, y }, text)];
  return draw('g', { class: kind }, draw('rect', { x, y, width, height }), ...(signs || []));
}

function tell(told) {
  const place = one => one.slot ? `Slot ${one.slot} ` : one.file + (one.line ? `, line ${one.line} ` : ' ');
  $('problems').replaceChildren(...told.problems.map(one =>
    make('p', {}, make('b', { textContent: place(one) }), one.words, ...(one.source ? [make('code', { textContent: one.source })] : []))));
  $('findings').replaceChildren(...told.marks.map((mark, at) => make('li', { className: mark.severity }, make('b', { textContent: at + 1 }),
    make('span', {}, mark.words, make('small', { textContent: mark.rule + (mark.page ? `, page ${mark.page}` : '') })))));
  if (told.verdict && !told.marks.length) $('findings').append(make('li', {}, make('b', { textContent: '✓' }), 'Nothing found'));
  for (const input of all('[name]', $('fields'))) {
    const wrong = told.problems.filter(one => one.slot === input.name).map(one => one.words).join('; ');
    input.setAttribute('aria-invalid', Boolean(wrong));
    Object.assign(input, { placeholder: told.texts?.[input.name] ?? '' }).parentNode.lastChild.textContent = wrong;
  }
  $('limit').textContent = `${told.limit ?? 0} %`;
  $('ink').textContent = told.pages ? `Most ink: ${told.pages.map(page => `${page.ink} %`).join(' and ')}` : '';
}

function earlier(now) {
  $('no-earlier').hidden = true;
  for (const { cell, ...figure } of Object.values(cells).map(it => ({ cell: it.cell, images: all('.earlier', it) }))) figure.images.forEach((image, at) => {
    const src = `/earlier/${cell.committee}/${cell.format}/${cell.language}/${at + 1}.png`;
    image.onerror = () => { image.removeAttribute('src'); $('no-earlier').hidden = false; };
    if (now.earlier > 0 && image.getAttribute('src') !== src) image.src = src;
  });
}

async function save(asked) {
  const told = await post('/save', { values: values(), ...asked });
  $('save').value = told.ok ? '' : 'again';
  if (told.file || told.error) $('saved').textContent = told.file ? `Saved; printkit render takes it by --data ${told.file}` : told.error;
  return told.text;
}

controls.addEventListener('input', show);
slots.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
slots.addEventListener('reset', () => setTimeout(show));
slots.addEventListener('submit', event => { event.preventDefault(); save({ name: $('file').value, replace: $('save').value === 'again' }); });
$('file').addEventListener('input', () => { $('save').value = ''; });
$('download').onclick = async () => {
  const href = URL.createObjectURL(new Blob([await save({})], { type: 'application/toml' }));
  make('a', { href, download: `${$('file').value || setup.template}.toml` }).click();
};
const stream = new EventSource('/events');
const hear = (kind, act) => stream.addEventListener(kind, event => act(JSON.parse(event.data)));
hear('hello', async name => { await begin(); viewer = name; await show(); new ResizeObserver(show).observe(main); });
hear('setup', async problems => { await begin(); asked = ''; show(); });
hear('cells', arrange);
hear('cell', renew);
stream.onerror = () => { viewer = null; body.classList.add('away'); $('status').textContent = 'Not connected: start printkit preview again'; };
