// When the page's main part is swapped in place (hx-target="#main"): the eye goes to its top, the focus to its heading,
// a screen reader hears what happened; a whole page that comes instead is loaded as one; what did not arrive is said
// in [data-refused] with the form's data-unreached.

const announcer = document.createElement("p");
announcer.className = "visually-hidden";
announcer.setAttribute("role", "status");
document.body.append(announcer);

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (event.detail.target.id !== "main" || !/^\s*<!doctype/i.test(xhr.responseText)) return;
  event.detail.shouldSwap = false;
  window.location.assign(xhr.responseURL);
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.matches("[data-refused]")) event.detail.target.scrollIntoView({ block: "center" });
  if (event.detail.target.id !== "main") return;
  const main = event.detail.target;
  const heading = main.querySelector("h1");
  window.scrollTo(0, 0);
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
  const said = [...main.querySelectorAll(".toast p"), main.querySelector(".queue-told"), heading];
  announcer.textContent = said.filter(Boolean).map((node) => node.textContent.trim()).join(" ");
  document.dispatchEvent(new CustomEvent("region:shown"));
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = event.detail.elt.closest("form[data-unreached]");
    const place = form?.querySelector("[data-refused]");
    if (place) place.textContent = form.dataset.unreached;
  });
}
