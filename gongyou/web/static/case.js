// A file too large is told before it is sent; one under way is not sent again by a second tap.
const form = document.getElementById("upload");
const tooLarge = document.getElementById("too-large");
const uploading = document.getElementById("uploading");

form?.elements.file.addEventListener("change", check);

form?.addEventListener("submit", (event) => {
  if (!check()) {
    event.preventDefault();
    return;
  }
  uploading.hidden = false;
  setTimeout(() => {
    form.querySelector("button").disabled = true;
  });
});

// A page that comes back with 「后退」 can send again.
addEventListener("pageshow", () => {
  if (!form) return;
  uploading.hidden = true;
  form.querySelector("button").disabled = false;
});

function check() {
  const file = form.elements.file.files[0];
  const fits = !file || file.size <= Number(form.dataset.limit);
  tooLarge.hidden = fits;
  return fits;
}
