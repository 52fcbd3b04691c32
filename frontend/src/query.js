// The page of the query form: runs it without leaving the page, and fetches the editor when idle.

const form = document.querySelector("form[data-editor]");
if (form) enhance(form);

function enhance(form) {
  const words = JSON.parse(form.dataset.words);
  const field = form.elements.namedItem("query");
  const status = form.querySelector(".told");
  const page = { form, field, words, status, editor: null, asking: null, address: addressOf(location) };
  form.addEventListener("submit", (event) => submitted(event, page));
  form.querySelector(".cancel").addEventListener("click", () => page.asking?.abort());
  // Links within the page are steps of the history as well.
  window.addEventListener("popstate", () => addressOf(location) !== page.address && location.reload());
  whenIdle(field, () => openEditor(page));
}

/** Do something once: when the reader comes to the field, or when the page has nothing to do. */
function whenIdle(field, act) {
  let isDone = false;
  const once = () => {
    if (!isDone) act();
    isDone = true;
  };
  field.addEventListener("focus", once, { once: true });
  const later = window.requestIdleCallback ?? ((call) => setTimeout(call, 200));
  if (document.readyState === "complete") later(once);
  else window.addEventListener("load", () => later(once), { once: true });
}

async function openEditor(page) {
  const { mount } = await import(page.form.dataset.editor);
  const [place, mistake] = [".place", ".mistake"].map((one) => page.form.querySelector(one));
  page.editor = mount(page.field, {
    words: page.words,
    completions: page.form.dataset.completions,
    mistake: page.form.dataset.mistake,
    run: () => page.form.requestSubmit(),
    onPlace: ({ line, column }) => {
      place.textContent = page.words.place.replace("{line}", line).replace("{column}", column);
    },
    onMistake: (sentence) => {
      if (mistake.textContent !== sentence) mistake.textContent = sentence;
    },
  });
  // The label belongs to the field, which is hidden now.
  page.form.querySelector(`label[for="${page.field.id}"]`).addEventListener("click", page.editor.focus);
}

function submitted(event, page) {
  // An answer in a format is a file, which the browser fetches in its own way.
  if (page.form.elements.namedItem("format").value) return;
  event.preventDefault();
  run(page, page.field.value);
}

async function run(page, query) {
  page.asking?.abort();
  const asking = (page.asking = new AbortController());
  busy(page, true);
  try {
    show(page, await answerTo(query, asking.signal));
  } catch {
    if (page.asking === asking) say(page, asking.signal.aborted ? "cancelled" : "unreachable");
  } finally {
    if (page.asking === asking) busy(page, false);
  }
}

const LONGEST_ADDRESS = 6000;

/** Fetch the page that answers a query, and return its part with the answer. */
async function answerTo(query, signal) {
  const parameters = new URLSearchParams({ query });
  const isLong = String(parameters).length > LONGEST_ADDRESS;
  const headers = { Accept: "text/html" };
  const response = isLong
    ? await fetch("/sparql", { method: "POST", headers, body: parameters, signal })
    : await fetch(`/sparql?${parameters}`, { headers, signal });
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  const answer = found.getElementById("answer");
  if (!answer) throw new Error(`The answer has status ${response.status} and no page.`);
  return { answer, address: isLong ? null : `/sparql?${parameters}` };
}

function show(page, { answer, address }) {
  const old = document.getElementById("answer");
  keepOpen(old, answer);
  // The page of an error tells it first; here the form stays where it is, above all answers.
  old.remove();
  for (const heading of answer.querySelectorAll("h1")) heading.replaceWith(titled("h2", heading.textContent));
  page.form.after(answer);
  if (!document.querySelector("h1")) page.form.before(titled("h1", page.words.title));
  document.title = document.title.replace(/^[^·]*/, `${page.words.title} `);
  if (address && address !== addressOf(location)) history.pushState(null, "", address);
  page.address = addressOf(location);
  page.status.textContent = answer.dataset.summary ?? "";
  page.editor?.check();
  answer.scrollIntoView({ block: "nearest" });
}

function addressOf({ pathname, search }) {
  return pathname + search;
}

function titled(tag, text) {
  const heading = document.createElement(tag);
  heading.textContent = text;
  return heading;
}

/** Leave the pictures open that the reader had open. */
function keepOpen(old, answer) {
  for (const picture of old.querySelectorAll("details[open][data-view]")) {
    const same = answer.querySelector(`details[data-view="${picture.dataset.view}"]`);
    if (same) same.open = true;
  }
}

function busy(page, isBusy) {
  page.form.querySelector(".cancel").hidden = !isBusy;
  page.form.setAttribute("aria-busy", String(isBusy));
  document.getElementById("answer").toggleAttribute("inert", isBusy);
  if (isBusy) say(page, "running");
}

function say(page, name) {
  page.status.textContent = page.words[name];
}
