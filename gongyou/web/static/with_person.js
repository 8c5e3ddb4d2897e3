// While a person has the chat: that they type, and have read; and they see the same of this side.
// Loaded when the first person comes.
import { post } from "./api.js";
import { $, element, word } from "./page.js";
import { marker, typingSign, typist } from "./signs.js";

let isHere = false;
const seen = marker((marks) => post("/api/seen", marks));
const showTyping = typingSign($("person-typing"));
typist($("say"), () => isHere && post("/api/typing", {}).catch(() => {}));

// What came in, and the highest number shown.
export function hear(messages, last) {
  const isSaid = messages.some(({ sender }) => sender === "lawyer" || sender === "officer");
  if (isSaid) showTyping(null);
  if (isSaid || isHere) seen(last);
}

export function show({ mode, typing, marks }, last) {
  isHere = mode === "person";
  if (typing) $("person-typing").querySelector("b").textContent = typing.who;
  const isNew = typing && $("person-typing").hidden;
  const isNear = innerHeight + scrollY > document.body.scrollHeight - 160;
  showTyping(typing);
  if (isNew && isNear) scrollTo(0, document.body.scrollHeight);
  if (isHere) seen(last);
  showReached(marks);
}

// Under the last line of the worker's that a person has: that it arrived, that it was read.
function showReached(marks) {
  const own = isHere ? [...document.querySelectorAll("#log .msg.worker[data-id]")] : [];
  const reached = own.findLast((box) => Number(box.dataset.id) <= marks.delivered);
  document.querySelectorAll("#log .reached").forEach((old) => old.parentNode.dataset.id === reached?.dataset.id || old.remove());
  if (!reached) return;
  const text = word(Number(reached.dataset.id) <= marks.read ? "read" : "delivered");
  const box = reached.querySelector(".reached") ?? reached.appendChild(element("p", "", { class: "reached" }));
  if (box.textContent !== text) box.textContent = text;
}
