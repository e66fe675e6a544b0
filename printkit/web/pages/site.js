// The pages work without this. It keeps a draft as it is written, shows the page beside it, and counts what fits.
const form = document.querySelector("#draft");
document.querySelector(".problems")?.focus();

function count(field) {
  const told = field.parentElement.querySelector(".room"), texts = "each" in field.dataset ? field.value.split("\n") : [field.value];
  const left = Number(field.dataset.limit) - Math.max(...texts.map((text) => [...text.normalize("NFC")].length));
  told.textContent = (left < 0 ? told.dataset.over : told.dataset.room).replace("#", Math.abs(left));
  told.classList.toggle("over", left < 0);
}

function show(list) {
  const place = document.querySelector("#problems");
  const box = Object.assign(document.createElement("div"), { className: "problems" }), items = document.createElement("ul");
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const [textContent, field] of list) {
    form.querySelector(`:is(input, select, textarea)[id="${field}"]`)?.setAttribute("aria-invalid", "true");
    const link = Object.assign(document.createElement(field ? "a" : "span"), { textContent, href: `#${field}` });
    items.appendChild(document.createElement("li")).append(link);
  }
  box.append(items);
  place.replaceChildren(...(list.length ? [box] : []));
}

function say(words) {
  const place = document.querySelector("#said"), open = place.querySelector("details")?.open;
  place.innerHTML = words;
  if (open) place.querySelector("details")?.setAttribute("open", "");
}

const ask = () => fetch(document.querySelector("#said").dataset.said).then(async (answer) => answer.ok && say(await answer.text()));

// Put in place once it is there, so that nothing blinks or moves; an older one that comes late is dropped.
function put(image, version, key, value) {
  const address = new URL(image.src), next = new Image();
  address.search = new URLSearchParams({ line: address.searchParams.get("line"), [key]: value });
  next.onload = next.onerror = (event) => {
    if (Number(image.dataset.version || 0) > version) return;
    if (event.type === "load") image.src = next.src;
    image.dataset.version = version;
    image.classList.remove("waiting");
  };
  next.src = address;
  return next;
}

let news;
// The server tells when a picture is there. Where it cannot be heard the picture is asked for.
function listen() {
  news?.close();
  news = document.hidden ? null : new EventSource(`${document.querySelector("#said").dataset.news}&v=${form.elements.version.value}`);
  news?.addEventListener("message", (event) => {
    const told = JSON.parse(event.data);
    document.querySelectorAll(".preview .page").forEach((image, number) => {
      const page = told.pages[number];
      if (!page || image.dataset.page === page) image.classList.remove("waiting");
      else put(image, told.version, "h", image.dataset.page = page);
    });
    say(told.said);
  });
  news?.addEventListener("over", () => news.close());
}

function renew(version) {
  for (const image of document.querySelectorAll(".preview .page")) image.classList.add("waiting");
  for (const image of document.querySelectorAll(".crop img")) put(image, version, "v", version);
  if (news?.readyState === EventSource.OPEN) return;
  for (const image of document.querySelectorAll(".preview .page")) put(image, version, "v", version).addEventListener("load", ask);
}

function keep() {
  const status = document.querySelector("#saved");
  let waiting = 0, running = false, again = false, pressed = null;
  async function send() {
    if (running) { again = true; return; }
    running = true;
    status.textContent = status.dataset.saving;
    try {
      const data = new FormData(form);
      for (const file of form.querySelectorAll("[type=file]")) data.delete(file.name);
      const answer = await fetch(`${form.action}/draft`, { method: "POST", body: data });
      // Led to the page that signs in, as who was away for long is
      if (answer.redirected) throw new Error("over");
      const told = await answer.json();
      show(told.problems);
      // Of another's change the version is not taken, so that sending it in is refused with words too.
      if (told.saved) {
        form.elements.version.value = told.version;
        document.querySelector("#sums").innerHTML = told.sums;
        renew(told.version);
      }
      status.textContent = told.saved ? status.dataset.saved : "";
    } catch (error) {
      status.textContent = error.message === "over" ? status.dataset.over : status.dataset.failed;
    }
    running = false;
    if (pressed) form.requestSubmit(pressed);
    else if (again) { again = false; send(); }
  }
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(send, 120); });
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    // What is just being saved has another version then, and sending in the one before would be refused.
    if (running) { event.preventDefault(); pressed = event.submitter; }
  });
  listen();
  document.addEventListener("visibilitychange", listen);
}

// Of nine points one is near what matters; a tap on the picture says where exactly.
function point(crop) {
  const points = crop.querySelector(".points");
  points.addEventListener("click", (event) => {
    // A key that chooses a point comes as a click too, without a place.
    if (event.detail === 0) return;
    event.preventDefault();
    const box = points.getBoundingClientRect();
    const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const old = points.querySelector(".tapped"), last = old || points.lastElementChild.cloneNode(true);
    const radio = last.querySelector("input");
    last.className = "tapped";
    last.querySelector("span").textContent = points.dataset.tapped;
    radio.value = at.map((part) => Math.min(1, Math.max(0, part)).toFixed(3)).join(",");
    points.append(last);
    mark(last, at);
    // After the click that was stopped, which would bring the old choice back
    setTimeout(() => { radio.checked = true; radio.dispatchEvent(new Event("input", { bubbles: true })); });
  });
  const set = points.querySelector(".tapped");
  if (set) mark(set, set.querySelector("input").value.split(",").map(Number));
}

const mark = (label, at) => Object.assign(label.style, { left: `${at[0] * 100}%`, top: `${at[1] * 100}%` });

if (form) {
  for (const field of form.querySelectorAll("[data-limit]")) {
    field.addEventListener("input", () => count(field));
    count(field);
  }
  const other = form.elements.other;
  for (const offer of form.querySelectorAll("[name=quantity]")) offer.addEventListener("change", () => { other.value = ""; });
  other.addEventListener("input", () => {
    for (const offer of form.querySelectorAll("[name=quantity]")) if (other.value) offer.checked = false;
  });
  for (const crop of form.querySelectorAll(".crop")) point(crop);
  for (const part of form.querySelectorAll("[data-picture]")) part.addEventListener("change", () => {
    // Handed in as soon as a picture is chosen and the question answered, by the button that others press.
    const file = part.querySelector("[type=file]"), large = file?.files[0]?.size > Number(file?.dataset.most);
    // Its limit stands there in words; what is sent in vain takes a telephone minutes.
    part.querySelector("[id^=kinds]")?.classList.toggle("over", large);
    if (large) { file.value = ""; file.focus(); }
    if (file?.files.length && part.querySelector(":checked")) form.requestSubmit(part.querySelector("button"));
  });
  if (form.dataset.draft) keep();
}
