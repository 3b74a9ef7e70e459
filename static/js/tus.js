// One file on its way by tus 1.0: begins, or goes on where the server stands, in parts with checksums; after a
// broken line it tries again by itself. new Transfer(file, {entrance, token, url, told}): told(state) hears of
// "sending" (also on progress), "arrived" (all sent, being checked) and "broken". run() ends with "laid" or
// "halted" (by halt()), and throws Stopped where trying again is of no use.

const PART_LEAST = 256 * 1024;
const PART_MOST = 4 * 1024 * 1024;
const PART_SECONDS = 6; // a slow line gets small parts: less is sent twice when it breaks
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds
const REFUSALS_MOST = 8; // answers in a row that allow another try, without a byte of progress
const SILENCE = 45; // seconds without progress after which the line counts as broken
const CHECKING = 300; // seconds that the server may take for the last part

export class Stopped extends Error {
  constructor(sentence, word = "failed") {
    super(sentence || word);
    this.sentence = sentence;
    this.word = word;
  }
}
class Broken extends Error {}
class Again extends Broken {}
class Halted extends Error {}

const base64 = (bytes) => btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const encoded = (text) => base64(new TextEncoder().encode(text));
const sha256 = async (blob) => crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
const canDigest = () => Boolean(globalThis.crypto?.subtle); // plain http has none

export class Transfer {
  constructor(file, { entrance, token, told, url = "" }) {
    Object.assign(this, { file, entrance, token, told, url });
    this.offset = null; // unknown until the server says it
    this.loaded = 0; // of the part that is being sent
    this.speed = 0; // bytes a second
    this.partSize = PART_LEAST * 2;
    this.isHalted = false;
  }

  get sent() { return Math.min(this.file.size, (this.offset ?? this.shown ?? 0) + this.loaded); }
  get secondsLeft() { return this.speed ? (this.file.size - this.sent) / this.speed : Infinity; }

  async run() {
    this.isHalted = false;
    let tries = 0;
    let refusals = 0;
    for (;;) {
      try {
        if (!this.url) await this.begin();
        if (this.offset === null) await this.look();
        while (this.offset < this.file.size) {
          const before = this.offset;
          await this.part();
          if (this.offset > before) tries = refusals = 0;
        }
        return "laid";
      } catch (trouble) {
        this.loaded = 0;
        if (this.isHalted) return "halted";
        if (!(trouble instanceof Broken)) throw trouble;
        if (trouble instanceof Again && ++refusals > REFUSALS_MOST) throw new Stopped("");
        this.shown = this.offset ?? this.shown;
        this.offset = null;
        this.speed = 0;
        this.told("broken");
        await this.wait(WAITS[Math.min(tries++, WAITS.length - 1)]);
        if (this.isHalted) return "halted";
      }
    }
  }

  halt() {
    this.isHalted = true;
    this.request?.abort();
    this.wake?.();
  }

  // Ends a wait early: the line is back, or somebody does not want to wait.
  hurry() { this.wake?.(); }

  wait(seconds) {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        removeEventListener("online", go);
        this.wake = null;
        resolve();
      };
      const timer = setTimeout(go, seconds * 1000);
      addEventListener("online", go);
      this.wake = go;
    });
  }

  async begin() {
    const answer = await this.ask("POST", this.entrance, {
      "Upload-Length": this.file.size,
      "Upload-Metadata": `filename ${encoded(this.file.name)},lastmodified ${encoded(String(this.file.lastModified))}`,
    });
    if (answer.status !== 201) throw troubleOf(answer);
    this.url = answer.getResponseHeader("Location");
    this.offset = 0;
  }

  async look() {
    const answer = await this.ask("HEAD", this.url);
    if (answer.status === 410) throw new Stopped((await this.standing()).error);
    if (answer.status !== 200) throw troubleOf(answer);
    this.offset = Number(answer.getResponseHeader("Upload-Offset"));
  }

  // How the file stands, with the page to show next or the sentence that refused it.
  async standing() {
    const answer = await this.ask("GET", this.url);
    return answer.status === 200 ? JSON.parse(answer.responseText) : {};
  }

  // Whether the bytes that arrived are the beginning of this file, as far as that can be told.
  async continues() {
    const { offset, sample, sampled, size } = await this.standing();
    if (size !== this.file.size) return false;
    if (!canDigest() || !sample) return true;
    const parts = [this.file.slice(0, Math.min(sampled, offset)), this.file.slice(Math.max(0, offset - sampled), offset)];
    return hex(await sha256(new Blob(parts))) === sample;
  }

  async part() {
    const from = this.offset;
    const piece = this.file.slice(from, Math.min(from + this.partSize, this.file.size));
    const headers = { "Upload-Offset": from, "Content-Type": "application/offset+octet-stream" };
    if (canDigest()) {
      try {
        headers["Upload-Checksum"] = `sha256 ${base64(await sha256(piece))}`;
      } catch {
        throw new Stopped("", "unreadable"); // moved, changed or taken away since it was chosen
      }
    }
    if (this.isHalted) throw new Halted();
    const started = performance.now();
    const answer = await this.ask("PATCH", this.url, headers, piece);
    if (answer.status !== 204) throw troubleOf(answer);
    const seconds = Math.max(0.001, (performance.now() - started) / 1000);
    this.speed = this.speed ? 0.6 * this.speed + 0.4 * (piece.size / seconds) : piece.size / seconds;
    this.partSize = Math.round(Math.min(PART_MOST, Math.max(PART_LEAST, this.speed * PART_SECONDS)));
    this.loaded = 0;
    this.offset = Number(answer.getResponseHeader("Upload-Offset"));
    this.told(this.offset < this.file.size ? "sending" : "arrived");
  }

  ask(method, url, headers = {}, body = null) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      let watch = 0;
      const expect = (seconds) => {
        clearTimeout(watch);
        watch = setTimeout(() => request.abort(), seconds * 1000);
      };
      const after = (end, value) => {
        clearTimeout(watch);
        this.request = null;
        end(value);
      };
      this.request = request;
      request.open(method, url);
      const all = { "Tus-Resumable": "1.0.0", "X-CSRFToken": this.token, Accept: "application/json", ...headers };
      for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (step) => {
        this.loaded = Math.min(step.loaded, body?.size ?? 0);
        const isAll = this.sent >= this.file.size;
        expect(isAll ? CHECKING : SILENCE);
        this.told(isAll ? "arrived" : "sending");
      });
      request.addEventListener("load", () => after(resolve, request));
      for (const kind of ["error", "abort"]) request.addEventListener(kind, () => after(reject, new Broken(kind)));
      expect(SILENCE);
      request.send(body);
    });
  }
}

// What an answer other than the wished one means: another try, or the end.
const troubleOf = (answer) => {
  const asked = answer.responseURL && new URL(answer.responseURL).pathname;
  if (asked?.startsWith("/accounts/")) return new Stopped("", "signed-out");
  if (answer.status >= 500 || [0, 409, 423, 460].includes(answer.status)) return new Again(String(answer.status));
  try {
    return new Stopped(JSON.parse(answer.responseText).error);
  } catch {
    return new Stopped("");
  }
};
