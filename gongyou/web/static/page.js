// Small helpers: elements, templates and the page's own words.
export const $ = (id) => document.getElementById(id);

export function copy(name) {
  return $(`t-${name}`).content.firstElementChild.cloneNode(true);
}

export function word(name) {
  return $("t-words").content.querySelector(`[data-word="${name}"]`).textContent;
}

export function element(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What the tab remembers; a browser that refuses storage only forgets.
export const memory = {
  get(name, fallback) {
    try {
      return JSON.parse(sessionStorage.getItem(name)) ?? fallback;
    } catch {
      return fallback;
    }
  },
  set(name, value) {
    try {
      sessionStorage.setItem(name, JSON.stringify(value));
    } catch { /* nothing to do */ }
  },
};
