// [data-search-box]: / leads to it, the down arrow into what was found, Escape shuts that. [data-search-keys] turns
// single keys off; the switch is the one of the review screen.

const SWITCH = "single-keys";
const stored = {
  get: () => { try { return window.localStorage.getItem(SWITCH); } catch { return null; } },
  set: (value) => { try { window.localStorage.setItem(SWITCH, value); } catch { /* then it holds for this page */ } },
};

const box = document.querySelector("[data-search-box]");
const found = box && document.getElementById(box.getAttribute("aria-controls"));
const links = () => [...found.querySelectorAll("a")];
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

const shut = () => {
  const held = found.contains(document.activeElement);
  found.replaceChildren();
  if (held) box.focus();
};

const walk = (event) => {
  const all = links();
  const here = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && all.length) (all[here + 1] ?? all[here]).focus();
  else if (event.key === "ArrowUp" && here >= 0) (all[here - 1] ?? box).focus();
  else return;
  event.preventDefault();
};

if (box) {
  const shortcut = document.querySelector("[data-search-keys]");
  let keysAreOn = stored.get() !== "off";
  if (shortcut) {
    shortcut.closest("[data-keys-line]").hidden = false;
    shortcut.checked = keysAreOn;
    shortcut.addEventListener("change", () => {
      keysAreOn = shortcut.checked;
      stored.set(keysAreOn ? "on" : "off");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && keysAreOn && !isTyping(event.target) && box.offsetParent !== null) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (box === document.activeElement || found.contains(document.activeElement)) {
      if (event.key === "Escape" && box.closest("[data-site-search]")) shut();
      else walk(event);
    }
  });
  document.addEventListener("click", (event) => {
    if (box.closest("[data-site-search]") && !event.target.closest("[data-site-search]")) found.replaceChildren();
  });
}
