// input[type=password][data-show="Show"][data-hide="Hide"]: a button beside it shows what was typed.

for (const input of document.querySelectorAll("input[type=password][data-show]")) {
  const row = document.createElement("div");
  row.className = "reveal";
  input.replaceWith(row);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = input.dataset.show;
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-controls", input.id);
  row.append(input, button);
  button.addEventListener("click", () => {
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.textContent = isShown ? input.dataset.show : input.dataset.hide;
    button.setAttribute("aria-pressed", String(!isShown));
    input.focus();
  });
  input.form?.addEventListener("submit", () => { input.type = "password"; });
}
