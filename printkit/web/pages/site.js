// The pages work without this. It keeps a draft as it is written, shows the page beside it, and counts what fits.
const form = document.querySelector("#draft");
const problems = document.querySelector(".problems");
if (problems) problems.focus();

function count(field) {
  const told = field.parentElement.querySelector(".room");
  if (!told) return;
  const left = Number(field.dataset.limit) - [...field.value.normalize("NFC")].length;
  told.textContent = (left < 0 ? told.dataset.over : told.dataset.room).replace("#", Math.abs(left));
  told.classList.toggle("over", left < 0);
}

function show(list) {
  const place = document.querySelector("#problems");
  place.textContent = "";
  if (!list.length) return;
  const box = document.createElement("div"), items = document.createElement("ul");
  box.className = "problems";
  for (const one of list) items.append(Object.assign(document.createElement("li"), { textContent: one }));
  box.append(items);
  place.append(box);
}

function renew(version) {
  for (const image of document.querySelectorAll(".preview .page")) {
    const address = new URL(image.src);
    address.searchParams.set("v", version);
    image.classList.add("waiting");
    const next = new Image();
    // Put in place once it is there, so that nothing blinks or moves; an older one that comes late is dropped.
    next.onload = next.onerror = (event) => {
      if (Number(image.dataset.version || 0) > version) return;
      if (event.type === "load") image.src = next.src;
      image.dataset.version = version;
      image.classList.remove("waiting");
    };
    next.src = address;
  }
}

function keep() {
  const status = document.querySelector("#saved");
  let waiting = 0, running = false, again = false;
  async function send() {
    if (running) { again = true; return; }
    running = true;
    status.textContent = status.dataset.saving;
    try {
      const answer = await fetch(`${form.action}/draft`, { method: "POST", body: new FormData(form) });
      const told = await answer.json();
      show(told.problems);
      // Of another's change the version is not taken, so that sending it in is refused with words too.
      if (told.saved) {
        form.elements.version.value = told.version;
        document.querySelector("#sums").innerHTML = told.sums;
        renew(told.version);
      }
      status.textContent = told.saved ? status.dataset.saved : "";
    } catch {
      status.textContent = status.dataset.failed;
    }
    running = false;
    if (again) { again = false; send(); }
  }
  const later = () => { clearTimeout(waiting); waiting = setTimeout(send, 250); };
  form.addEventListener("input", later);
  form.addEventListener("submit", () => clearTimeout(waiting));
}

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
  if (form.dataset.draft) keep();
}
