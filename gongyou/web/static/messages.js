// Draws messages in the log, in the order of their numbers.
import { answerCard, hotlines, ticket } from "./cards.js";
import { $, copy, element, word } from "./page.js";

const CARDS = { answer_card: answerCard, hotlines, ticket, facts_sheet: factsSheet };
const people = new Map();
const sheets = new Map(); // message number → the form and what closes it, once its script has come

// `press(messageId, index, title, button)` is called for a quick reply. Gives the new box, or null.
export function draw(message, press) {
  const shown = find(message);
  if (shown?.dataset.id) return null;
  const box = shown ?? copy("message");
  box.className = `msg ${message.sender}`;
  if (message.id) box.dataset.id = message.id;
  if (message.key) box.dataset.key = message.key;
  if (message.person) people.set(message.person.id, message.person.shown);
  box.querySelector(".who").textContent = people.get(message.sender === "system" ? 0 : message.person_id) ?? word(message.sender);
  fill(box, message, press);
  place(box, message.id);
  settle(message);
  return box;
}

export function speaker() {
  return [...people.values()].at(-1);
}

export function setState(key, content) {
  find({ key })?.querySelector(".state").replaceChildren(...(content ? [content] : []));
}

function find(message) {
  const byId = message.id && document.querySelector(`[data-id="${message.id}"]`);
  return byId || (message.key && document.querySelector(`[data-key="${CSS.escape(message.key)}"]`)) || null;
}

function fill(box, message, press) {
  const { custom } = message;
  const card = custom && CARDS[custom.kind]?.(custom, message.id);
  const isSaid = card && custom.text === message.text;
  box.querySelector(".text").textContent = isSaid ? "" : message.text;
  if (card) box.querySelector(".bubble").append(card);
  box.querySelector(".state").replaceChildren();
  if (message.late) quote(box, message.reply_to);
  const buttons = message.buttons.map((button, index) => {
    const made = element("button", button.title, { type: "button" });
    made.addEventListener("click", () => press(message.id, index, button.title, made));
    return made;
  });
  if (message.apply) buttons.push(element("a", message.apply.title, { href: message.apply.href }));
  box.querySelector(".replies").replaceChildren(...buttons);
  if (typeof message.rating === "string") askRating(box, message);
}

// Only the newest answer asks. Its script comes with the first answer: the page is lighter without.
function askRating(box, { id, rating }) {
  for (const asked of document.querySelectorAll(".rate[data-open]")) asked.remove();
  const row = copy("rate");
  box.querySelector(".bubble").after(row);
  import("./rating.js").then(({ startRating }) => startRating(row, id, rating), () => row.remove());
}

function quote(box, replyTo) {
  if (document.querySelector(`[data-late="${replyTo}"]`)) return;
  box.dataset.late = replyTo;
  const asked = document.querySelector(`[data-id="${replyTo}"] .text`)?.textContent;
  if (!asked) return;
  const line = box.querySelector(".quote");
  line.textContent = word("late") + [...asked].slice(0, 30).join("");
  line.hidden = false;
}

function place(box, id) {
  const later = id && [...$("log").children].find((other) => Number(other.dataset.id ?? (other.id ? 0 : Infinity)) > id);
  if (later) later.before(box);
  else if (!box.isConnected || id) $("log").append(box);
}

// A button that was used, and a sheet that was sent, are closed.
function settle(message) {
  if (message.button) {
    const [id, index] = message.button;
    const used = document.querySelectorAll(`[data-id="${id}"] .replies button`)[index];
    if (used) used.disabled = true;
  }
  sheets.get(message.custom?.sheet)?.then((sheet) => sheet?.close());
}

// Its script comes with the first sheet: the page is lighter without.
function factsSheet(custom, id) {
  const place = element("p");
  sheets.set(id, import("./sheet.js").then(({ makeSheet, closeSheet }) => {
    const form = makeSheet(custom, id);
    place.replaceWith(form);
    return { close: () => closeSheet(form) };
  }, () => { place.textContent = word("no-sheet"); }));
  return place;
}
