// An open case shows what changes in it: it reloads, unless a reply is half written.
const EVERY = 4000; // milliseconds
const page = location.pathname;
const news = document.getElementById("news");
const { last, mark, newest } = news.dataset;
const after = last || Number.MAX_SAFE_INTEGER; // an offer shows no messages, and hears of none
const reply = document.getElementById("text");
const draft = `reply ${page}`;

if (reply) {
  reply.value ||= sessionStorage.getItem(draft) ?? "";
  reply.addEventListener("input", () => sessionStorage.setItem(draft, reply.value));
  reply.form.addEventListener("submit", () => sessionStorage.removeItem(draft));
}

// Anything typed or chosen and not sent yet: reloading would lose it.
const isBusy = () => [...document.querySelectorAll("main textarea, main input[type=file], main input[type=radio], #tag")]
  .some((field) => (field.type === "radio" ? field.checked : field.value.trim()));

const look = setInterval(async () => {
  const answer = await fetch(`${page}/news?after=${after}&auto`).catch(() => null);
  if (!answer) return;
  const isGone = answer.redirected || answer.status === 404; // signed out, withdrawn, given away
  const found = answer.ok && !answer.redirected ? await answer.json() : null;
  if (!isGone && !(found && (found.count > 0 || found.mark !== mark))) return;
  if (isBusy() || !newest) news.hidden = false;
  else location.replace(`${page}?auto`);
}, EVERY);
addEventListener("pagehide", () => clearInterval(look));
