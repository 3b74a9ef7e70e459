// [data-phrase=field]: a phrase becomes a button; one tap puts it at the end of the field with this name.

const offer = () => {
  for (const words of document.querySelectorAll("span[data-phrase]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-link";
    button.dataset.phrase = words.dataset.phrase;
    button.textContent = words.textContent;
    words.replaceWith(button);
  }
};
offer();
document.addEventListener("region:shown", offer);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-phrase]");
  const field = button?.form?.elements[button.dataset.phrase];
  if (!field) return;
  const before = field.value.trimEnd(), text = `${before}${before ? "\n" : ""}${button.textContent}`;
  if (field.maxLength > 0 && text.length > field.maxLength) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
