// form[data-batch]: [data-select-all] and the bar's [data-choose-all] tick all [data-batch-item], Shift with a click ticks all between;
// [data-batch-count] tells how many, [data-batch-submit] waits until there is one. [data-batch-apart] is ticked by itself only.

const enhance = (form) => {
  const alls = [...form.querySelectorAll("[data-select-all], [data-choose-all]")];
  const apart = () => form.querySelectorAll("[data-batch-apart]:checked").length;
  const items = () => [...form.querySelectorAll("[data-batch-item]:not(:disabled)")];
  let last = null;

  const count = () => {
    const boxes = items();
    const ticked = boxes.filter((box) => box.checked).length;
    form.querySelectorAll("[data-batch-count]").forEach((node) => { node.textContent = ticked + apart(); });
    form.querySelectorAll("[data-batch-submit]").forEach((button) => { button.disabled = ticked + apart() === 0; });
    for (const all of alls) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
  };

  form.addEventListener("click", (event) => {
    const box = event.target.closest("[data-batch-item]");
    if (!box) return;
    const boxes = items();
    if (event.shiftKey && last && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
      boxes.slice(from, to + 1).forEach((between) => { between.checked = box.checked; });
      count();
    }
    last = box;
  });
  form.addEventListener("change", (event) => {
    if (alls.includes(event.target)) items().forEach((box) => { box.checked = event.target.checked; });
    count();
  });
  count();
};

document.querySelectorAll("form[data-batch]").forEach(enhance);
