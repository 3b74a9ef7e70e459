// form[data-batch]: [data-select-all] ticks every [data-batch-item]; [data-batch-count] tells how many,
// [data-batch-submit] waits until there is one.

const enhance = (form) => {
  const all = form.querySelector("[data-select-all]");
  const items = () => [...form.querySelectorAll("[data-batch-item]:not(:disabled)")];

  const count = () => {
    const boxes = items();
    const ticked = boxes.filter((box) => box.checked).length;
    form.querySelectorAll("[data-batch-count]").forEach((node) => { node.textContent = ticked; });
    form.querySelectorAll("[data-batch-submit]").forEach((button) => { button.disabled = ticked === 0; });
    if (all) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) items().forEach((box) => { box.checked = all.checked; });
    count();
  });
  count();
};

document.querySelectorAll("form[data-batch]").forEach(enhance);
