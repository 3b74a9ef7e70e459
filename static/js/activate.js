// input[data-from-fragment]: the code that a slip's QR carries behind the # is filled in and taken off the address.

const input = document.querySelector("input[data-from-fragment]");
const code = decodeURIComponent(location.hash.slice(1));

if (input && /^[0-9A-Za-z-]{12,20}$/.test(code)) {
  if (!input.value) input.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  const next = [...input.form.querySelectorAll("input:not([type=hidden])")].find((field) => !field.value);
  next?.focus();
}
