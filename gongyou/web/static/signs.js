// Typing, delivered, read: what one side of a chat tells the other without words.

// Says at most every three seconds that somebody types; `tell` gives false when nobody is to know.
export function typist(field, tell) {
  let last = -Infinity;
  field.form.addEventListener("submit", () => { last = -Infinity; });
  field.addEventListener("input", () => {
    if (!field.value.trim() || performance.now() - last < 3000) return;
    if (tell()) last = performance.now();
  });
}

// Tells how far this page has got: delivered when it came, read when it is in sight.
export function marker(tell) {
  let delivered = 0;
  let told = "";
  let timer;
  const say = () => {
    timer = undefined;
    const isSeen = document.visibilityState === "visible" && document.hasFocus();
    const seen = { delivered, ...(isSeen && { read: delivered }) };
    if (!delivered || JSON.stringify(seen) === told) return;
    told = JSON.stringify(seen);
    tell(seen).catch(() => { told = ""; });
  };
  const soon = () => { timer ??= setTimeout(say, 200); };
  addEventListener("focus", soon);
  document.addEventListener("visibilitychange", soon);
  return (number) => {
    delivered = Math.max(delivered, number);
    soon();
  };
}

// Shows for some seconds that somebody types.
export function typingSign(box, seconds = 6) {
  let timer;
  return (typing) => {
    clearTimeout(timer);
    box.hidden = !typing;
    if (typing) timer = setTimeout(() => { box.hidden = true; }, seconds * 1000);
  };
}
