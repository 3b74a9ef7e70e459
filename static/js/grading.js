// form[data-grading] by keyboard: 1 2 3 grade, j k n move, e next file, s or Ctrl+Enter finishes, ? lists the keys.
// Markup: [data-grading-item] with radios in the order of the keys and data-shows=id of its evidence in #evidence;
// [data-keys-help] opens dialog#keys, [data-keys-switch] turns single keys off. One listener serves every page that
// is swapped in. form[data-next]: the pictures of the next piece are fetched while this one is read.

const SWITCH = "single-keys";
const PIECES = "figure, .file, .preview";
const WIDE = window.matchMedia("(min-width: 860px)");
const FIRST_PICTURES = 4, CALM = 1500;

const stored = {
  get: () => { try { return window.localStorage.getItem(SWITCH); } catch { return null; } },
  set: (value) => { try { window.localStorage.setItem(SWITCH, value); } catch { /* then it holds for this page */ } },
};
let keysAreOn = stored.get() !== "off";

const form = () => document.querySelector("form[data-grading]");
const items = () => [...form().querySelectorAll("[data-grading-item]")];
const radios = (item) => [...item.querySelectorAll('input[type="radio"]')];
const isGraded = (item) => radios(item).some((radio) => radio.checked);
const current = () =>
  items().find((item) => item.contains(document.activeElement)) ?? items().find((item) => !isGraded(item)) ?? items()[0];

const goTo = (item) => {
  if (!item) return;
  (radios(item).find((radio) => radio.checked) ?? radios(item)[0])?.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  if (WIDE.matches) document.getElementById(item.dataset.shows)?.scrollIntoView({ block: "start" });
};
const step = (by) => goTo(items()[items().indexOf(current()) + by]);
const nextUngraded = () => {
  const all = items(), here = all.indexOf(current());
  const item = [...all.slice(here + 1), ...all.slice(0, here + 1)].find((one) => !isGraded(one));
  if (item) goTo(item);
  else form().querySelector("#advice")?.focus();
};
const nextPiece = () => {
  const pieces = [...document.querySelectorAll("#evidence :is(" + PIECES + ")")].filter((one) => !one.parentElement.closest(PIECES));
  if (!pieces.length) return;
  const here = pieces.findIndex((piece) => piece.contains(document.activeElement));
  const piece = pieces[(here + 1) % pieces.length];
  (piece.querySelector("a[href], video, button, [tabindex]") ?? piece).focus({ preventScroll: true });
  piece.scrollIntoView({ block: "start" });
};
const choose = (number) => {
  const item = current(), radio = item && radios(item)[number];
  if (!radio) return;
  radio.click();
  radio.focus({ preventScroll: true });
};
const finish = () => form().requestSubmit(form().querySelector(".button-primary"));
const help = () => document.getElementById("keys")?.showModal();

const ACTS = {
  1: () => choose(0), 2: () => choose(1), 3: () => choose(2),
  j: () => step(1), k: () => step(-1), n: nextUngraded, e: nextPiece, s: finish, "?": help,
};
const isTyping = (target) => target.closest("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]") !== null;
const isElsewhere = (target) => target !== document.body && !target.closest("#main");

document.addEventListener("keydown", (event) => {
  if (!form() || document.querySelector("dialog[open]") || isElsewhere(event.target)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    finish();
    return;
  }
  if (isTyping(event.target)) {
    if (event.key === "Escape" && form().contains(event.target)) goTo(event.target.closest("[data-grading-item]") ?? items().at(-1));
    return;
  }
  const act = ACTS[event.key];
  if (!act || !keysAreOn || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-switch]")) return;
  keysAreOn = event.target.checked;
  stored.set(keysAreOn ? "on" : "off");
});

// The next piece is read ahead once, when nothing else is going on; a reader who saves data is left alone.
const readAhead = async (url) => {
  if (!url || navigator.connection?.saveData) return;
  const answer = await fetch(url, { headers: { "HX-Request": "true" }, priority: "low" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const picture of [...page.querySelectorAll("#evidence img[src]")].slice(0, FIRST_PICTURES)) {
    new Image().src = picture.getAttribute("src");
  }
};

const prepare = () => {
  for (const button of document.querySelectorAll("[data-keys-help]")) button.hidden = false;
  for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = keysAreOn;
  const url = form()?.dataset.next;
  if (url) window.setTimeout(() => { if (form()?.dataset.next === url) readAhead(url); }, CALM);
};

prepare();
document.addEventListener("region:shown", prepare);
