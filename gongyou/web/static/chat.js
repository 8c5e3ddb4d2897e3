// The worker's chat: sends one after another, listens with long-polls, never loses a line.
import { news, post, Refused } from "./api.js";
import { giveBack, startComposer } from "./composer.js";
import { startLeaving } from "./leave.js";
import { draw, setState, speaker } from "./messages.js";
import { $, element, memory, newKey, word } from "./page.js";

const LONG = 25; // seconds of a long-poll
let last = 0; // the highest number shown
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

async function listen() {
  let wait = 0;
  let pause = 1;
  for (;;) {
    if (!begun) await started();
    try {
      take(await news(last, wait));
      [wait, pause] = [LONG, 1];
      $("offline").hidden = true;
    } catch {
      $("offline").hidden = false;
      await rest(pause);
      pause = Math.min(pause * 2, 15);
    }
  }
}

function take(answer) {
  begun = answer.mode !== "none";
  const isNear = innerHeight + scrollY > document.body.scrollHeight - 160;
  const boxes = answer.messages.map((message) => draw(message, press));
  last = Math.max(last, ...answer.messages.map((message) => message.id));
  const isFirst = restore();
  showTyping(answer.waiting, isNear);
  const person = answer.mode === "person" && speaker();
  $("speaker").textContent = person ? word("person-speaks").replace("{who}", person) : word("bot-speaks");
  if (isNear && !isFirst) lead(boxes.find((box) => box && !box.matches(".worker")));
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

function rest(seconds) {
  return new Promise((done) => setTimeout(done, seconds * 1000));
}

function scroll() {
  scrollTo(0, document.body.scrollHeight);
}

// A long answer is read from its first line. At once: gliding tears the bars off the edges.
function lead(box) {
  box?.scrollIntoView({ block: "start" });
}
