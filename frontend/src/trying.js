// Trying a text: one that is too large is told before it is sent, and that a text is being read.

const form = document.querySelector("form[data-largest]");
if (form) form.addEventListener("submit", (event) => submitted(event, form));
// A page that is shown again from memory is not being sent any more.
if (form) window.addEventListener("pageshow", () => tell(form, ""));

function submitted(event, form) {
  const [file] = form.elements.namedItem("file").files;
  const pasted = new Blob([form.elements.namedItem("text").value]).size;
  const isTooLarge = (file?.size ?? 0) + pasted > Number(form.dataset.largest);
  if (isTooLarge) event.preventDefault();
  tell(form, isTooLarge ? form.dataset.tooLarge : form.dataset.reading);
}

function tell(form, sentence) {
  form.querySelector("[role=status]").textContent = sentence;
}
