// One tap under an answer: it helped or it did not, and a word if one likes.
import { post, Refused } from "./api.js";
import { word } from "./page.js";

// `verdict`: "" not rated yet, "useful" or "unsolved". A rated answer only says how.
export function startRating(row, messageId, verdict) {
  if (verdict) return void close(row, word(`rated-${verdict}`));
  for (const button of row.querySelectorAll("[data-verdict]")) {
    button.addEventListener("click", () => tap(row, messageId, button));
  }
  row.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    addWord(row, messageId);
  });
}

async function tap(row, messageId, button) {
  const { verdict } = button.dataset;
  if (!(await send(row, { message: messageId, verdict }))) return;
  delete row.dataset.open; // a newer answer leaves it alone
  row.dataset.chosen = verdict;
  for (const other of row.querySelectorAll("[data-verdict]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  row.querySelector("form").hidden = false;
  say(row, word(`rated-${verdict}`));
}

async function addWord(row, messageId) {
  const field = row.querySelector("input");
  if (!field.value.trim()) return field.focus();
  const body = { message: messageId, verdict: row.dataset.chosen, word: field.value };
  if (await send(row, body)) close(row, word("rate-thanks"));
}

async function send(row, body) {
  const buttons = row.querySelectorAll("button");
  for (const button of buttons) button.disabled = true;
  try {
    await post("/api/ratings", body);
    return true;
  } catch (problem) {
    say(row, problem instanceof Refused ? problem.message : word("rate-failed"));
    return false;
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

function close(row, text) {
  delete row.dataset.open;
  for (const part of row.querySelectorAll(".taps, form")) part.hidden = true;
  say(row, text);
}

function say(row, text) {
  row.querySelector(".said").textContent = text;
}
