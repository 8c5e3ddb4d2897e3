// Keys of the queue: j and k to the next and the last line, Enter opens it, / searches, ? lists them.
// Never in a field, never with Ctrl, Alt or Meta, and not at all once somebody has turned them off
// (letters alone may be what a voice or a screen reader types). The line is the link that has the
// focus, so a screen reader reads it out, and Enter is the link's own.
const OFF = "queue keys off";
const LINE = "queue line";
const list = document.getElementById("queue");
const help = document.getElementById("queue-keys");
const toggle = document.getElementById("keys-on");

export const isHelpOpen = () => Boolean(help?.open);

export function startKeys() {
  if (toggle) {
    toggle.checked = !isOff();
    toggle.addEventListener("change", () => keep(localStorage, OFF, toggle.checked ? "" : "yes"));
  }
  comeBack();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isOff()) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    const onLine = list?.contains(document.activeElement);
    const acts = {
      j: () => move(1),
      k: () => move(-1),
      ArrowDown: onLine ? () => move(1) : null,
      ArrowUp: onLine ? () => move(-1) : null,
      "/": () => document.querySelector(`a[href="/desk/search"]`)?.click(),
      "?": () => { if (help) { help.open = !help.open; help.querySelector("summary").focus(); } },
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function move(step) {
  const lines = [...(list?.querySelectorAll("a.topic") ?? [])];
  if (!lines.length) return;
  const here = lines.findIndex((line) => line.closest("li").contains(document.activeElement));
  const next = here < 0 ? (step > 0 ? 0 : lines.length - 1) : here + step;
  const line = lines[Math.max(0, Math.min(lines.length - 1, next))];
  line.focus();
  line.closest("li").scrollIntoView({ block: "nearest" });
  keep(sessionStorage, LINE, line.getAttribute("href"));
}

// After the page has looked again, the focus is where it was.
function comeBack() {
  const href = kept(sessionStorage, LINE);
  const isAgain = new URLSearchParams(location.search).has("auto");
  if (!href || !isAgain) return;
  [...(list?.querySelectorAll("a.topic") ?? [])].find((line) => line.getAttribute("href") === href)?.focus();
}

function isOff() {
  return kept(localStorage, OFF) === "yes";
}

// A browser that refuses storage only forgets.
function keep(store, name, value) {
  try { store.setItem(name, value); } catch { /* nothing to do */ }
}

function kept(store, name) {
  try { return store.getItem(name); } catch { return null; }
}
