// Small manners of every page: menus close, toasts go, dialogs open, errors take the focus.

const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
};

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.closest(".toast")?.remove();
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) closer.closest("dialog")?.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  const held = menu.contains(document.activeElement);
  closeMenus(null);
  if (held) menu.querySelector("summary").focus();
});

const showDismissing = () => {
  for (const button of document.querySelectorAll("[data-dismiss]")) button.hidden = false;
};
showDismissing();
document.addEventListener("region:shown", showDismissing);
for (const control of document.querySelectorAll("[data-submit-on-change]")) {
  control.addEventListener("change", () => control.form.requestSubmit());
}
document.querySelector(".error-summary")?.focus();

// A table that is wider than its frame can be moved with the keys.
const frameTables = () => {
  for (const frame of document.querySelectorAll(".table-scroll:not([tabindex])")) {
    if (frame.scrollWidth <= frame.clientWidth) continue;
    const heading = frame.querySelector("caption") ?? frame.closest("section, figure, main")?.querySelector("h1, h2, h3");
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", heading?.textContent.trim() ?? document.title);
  }
};
frameTables();
document.addEventListener("region:shown", frameTables);
document.addEventListener("toggle", frameTables, true);
