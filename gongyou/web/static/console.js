// The officer's live page: hears the stream, sends under a key, keeps what was not sent.
import { post, Refused } from "./api.js";
import { follow, patience } from "./live.js";
import { $, element, memory, newKey, word } from "./page.js";
import { marker, typingSign, typist } from "./signs.js";

const { path, person, ticket, mine, limit } = $("live").dataset;
const LONG = 25; // seconds of a long-poll
const POLLS = 12; // long-polls before a stream is tried again
const form = $("say-form");
const field = $("text");
const token = document.querySelector("[name=form_token]").value;
const DRAFT = `live draft ${ticket} ${person}`;
const OUTBOX = `live outbox ${ticket} ${person}`;
const outbox = new Map(Object.entries(memory.get(OUTBOX, {}))); // key → { text, asks }
const showTyping = typingSign($("typing"));
const seen = mine ? marker((marks) => send("seen", marks)) : () => {};
let last = Number($("live").dataset.last);
let holder = $("live").dataset.holder;
let sending = Promise.resolve();

const send = (what, body) => post(`${path}/${what}`, { form_token: token, ...body });

startKeys();
if (form) startForm();
$("lines").lastElementChild?.scrollIntoView({ block: "end" });
seen(last);
listen();

async function listen() {
  const slow = patience();
  const hear = { message: addLine, state: (state) => { slow.reset(); back(); showState(state); } };
  for (;;) {
    let how = await follow(`${path}/events?after=${last}&auto`, hear);
    if (how === "held") how = await poll(hear);
    if (how === "crowded" || how === "closed") return stop(how);
    $("offline").hidden = false;
    await slow.rest();
  }
}

// Where streams do not come through. Gives "closed" when the desk does not let this page listen.
async function poll(hear) {
  for (let count = 0, wait = 0; count < POLLS; count += 1, wait = LONG) {
    const answer = await fetch(`${path}/messages?after=${last}&wait=${wait}&auto`).catch(() => null);
    if (answer?.redirected || answer?.status === 404 || answer?.status === 403) return "closed";
    if (!answer?.ok) return "broken";
    const { messages, state } = await answer.json();
    messages.forEach(hear.message);
    hear.state(state);
  }
  return "again";
}

function stop(why) {
  $("over").querySelector("span").textContent = word(why);
  $("speaks").textContent = "";
  $("over").hidden = false;
  if (why === "closed") $("lines").replaceChildren(); // who may not read it any more, does not
  $("offline").hidden = true;
  form?.querySelectorAll("button").forEach((button) => { button.disabled = true; });
}

// Connected again: what could not be sent goes out now, under the same key.
function back() {
  if ($("offline").hidden) return;
  $("offline").hidden = true;
  for (const key of outbox.keys()) deliverLater(key);
}

function addLine({ id, sender, key, html }) {
  last = Math.max(last, id);
  if ($(`m${id}`)) return;
  const isNear = innerHeight + scrollY > document.body.scrollHeight - 200;
  const line = new DOMParser().parseFromString(html, "text/html").querySelector("li");
  if (key) forget(key);
  const pending = $("lines").querySelector(".pending");
  if (pending) pending.before(line);
  else $("lines").append(line);
  if (sender === "worker") showTyping(null);
  seen(id);
  showReached();
  if (isNear) line.scrollIntoView({ block: "center" });
}

let marks = { delivered: 0, read: 0 };
function showState(state) {
  marks = state.marks;
  showReached();
  showTyping(state.typing);
  $("status").textContent = state.status_name;
  $("status").className = `status ${state.status}`;
  const tookIt = !state.mine && state.holder && state.holder !== holder;
  const text = whoSpeaks(state, tookIt) + (state.waiting ? word("thinking") : "");
  if ($("speaks").textContent !== text) $("speaks").textContent = text;
  holder = state.holder;
  if ($("take")) $("take").hidden = Boolean(state.holder);
  if ($("back")) $("back").hidden = state.mode === "bot" || state.status === "accepted";
  if ($("step-in")) $("step-in").hidden = state.mode !== "bot";
  if (Boolean(mine) !== state.mine) location.reload(); // taken in another window, or given away
}

function whoSpeaks(state, tookIt) {
  if (state.mine) return word(state.mode === "person" ? "mine-person" : "mine-bot");
  const who = (name) => word(name).replace("{who}", state.holder);
  if (!state.holder) return word("nobody");
  return (tookIt ? who("other-first") : "") + who("other");
}

// Under each of our own lines only what is not told by a later one.
function showReached() {
  const own = [...$("lines").querySelectorAll("li:not(.pending) .reached")];
  const numbers = own.map((box) => Number(box.closest("li").dataset.id));
  const lastRead = numbers.findLast((number) => number <= marks.read);
  own.forEach((box, index) => {
    const number = numbers[index];
    const name = number > marks.delivered ? "stored" : number > marks.read ? "delivered" : "read";
    const text = number < lastRead ? "" : word(name);
    if (box.textContent !== text) box.textContent = text;
  });
}

function startForm() {
  field.value = memory.get(DRAFT, "") || field.value;
  field.addEventListener("input", () => memory.set(DRAFT, field.value));
  typist(field, () => send("typing", {}).catch(() => {}));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say(event.submitter?.name === "asks");
  });
  for (const [key, { text }] of outbox) {
    showPending(key, text);
    deliverLater(key);
  }
}

function say(asks) {
  const text = field.value.trim();
  if (!text || $("over").hidden === false) return;
  if ([...text].length > limit) return complain(null);
  const key = newKey();
  outbox.set(key, { text, asks });
  memory.set(OUTBOX, Object.fromEntries(outbox));
  field.value = "";
  memory.set(DRAFT, "");
  $("say-error").hidden = true;
  showPending(key, text);
  deliverLater(key);
  field.focus();
}

function showPending(key, text) {
  const line = element("li", "", { class: "officer pending", "data-key": key });
  const who = element("p", `${word("me")} `, { class: "who" });
  who.append(element("span", word("sending"), { class: "reached" }));
  line.append(who, element("p", text, { class: "text" }));
  $("lines").append(line);
  line.scrollIntoView({ block: "center" });
}

function deliverLater(key) {
  sending = sending.then(() => deliver(key));
}

async function deliver(key) {
  const words = outbox.get(key);
  if (!words) return;
  try {
    await send("say", { key, ...words });
    outbox.delete(key);
    memory.set(OUTBOX, Object.fromEntries(outbox));
  } catch (problem) {
    if (problem instanceof Refused) {
      forget(key);
      field.value = [words.text, field.value].filter(Boolean).join("\n");
      memory.set(DRAFT, field.value);
      complain(problem.message);
    } else {
      pendingLine(key)?.querySelector(".reached").replaceChildren(word("waiting"));
      $("offline").hidden = false;
      setTimeout(() => deliverLater(key), 3000);
    }
  }
}

function complain(message) {
  $("say-error").textContent = message ?? $("say-hint").textContent;
  $("say-error").hidden = false;
}

function forget(key) {
  pendingLine(key)?.remove();
  outbox.delete(key);
  memory.set(OUTBOX, Object.fromEntries(outbox));
}

function pendingLine(key) {
  return $("lines").querySelector(`.pending[data-key="${CSS.escape(key)}"]`);
}

function startKeys() {
  const press = (id) => $(id) && !$(id).hidden && $(id).requestSubmit();
  const submit = (button) => form?.requestSubmit(form.querySelector(button));
  const keys = {
    KeyJ: () => $("next").click(),
    KeyA: () => press("take"),
    KeyB: () => press("back"),
    KeyI: () => press("step-in"),
    KeyW: () => field?.focus(),
    Enter: () => submit("[name=asks]"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.shiftKey || event.metaKey) return;
    const isSend = event.ctrlKey && !event.altKey && event.key === "Enter";
    const act = isSend ? () => submit("[type=submit]") : event.altKey && !event.ctrlKey ? keys[event.code] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
}
