// An open ticket shows what the worker writes: it reloads, unless a reply is half written.
const EVERY = 4000; // milliseconds
const page = location.pathname;
const last = document.querySelector(".transcript").dataset.last;
const reply = document.getElementById("text");
const draft = `reply ${page}`;

if (reply) {
  reply.value ||= sessionStorage.getItem(draft) ?? "";
  reply.addEventListener("input", () => sessionStorage.setItem(draft, reply.value));
  reply.form.addEventListener("submit", () => sessionStorage.removeItem(draft));
}
const look = setInterval(async () => {
  const answer = await fetch(`${page}/news?after=${last}&auto`).catch(() => null);
  if (answer?.redirected) location.reload();
  if (!answer?.ok || !((await answer.json()).count > 0)) return;
  if (reply?.value.trim()) document.getElementById("news").hidden = false;
  else location.replace(`${page}?auto`);
}, EVERY);
addEventListener("pagehide", () => clearInterval(look));
