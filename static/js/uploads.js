// form[data-uploads=url]: files chosen, dropped or photographed go up one after another, each in a row of its own
// that can be paused, continued and cancelled; without this the form posts as any other. Markup and words:
// templates/_components/uploads.html. What an earlier visit left unfinished ([data-arriving=url] with its name and
// size) goes on when the same file is chosen again. A file that was laid refreshes its [data-refresh] part of the page.

import { secondsOf } from "./film.js";
import { Stopped, Transfer } from "./tus.js";

const MEGABYTE = 1000000;
const GRACE = 5; // seconds a video may run over, as on the server
const rows = [];
let active = null;

const megabytes = (bytes) => (bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0);
const clock = (seconds) => {
  const whole = Math.ceil(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};
const filled = (text, values) => Object.entries(values).reduce((made, [name, value]) => made.replace(`{${name}}`, value), text);

class Row {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.node = form.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
    this.find("name").textContent = file.name;
    this.find("bar").setAttribute("aria-label", file.name);
    for (const act of ["pause", "go", "cancel"]) {
      this.find(act).append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: `: ${file.name}` }));
      this.find(act).addEventListener("click", () => this[act]());
    }
    form.querySelector("[data-upload-rows]").append(this.node);
    this.transfer = new Transfer(file, {
      entrance: form.dataset.uploads,
      token: form.elements.csrfmiddlewaretoken.value,
      told: (state) => this.show(state),
    });
    this.show("waiting");
  }

  find(name) { return this.node.querySelector(`[data-row="${name}"]`); }
  word(name, values = {}) { return filled(this.form.dataset[`say${name[0].toUpperCase()}${name.slice(1)}`] ?? "", values); }

  show(state, sentence = "") {
    const { sent, speed, secondsLeft } = this.transfer;
    const percent = Math.floor((100 * sent) / (this.file.size || 1));
    const parts = [`${percent} %`, filled(this.word("of"), { sent: megabytes(sent), size: megabytes(this.file.size) })];
    if (state === "sending" && speed) {
      parts.push(speed >= MEGABYTE ? `${(speed / MEGABYTE).toFixed(1)} MB/s` : `${Math.round(speed / 1000)} KB/s`);
      if (sent < this.file.size) parts.push(this.word("left", { time: clock(secondsLeft) }));
    }
    this.find("figures").textContent = parts.join(" · ");
    this.find("bar").value = percent;
    if (state === this.state && !sentence) return; // what a screen reader is told changes with the state only
    this.state = state;
    this.node.dataset.state = state;
    this.find("words").textContent = sentence || this.word(state);
    this.find("pause").hidden = !["waiting", "sending"].includes(state);
    this.find("go").hidden = !["paused", "broken", "failed"].includes(state);
    this.find("cancel").hidden = state === "arrived";
    this.find("cancel").firstChild.data = this.word(state === "refused" ? "remove" : "cancel");
    for (const name of ["bar", "figures"]) this.find(name).hidden = ["refused", "waiting"].includes(state);
  }

  get isUnfinished() { return ["waiting", "sending", "arrived", "broken"].includes(this.state); }

  // Holds the file against the limits, and finds what an earlier visit left of it; false where it is refused.
  async prepare() {
    const { accept, maxBytes, maxMinutes } = this.form.dataset;
    const limit = Number(maxBytes || 0);
    const endings = (accept || "").split(",").filter((part) => part.startsWith("."));
    const ending = /\.[^.]+$/.exec(this.file.name.toLowerCase())?.[0];
    if (this.file.size === 0) return this.refuse(this.word("empty"));
    if (ending && endings.length && !endings.includes(ending)) return this.refuse(this.word("kind"));
    if (limit && this.file.size > limit) {
      const size = Math.ceil(this.file.size / MEGABYTE);
      return this.refuse(this.word("large", { size, limit: Math.floor(limit / MEGABYTE) }));
    }
    const most = Number(maxMinutes || 0) * 60;
    const seconds = most && [".mp4", ".m4v", ".mov"].includes(ending) ? await secondsOf(this.file) : null;
    if (seconds && seconds > most + GRACE) {
      return this.refuse(this.word("long", { minutes: (seconds / 60).toFixed(1), limit: maxMinutes }));
    }
    return true;
  }

  async adopt() {
    const left = [...(this.form.closest("[data-refresh]") ?? document).querySelectorAll("[data-arriving]")].find(
      (one) => one.dataset.name === this.file.name.normalize("NFC") && Number(one.dataset.size) === this.file.size,
    );
    if (!left) return;
    this.transfer.url = left.dataset.arriving;
    const isSame = await this.transfer.continues().catch(() => null);
    if (isSame) left.remove();
    else this.transfer.url = "";
    if (isSame === null) throw new Stopped("");
  }

  refuse(sentence) {
    this.show("refused", sentence);
    return false;
  }

  async run() {
    try {
      if (!this.transfer.url) await this.adopt();
      if (this.state !== "waiting") return;
      this.show("sending");
      if ((await this.transfer.run()) === "laid") await this.laid();
    } catch (trouble) {
      if (this.state === "cancelled") return;
      const stopped = trouble instanceof Stopped ? trouble : new Stopped("");
      if (stopped.sentence) this.refuse(stopped.sentence);
      else this.show("failed", stopped.word === "signed-out" ? this.word("signedOut") : "");
    }
  }

  async laid() {
    this.show("arrived");
    const { next, error } = await this.transfer.standing().catch(() => ({}));
    if (error) {
      this.refuse(error);
      return;
    }
    this.say(this.word("laid", { name: this.file.name }));
    this.leave();
    await refresh(this.form, next ?? window.location.pathname);
  }

  say(sentence) { this.form.querySelector("[data-upload-said]").textContent = sentence; }

  pause() {
    this.show("paused");
    this.transfer.halt();
    this.find("go").focus();
  }

  go() {
    if (this.state === "broken") {
      this.transfer.hurry();
      return;
    }
    this.show("waiting");
    this.find("pause").focus();
    next();
  }

  async cancel() {
    this.show("cancelled");
    this.transfer.halt();
    this.leave();
    this.form.querySelector('input[type="file"]').focus();
    if (this.transfer.url) await this.transfer.ask("DELETE", this.transfer.url).catch(() => {});
  }

  leave() {
    rows.splice(rows.indexOf(this), 1);
    this.node.remove();
  }
}

// One file at a time: a thin line serves nobody better when it is shared.
const next = async () => {
  if (active) return;
  active = rows.find((row) => row.state === "waiting") ?? null;
  if (!active) return;
  await active.run();
  active = null;
  next();
};

const add = async (form, files) => {
  for (const file of files) {
    const isThere = rows.some((row) => row.form === form && row.file.name === file.name && row.file.size === file.size && row.state !== "refused");
    if (isThere) continue;
    const row = new Row(form, file);
    rows.push(row);
    await row.prepare();
  }
  next();
};

// Puts the page as it now is in the place of the form's own part, and of parts without any such form; the live
// form with its rows moves over, and what is typed or ticked elsewhere stays.
const refresh = async (form, url) => {
  const answer = await fetch(url.split("#")[0], { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) {
    window.location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-refresh][id]")) {
    const made = page.getElementById(old.id);
    if (!made || (old.querySelector("form[data-uploads]") && !old.contains(form))) continue;
    if (old.contains(form)) carry(form, made);
    for (const box of old.querySelectorAll('input[type="checkbox"][id]:checked')) {
      const same = made.querySelector(`#${CSS.escape(box.id)}`);
      if (same) same.checked = true;
    }
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(made);
    (focused?.isConnected ? focused : focused?.id && document.getElementById(focused.id))?.focus({ preventScroll: true });
    window.htmx?.process(made);
  }
};

const carry = (form, made) => {
  const urls = rows.map((row) => row.transfer.url).filter(Boolean);
  for (const one of made.querySelectorAll("[data-arriving]")) {
    if (urls.includes(one.dataset.arriving)) one.remove();
  }
  const fresh = made.querySelector("form[data-uploads]");
  const hasRows = rows.some((row) => row.form === form);
  if (fresh) {
    fresh.replaceWith(form);
    const fold = form.closest("details");
    if (fold && hasRows) fold.open = true;
  } else if (hasRows) {
    made.append(form);
  }
  form.querySelector("[data-upload-chooser]").hidden = !fresh;
};

const enhance = (form) => {
  const drop = form.querySelector("[data-upload-chooser]");
  form.classList.add("is-live");
  form.querySelector("[data-upload-send]").hidden = true;
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    const files = [...event.target.files];
    event.target.value = ""; // so that the same file can be chosen again
    add(form, files);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, () => drop.classList.add("is-over"));
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => drop.classList.remove("is-over"));
  form.addEventListener("drop", (event) => add(form, [...event.dataTransfer.files]));
};

const forms = document.querySelectorAll("form[data-uploads]");
forms.forEach(enhance);
if (forms.length) {
  // A file dropped beside its place must not open in the browser instead of the page.
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  window.addEventListener("beforeunload", (event) => { if (rows.some((row) => row.isUnfinished)) event.preventDefault(); });
}
