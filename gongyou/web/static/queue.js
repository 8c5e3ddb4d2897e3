// The queue looks again every minute, while it is in sight; that keeps nobody signed in.
// It does not while something is being typed or chosen, and comes back to the line it was on.
import { isHelpOpen, startKeys } from "./queue_keys.js";

const EVERY = 60_000; // milliseconds
const { again } = document.querySelector("[data-again]").dataset;

startKeys();

setInterval(() => {
  const isBusy = document.activeElement?.matches("input, select, textarea") || isHelpOpen();
  if (document.visibilityState === "visible" && !isBusy) location.replace(again);
}, EVERY);
