// Leaving quickly: clear the page and the tab's memory, forget the chat, go somewhere neutral.
import { $ } from "./page.js";

const ELSEWHERE = "https://www.baidu.com/";
const DOUBLE = 1000; // milliseconds between two presses of Esc

export function startLeaving() {
  let lastEscape = -DOUBLE;
  $("leave").addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - lastEscape < DOUBLE) leave();
    lastEscape = event.timeStamp;
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

async function leave() {
  document.body.replaceChildren();
  document.title = "";
  try {
    sessionStorage.clear();
    const forgotten = fetch("/api/forget", {
      method: "POST", keepalive: true, body: "{}", headers: { "Content-Type": "application/json" },
    });
    await Promise.race([forgotten, new Promise((done) => setTimeout(done, 700))]);
  } catch { /* leave all the same */ }
  location.replace(ELSEWHERE);
}
