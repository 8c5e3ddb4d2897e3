// The line to write in: grows, counts, keeps what was not sent.
import { $, memory } from "./page.js";

const limit = Number(document.body.dataset.limit);
const field = $("say");

export function startComposer(say) {
  field.value = memory.get("draft", "");
  update();
  field.addEventListener("input", update);
  field.addEventListener("keydown", (event) => {
    const isDesk = matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || !isDesk) return;
    event.preventDefault();
    $("composer").requestSubmit();
  });
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text && length(text) <= limit) {
      clear();
      say(text);
    }
    field.focus();
  });
}

// Text the gateway refused comes back, unless something new was written.
export function giveBack(text) {
  if (!field.value.trim()) field.value = text;
  update();
}

function clear() {
  field.value = "";
  update();
}

function update() {
  memory.set("draft", field.value);
  const used = length(field.value.trim());
  $("count").textContent = used > limit * 0.8 ? `，已经写了 ${used}` : "";
  $("over").hidden = used <= limit;
  $("over").querySelector("b").textContent = used - limit;
  $("send").disabled = used > limit;
  field.setAttribute("aria-invalid", String(used > limit));
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 152)}px`;
}

function length(text) {
  return [...text].length;
}
