// form[data-autosave=url]: saves itself a moment after each change, tries again when the line is back, and keeps a
// copy in this tab until everything has arrived. Texts: data-saving, data-saved ("{time}"), data-unsent, data-restored;
// [data-autosave-status] tells. The server answers {"saved": true, "carry": {field: value}, "note": sentence} or
// {"error": sentence}. [data-save-now] saves at once.

const DELAY = 700, RETRY = 4000, LONGEST_RETRY = 30000;
const live = new Map();

const remembered = (key) => {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
};
const remember = (key, text) => {
  try {
    if (text === null) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, text);
  } catch {
    // A browser that keeps nothing still saves to the server.
  }
};

const bodyOf = (form) => {
  const body = new URLSearchParams(new FormData(form));
  body.delete("csrfmiddlewaretoken");
  return body.toString();
};

// Fill the form with a kept copy; says whether anything was different.
const fill = (form, text) => {
  const kept = new URLSearchParams(text);
  let changed = false;
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "submit") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      const ticked = kept.getAll(field.name).includes(field.value);
      changed ||= field.checked !== ticked;
      field.checked = ticked;
    } else if (kept.has(field.name) && field.type !== "file") {
      changed ||= field.type !== "hidden" && field.value !== kept.get(field.name);
      field.value = kept.get(field.name);
    }
  }
  return changed;
};

const enhance = (form) => {
  const url = form.dataset.autosave;
  const key = `unsaved:${url}`;
  const status = form.querySelector("[data-autosave-status]");
  const tell = (text, isBad = false) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("tone-bad", isBad);
    status.classList.toggle("tone-text", isBad);
  };
  const state = { dirty: false, saving: null, refused: false };
  let timer = 0, wait = RETRY, pending = null;

  const arrived = (answer, body) => {
    pending = null;
    wait = RETRY;
    for (const [name, value] of Object.entries(answer.carry ?? {})) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    // Only what was sent has arrived: anything typed meanwhile goes with the next turn.
    const now = new URLSearchParams(bodyOf(form)), then = new URLSearchParams(body);
    for (const name of Object.keys(answer.carry ?? {})) now.delete(name), then.delete(name);
    state.dirty = now.toString() !== then.toString();
    remember(key, state.dirty || answer.note ? bodyOf(form) : null);
    form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: answer }));
    if (state.dirty) {
      soon();
      return;
    }
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    tell([form.dataset.saved.replace("{time}", time), answer.note].filter(Boolean).join(" · "));
  };

  const send = async (keepalive) => {
    // A save without an answer may have arrived: the same words go once more before newer ones.
    const body = pending ?? bodyOf(form);
    pending = body;
    tell(form.dataset.saving);
    let response;
    try {
      response = await fetch(url, {
        method: "POST",
        body,
        keepalive: keepalive && body.length < 60000,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "XMLHttpRequest",
        },
      });
      const answer = await response.json();
      if (response.ok && answer.saved) return arrived(answer, body);
      pending = null;
      state.refused = response.status === 409;
      if (state.refused) remember(key, null);
      tell(answer.error || form.dataset.unsent, true);
    } catch {
      tell(form.dataset.unsent, true);
      window.clearTimeout(timer);
      timer = window.setTimeout(save, wait);
      wait = Math.min(2 * wait, LONGEST_RETRY);
    }
  };

  const save = (keepalive = false) => {
    window.clearTimeout(timer);
    if (!state.saving && form.isConnected) {
      state.saving = send(keepalive === true).finally(() => { state.saving = null; });
    }
    return state.saving ?? Promise.resolve();
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, DELAY);
  };
  const changed = () => {
    state.dirty = true;
    if (state.refused) return;
    remember(key, bodyOf(form));
    soon();
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-save-now]")) return;
    event.preventDefault();
    save();
  });
  form.addEventListener("submit", () => {
    // A script sends the form without leaving the page; then a refusal must find the words still kept.
    if (form.hasAttribute("hx-post")) return;
    window.clearTimeout(timer);
    state.dirty = false;
    remember(key, null);
  });
  live.set(form, {
    state, save,
    // The form is about to be sent as a whole: what was sent last has to be known to have arrived, and nothing goes meanwhile.
    settle: async () => {
      await state.saving;
      if (pending) await save();
      window.clearTimeout(timer);
      pending = bodyOf(form);
    },
    drop: () => { window.clearTimeout(timer); remember(key, null); live.delete(form); },
  });

  const copy = remembered(key);
  if (copy !== null && fill(form, copy)) {
    tell(form.dataset.restored);
    state.dirty = true;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
};

const start = (root) => {
  for (const form of live.keys()) if (!form.isConnected) live.delete(form);
  for (const form of root.querySelectorAll('form[data-autosave]:not([data-autosave=""])')) if (!live.has(form)) enhance(form);
};

// Before a part of the page is replaced, what is being saved arrives first.
document.addEventListener("htmx:confirm", (event) => {
  const own = live.get(event.target);
  const isReplaced = ([form, { state }]) => state.dirty && !state.refused && event.detail.target?.contains(form);
  const others = own ? [] : [...live].filter(isReplaced);
  if (!own && !others.length) return;
  event.preventDefault();
  const settled = own ? [own.settle()] : others.map(async ([, { state, save }]) => { await state.saving; await save(); });
  Promise.allSettled(settled).then(() => event.detail.issueRequest(true));
});
// A form that sent itself in place: the server took it and names where to go on, or refused it and it goes on saving.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { elt, xhr } = event.detail;
  const onward = xhr.getResponseHeader("HX-Redirect") ?? xhr.getResponseHeader("HX-Push-Url") ?? "false";
  if (live.has(elt) && onward !== "false") live.get(elt).drop();
});
document.addEventListener("htmx:afterRequest", (event) => {
  const entry = live.get(event.detail.elt);
  if (entry && event.detail.elt.isConnected) entry.save();
});
window.addEventListener("online", () => live.forEach(({ state, save }) => { if (state.dirty && !state.refused) save(); }));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  live.forEach(({ state, save }) => { if (state.dirty && !state.refused) save(true); });
});
window.addEventListener("beforeunload", (event) => {
  for (const [form, { state }] of live) if (form.isConnected && state.dirty) event.preventDefault();
});

start(document);
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? document));
