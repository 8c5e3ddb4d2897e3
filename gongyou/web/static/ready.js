// A ready answer goes into the text box, after what is there already; it is read before it is sent.
const field = document.getElementById("text");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-ready]");
  if (!link || !field || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const text = link.closest("li").querySelector(".text").textContent;
  const gap = field.value.trim() ? "\n" : "";
  field.setRangeText(gap + text, field.value.length, field.value.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
