// form[data-upload]: sends one file with a progress bar; without this the form posts as any other.
// Markup: progress[data-upload-bar], [data-upload-status]. Texts: data-sending ("{percent} {speed}"),
// data-checking, data-failed, data-too-large (with data-max-bytes). The server answers {"next": url} or {"error": sentence}.

const speedText = (bytesPerSecond) =>
  bytesPerSecond >= 1048576 ? `${(bytesPerSecond / 1048576).toFixed(1)} MB/s` : `${Math.round(bytesPerSecond / 1024)} KB/s`;

const answerOf = (request) => {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
};

const enhance = (form) => {
  const bar = form.querySelector("[data-upload-bar]");
  const status = form.querySelector("[data-upload-status]");
  const buttons = form.querySelectorAll("button");
  const busy = (is) => buttons.forEach((button) => { button.disabled = is; });

  const refuse = (sentence) => {
    bar.hidden = true;
    status.textContent = sentence;
    status.classList.add("tone-bad", "tone-text", "strong");
    busy(false);
  };

  form.addEventListener("submit", (event) => {
    const input = form.querySelector('input[type="file"]');
    if (!input?.files.length) return;
    event.preventDefault();
    status.classList.remove("tone-bad", "tone-text", "strong");
    const most = Number(form.dataset.maxBytes || 0);
    if (most && input.files[0].size > most) {
      refuse(form.dataset.tooLarge);
      return;
    }
    const started = Date.now();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      const percent = Math.floor((100 * step.loaded) / step.total);
      const speed = speedText((1000 * step.loaded) / Math.max(1, Date.now() - started));
      bar.value = percent;
      status.textContent = percent < 100
        ? form.dataset.sending.replace("{percent}", `${percent}%`).replace("{speed}", speed)
        : form.dataset.checking;
    });
    request.addEventListener("load", () => {
      const answer = answerOf(request);
      if (answer.next) {
        window.location.assign(answer.next);
      } else if (answer.error) {
        refuse(answer.error);
      } else if (request.status < 300 && request.responseURL) {
        window.location.assign(request.responseURL);
      } else {
        refuse(form.dataset.failed);
      }
    });
    for (const kind of ["error", "abort", "timeout"]) request.addEventListener(kind, () => refuse(form.dataset.failed));
    bar.hidden = false;
    bar.value = 0;
    busy(true);
    request.send(new FormData(form));
  });
};

document.querySelectorAll("form[data-upload]").forEach(enhance);
