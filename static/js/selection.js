// form[data-selection][data-target="20"]: a live total over checkboxes that carry data-credits.
// Markup: [data-selection-total], [data-selection-missing], meter[data-selection-meter], and a sentence in
// [data-selection-message][aria-live] from data-short ("{missing}" more) or data-enough; [data-selection-submit] waits for it.

const enhance = (form) => {
  const target = Number(form.dataset.target);
  const say = (name, text) => form.querySelectorAll(`[data-selection-${name}]`).forEach((node) => { node.textContent = text; });

  const count = () => {
    let total = Number(form.dataset.base || 0);
    for (const box of form.querySelectorAll("[data-credits]")) {
      if (box.checked) total += Number(box.dataset.credits);
    }
    const missing = Math.max(0, target - total);
    say("total", total);
    say("missing", missing);
    say("message", missing ? form.dataset.short.replace("{missing}", missing) : form.dataset.enough);
    form.querySelectorAll("[data-selection-meter]").forEach((meter) => {
      meter.value = total;
      meter.closest(".meter-row")?.classList.toggle("tone-good", missing === 0);
    });
    form.querySelectorAll("[data-selection-submit]").forEach((button) => { button.disabled = missing > 0; });
  };

  form.addEventListener("change", count);
  count();
};

document.querySelectorAll("form[data-selection]").forEach(enhance);
