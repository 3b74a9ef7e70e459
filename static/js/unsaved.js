// form[data-unsaved]: the browser asks before a page with typed but unsent words is left, and this tab keeps a copy:
// after a refusal, a broken line or a reload the words stand there again, and a hidden [data-restored] of the form
// shows itself. What was sent and taken is forgotten.

const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";
const REFUSALS = ".toast.tone-error, .error-summary";
const changed = new Set();

const storage = (act, key, text) => {
  try {
    return window.sessionStorage[act](key, text);
  } catch {
    return null;
  }
};
const fields = (form) => [...form.elements].filter((field) => field.name && field.matches(KEPT));
const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const entriesOf = (form) =>
  fields(form).filter((field) => !isTick(field) || field.checked).map((field) => [field.name, field.value]);

const fill = (form, entries) => {
  const differing = [];
  for (const field of fields(form)) {
    const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTick(field)) {
      if (field.checked !== values.includes(field.value)) differing.push(field);
      field.checked = values.includes(field.value);
    } else if (values.length && field.value !== values[0]) {
      differing.push(field);
      field.value = values[0];
    }
  }
  return differing;
};

const enhance = (form) => {
  const key = `typed:${window.location.pathname}:${form.getAttribute("action")}`;
  const keep = (isSent) => storage("setItem", key, JSON.stringify({ isSent, entries: entriesOf(form) }));
  const kept = JSON.parse(storage("getItem", key) ?? "null");
  storage("removeItem", key);
  if (kept && (!kept.isSent || document.querySelector(REFUSALS))) {
    const differing = fill(form, kept.entries);
    for (const field of differing) {
      const folded = field.closest("details");
      if (folded) folded.open = true;
    }
    if (differing.length) {
      changed.add(form);
      keep(false);
      differing[0].dispatchEvent(new Event("change", { bubbles: true }));
      const note = form.querySelector("[data-restored]");
      if (note) note.hidden = false;
    }
  }
  form.addEventListener("input", () => {
    changed.add(form);
    keep(false);
  });
  form.addEventListener("submit", () => {
    changed.delete(form);
    keep(true);
  });
};

const start = (root) => root.querySelectorAll("form[data-unsaved]").forEach(enhance);

window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
start(document);
document.addEventListener("region:shown", () => start(document.getElementById("main")));
