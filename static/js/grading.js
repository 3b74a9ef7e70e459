// [data-grading]: keys 1 2 3 grade the focused or first ungraded item, j and k move, changes save themselves.
// Markup: form[data-grading][data-autosave=url][data-saving][data-saved][data-failed] holds
// [data-grading-item] with radios in the order of the keys, and [data-grading-status] (aria-live).

const typing = (target) => target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])") !== null;

const enhance = (form) => {
  const items = [...form.querySelectorAll("[data-grading-item]")];
  const status = form.querySelector("[data-grading-status]");
  let timer = 0;
  let sent = 0;
  let unsaved = false;

  const radios = (item) => [...item.querySelectorAll('input[type="radio"]')];
  const graded = (item) => radios(item).some((radio) => radio.checked);
  const current = () =>
    items.find((item) => item.contains(document.activeElement)) ?? items.find((item) => !graded(item)) ?? items[0];
  const goTo = (item) => {
    if (!item) return;
    (radios(item).find((radio) => radio.checked) ?? radios(item)[0])?.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };

  const save = async () => {
    const turn = ++sent;
    status.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
      });
      if (turn !== sent) return;
      const said = answer.ok ? {} : await answer.json().catch(() => ({}));
      unsaved = !answer.ok;
      status.textContent = answer.ok ? form.dataset.saved : said.error || form.dataset.failed;
    } catch {
      if (turn === sent) status.textContent = form.dataset.failed;
    }
  };

  const saveSoon = () => {
    if (!form.dataset.autosave) return;
    unsaved = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, 600);
  };

  form.addEventListener("change", saveSoon);
  form.addEventListener("input", (event) => { if (event.target.matches("textarea")) saveSoon(); });
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.target.closest("dialog")) return;
    const item = current();
    const choice = { 1: 0, 2: 1, 3: 2 }[event.key];
    if (choice !== undefined && item) {
      const radio = radios(item)[choice];
      if (!radio) return;
      event.preventDefault();
      radio.click();
      radio.focus();
    } else if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      goTo(items[items.indexOf(item) + (event.key === "j" ? 1 : -1)]);
    }
  });
};

document.querySelectorAll("[data-grading]").forEach(enhance);
