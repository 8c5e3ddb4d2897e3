// A call's page: brings in what is new without touching what the clerk is typing.
import { follow, patience } from "./live.js";

const call = document.getElementById("call");
const slow = patience();
let { mark } = call.dataset;
let isOver = false; // nothing more is waited for, and what stands there is being filled in

listen();

async function listen() {
  const hear = { state: ({ mark: now }) => { slow.reset(); if (!isOver && now !== mark) refresh(); } };
  while (!isOver) {
    const how = await follow(`${call.dataset.path}/events?auto`, hear);
    if (how === "crowded") return;
    if (how === "closed") return location.reload();
    if (how === "held") await refresh(); // streams do not come through
    await slow.rest();
  }
}

async function refresh() {
  const answer = await fetch(`${location.pathname}?auto`).catch(() => null);
  if (!answer) return;
  if (!answer.ok || answer.redirected) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-fresh]")) {
    const fresh = page.getElementById(old.id);
    if (fresh && !fresh.isEqualNode(old)) old.replaceChildren(...fresh.childNodes);
  }
  isOver = !page.getElementById("call");
  mark = page.getElementById("call")?.dataset.mark;
}
