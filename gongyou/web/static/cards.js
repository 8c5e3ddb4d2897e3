// The cards inside a bubble: answer, hotlines, receipt.
import { $, copy, element } from "./page.js";

const FEW = { basis: 2, notes: 3 }; // lines shown at once; the rest is folded

export function answerCard(custom) {
  const card = copy("card");
  for (const badge of card.querySelectorAll(".badge")) badge.hidden = badge.dataset.status !== custom.status;
  card.querySelector(".conclusion").textContent = custom.conclusion;
  for (const part of card.querySelectorAll("[data-part]")) {
    const lines = custom[part.dataset.part] ?? [];
    part.hidden = lines.length === 0;
    const more = part.querySelector(".more");
    const shown = FEW[part.dataset.part] ?? lines.length;
    part.querySelector("ul, ol").append(...items(lines.slice(0, shown)));
    if (!more) continue;
    more.hidden = lines.length <= shown;
    more.querySelector("ul").append(...items(lines.slice(shown)));
  }
  const { link } = custom;
  if (link) card.append(element("a", link.text, { href: link.url, target: "_blank", rel: "noopener" }));
  return card;
}

export function hotlines(custom) {
  const card = copy("hotlines");
  card.querySelector(".text").textContent = custom.text ?? "";
  for (const line of custom.lines ?? []) {
    const link = element("a", line.name, { href: `tel:${line.number.replace(/[^\d+]/g, "")}` });
    link.append(element("b", line.number));
    const item = element("li");
    item.append(link);
    card.querySelector("ul").append(item);
  }
  return card;
}

export function ticket(custom) {
  const card = copy("ticket");
  card.querySelector("h2").textContent = custom.title ?? "";
  card.querySelector(".text").textContent = custom.text ?? "";
  const code = card.querySelector(".code");
  code.textContent = custom.receipt ?? "";
  if (custom.case) {
    card.querySelector(".see").href = `/cases/${custom.case}`;
    card.querySelector(".write").href = `/documents?case=${custom.case}`;
  }
  showCases();
  code.setAttribute("aria-label", (custom.receipt ?? "").replace(/\d/g, "$& ").trim());
  return card;
}

// The chat has a case now: the way to it takes the place of the way in by receipt.
function showCases() {
  $("to-cases").hidden = false;
  $("to-receipt").hidden = true;
}

function items(lines) {
  return lines.map((line) => element("li", line));
}
