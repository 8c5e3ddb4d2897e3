// The worker's chat: sends one after another, listens as long as it is open, never loses a line.
import { news, post, Refused } from "./api.js";
import { giveBack, startComposer } from "./composer.js";
import { startLeaving } from "./leave.js";
import { draw, setState, speaker } from "./messages.js";
import { $, element, memory, newKey, word } from "./page.js";

const LONG = 25; // seconds of a long-poll
const POLLS = 12; // long-polls before a stream is tried again
let last = 0; // the highest number shown
let person = null; // what is shown while a person has the chat
let begun = document.body.dataset.started === "yes";
let wake = () => {};
let sending = Promise.resolve();
const outbox = new Map(Object.entries(memory.get("outbox", {}))); // key → what was not sent yet

startLeaving();
startComposer((text) => queue({ text }, text));
$("welcome").addEventListener("click", (event) => {
  const text = event.target.dataset.say;
  if (text) queue({ text }, text);
});
offerAbout();
addEventListener("online", retryAll);
listen();

// Show at once, remember until stored, send in order.
function queue(content, title) {
  const item = { ...content, key: newKey() };
  outbox.set(item.key, { item, title });
  keep();
  show(item.key, title);
  scroll();
  send(item.key);
}

function show(key, title) {
  draw({ key, sender: "worker", text: title, buttons: [] }, press);
  $("welcome").hidden = true;
}

function send(key) {
  setState(key, element("span", word("sending")));
  sending = sending.then(() => deliver(key));
}

async function deliver(key) {
  const waiting = outbox.get(key);
  if (!waiting) return;
  try {
    await post("/api/messages", waiting.item);
    forget(key);
    setState(key, null);
    begun = true;
    wake();
  } catch (problem) {
    if (problem instanceof Refused) refuse(key, waiting, problem.message);
    else offerRetry(key);
  }
}

function refuse(key, waiting, reason) {
  forget(key);
  setState(key, element("span", reason, { class: "error" }));
  if (waiting.item.text) giveBack(waiting.item.text);
}

function offerRetry(key) {
  const again = element("button", word("retry"), { type: "button" });
  again.addEventListener("click", () => send(key));
  setState(key, again);
}

function retryAll() {
  for (const key of outbox.keys()) send(key);
}

function press(message, index, title, button) {
  button.disabled = true;
  $("log").focus({ preventScroll: true });
  queue({ button: { message, index } }, title);
}

// Another page offers a topic; once asked, neither the card nor its address stays.
function offerAbout() {
  const card = $("about");
  if (!card) return;
  card.hidden = false;
  card.querySelector("button").addEventListener("click", (event) => {
    const { about, title } = event.currentTarget.dataset;
    card.remove();
    history.replaceState(null, "", "/");
    $("log").focus({ preventScroll: true });
    queue({ about }, title);
  });
}

function keep() {
  memory.set("outbox", Object.fromEntries(outbox));
}

function forget(key) {
  outbox.delete(key);
  keep();
}

// First what there is, then the stream; where that is held back, long-polls.
async function listen() {
  let pause = 1;
  const isHere = () => {
    pause = 1;
    $("offline").hidden = true;
  };
  let polls = 1;
  for (;;) {
    if (!begun) await started();
    try {
      for (; polls > 0 && begun; polls -= 1) {
        take(await news(last, polls < POLLS && last ? LONG * (polls > 1) : 0));
        isHere();
      }
      if (!begun) continue;
      const { follow } = await import("./live.js");
      const how = await follow(`/api/live?after=${last}`, {
        message: (message) => takeLines([message]),
        state: (state) => { isHere(); takeState(state); },
      });
      if (how === "held") polls = POLLS;
      else if (how === "closed") polls = 1; // the key may have gone: a look tells
      else if (how === "crowded") await inSight();
      else throw new Error(how);
    } catch {
      $("offline").hidden = false;
      await rest(pause);
      pause = Math.min(pause * 2, 15);
      polls = 1;
    }
  }
}

// Another window of this chat took the stream over; this one waits until it is looked at again.
function inSight() {
  return new Promise((done) => addEventListener("focus", done, { once: true }));
}

function take(answer) {
  takeLines(answer.messages, restore);
  takeState(answer);
}

function takeLines(messages, begin = () => false) {
  const near = isNear();
  const boxes = messages.map((message) => draw(message, press));
  last = Math.max(last, ...messages.map((message) => message.id));
  const isFirst = begin();
  person?.then(({ hear }) => hear(messages, last));
  if (near && !isFirst) lead(boxes.find((box) => box && !box.matches(".worker")));
}

function takeState(state) {
  begun = state.mode !== "none";
  showTyping(state.waiting, isNear());
  const who = state.mode === "person" && speaker();
  $("speaker").textContent = who ? word("person-speaks").replace("{who}", who) : word("bot-speaks");
  if (state.mode === "person") person ??= import("./with_person.js");
  person?.then(({ show }) => show(state, last));
}

function isNear() {
  return innerHeight + scrollY > document.body.scrollHeight - 160;
}

// The first look is over: show what an earlier visit could not send, then let readers hear news.
function restore() {
  if ($("log").getAttribute("aria-busy") === "false") return false;
  for (const [key, { title }] of outbox) {
    show(key, title);
    offerRetry(key);
  }
  $("welcome").hidden = last > 0 || outbox.size > 0;
  setTimeout(() => $("log").setAttribute("aria-busy", "false"));
  scrollTo(0, document.body.scrollHeight);
  return true;
}

function started() {
  restore();
  return new Promise((done) => {
    wake = done;
  });
}

function showTyping(isTyping, isNear) {
  const appears = isTyping && $("typing").hidden;
  $("typing").hidden = !isTyping;
  if (appears && isNear) scroll();
}

// No longer than until the network is back.
function rest(seconds) {
  return new Promise((done) => {
    setTimeout(done, seconds * 1000);
    addEventListener("online", done, { once: true });
  });
}

function scroll() {
  scrollTo(0, document.body.scrollHeight);
}

// A long answer is read from its first line. At once: gliding tears the bars off the edges.
function lead(box) {
  box?.scrollIntoView({ block: "start" });
}
