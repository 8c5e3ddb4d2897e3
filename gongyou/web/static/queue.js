// The queue looks again every minute, while it is in sight; that keeps nobody signed in.
const EVERY = 60_000; // milliseconds
const { again } = document.querySelector("[data-again]").dataset;

setInterval(() => {
  if (document.visibilityState === "visible") location.replace(again);
}, EVERY);
