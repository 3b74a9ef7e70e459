# Everything that prepares a checkout, as functions; sourced by the scripts beside it, never run.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$top" || exit
py="$top/.venv/bin/python"
step_number=0
step_total=0

step() {
  step_number=$((step_number + 1))
  printf '[%d/%d] %s …\n' "$step_number" "$step_total" "$1"
}

stop() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

find_python() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    stop "this needs a system with apt: Debian 12, Debian 13 or Ubuntu 24.04."
  fi
  local name
  for name in python3 python3.13 python3.12 python3.11 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$(command -v "$name")
      return
    fi
  done
  stop "no Python 3.11 or newer was found. Install it with: sudo apt-get install -y python3 python3-venv"
}

# The package that gives this Python its ensurepip, if it lacks it.
venv_package() {
  "$python" -c 'import ensurepip, venv' 2>/dev/null && return
  if [ "$(readlink -f "$python")" = "$(readlink -f /usr/bin/python3)" ]; then
    echo python3-venv
  else
    "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
  fi
}

missing_of() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    return 1
  fi
}

install_packages() {
  local -a missing
  mapfile -t missing < <(missing_of "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  printf '      installing %s\n' "${missing[*]}"
  local log
  log=$(mktemp)
  {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 update || true
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y -o DPkg::Lock::Timeout=120 install --no-install-recommends "${missing[@]}" || true
  } </dev/null >"$log" 2>&1
  mapfile -t missing < <(missing_of "${missing[@]}")
  if [ ${#missing[@]} -gt 0 ]; then
    tail -n 5 "$log" >&2
    rm -f "$log"
    stop "could not install ${missing[*]}. Do it by hand, then start again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  rm -f "$log"
}

system_packages() {
  # shellcheck disable=SC2046 # a list of words, or nothing
  install_packages $(venv_package) libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    fonts-noto-cjk gettext fontconfig poppler-utils
  office_packages
}

# The portal works without LibreOffice: it then offers office documents for download instead of showing them.
office_packages() {
  if ! command -v soffice >/dev/null &&
    ! (install_packages libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui) 2>/dev/null; then
    printf '      without LibreOffice: office documents will be offered for download only\n'
  fi
}

find_chromium() {
  local name
  for name in "${PORTAL_CHROMIUM:-}" chromium google-chrome google-chrome-stable chromium-browser; do
    if [ -n "$name" ] && "$name" --version >/dev/null 2>&1; then
      PORTAL_CHROMIUM=$(command -v "$name")
      export PORTAL_CHROMIUM
      return
    fi
  done
  return 1
}

# Ubuntu's chromium is a stub for a snap, so a browser that already runs is taken first.
browser_package() {
  install_packages libatomic1 # Playwright's driver is linked against it
  find_chromium && return
  if grep -qs '^ID=ubuntu' /etc/os-release; then
    stop "the browser tests need Chromium or Google Chrome. Ubuntu's package is a snap:
  sudo snap install chromium
or set PORTAL_CHROMIUM to the path of a browser, or run script/test --quick, which needs none."
  fi
  install_packages chromium
  find_chromium || stop "chromium is installed but does not start; try: chromium --version"
}

# A moved checkout, a removed or older Python, or an interrupted first run all leave an unusable .venv.
venv_is_sound() {
  "$py" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
    grep -qsF "$top/.venv/bin" "$top/.venv/bin/pip"
}

# python_packages [EXTRA]: the virtual environment with the pinned packages; "dev" adds those of the tests.
python_packages() {
  local extra=${1:-} stamp=$top/.venv/.installed wanted had log target=.
  if ! venv_is_sound; then
    "$python" -m venv --clear "$top/.venv"
  fi
  wanted=$(cat pyproject.toml constraints.txt | sha256sum | cut -d' ' -f1)
  had=$(cat "$stamp" 2>/dev/null || true)
  [ "$had" = "$wanted dev" ] && return
  [ "$had" = "$wanted $extra" ] && return
  # An environment once equipped for the tests stays so.
  case "$had" in *" dev") extra=dev ;; esac
  [ -z "$extra" ] || target=".[$extra]"
  printf '      installing, one to three minutes\n'
  rm -f "$stamp"
  log=$(mktemp)
  if ! "$py" -m pip install -q --disable-pip-version-check -c constraints.txt -e "$target" </dev/null >"$log" 2>&1; then
    tail -n 10 "$log" >&2
    rm -f "$log"
    stop "the Python packages could not be installed. By hand:
  .venv/bin/python -m pip install -c constraints.txt -e '$target'"
  fi
  rm -f "$log"
  echo "$wanted $extra" >"$stamp"
}

translations() {
  compgen -G 'locale/*/LC_MESSAGES/*.po' >/dev/null || return 0
  "$py" manage.py compilemessages -v 0 --ignore .venv --ignore var </dev/null
}

manage() {
  "$py" manage.py "$@" </dev/null
}

# The whole of script/setup in six steps; script/demo goes on from here.
prepare() {
  step "System packages"
  find_python
  system_packages
  step "Python packages"
  python_packages
  step "Settings in .env"
  "$py" script/_environment.py
  step "Translations"
  translations
  step "Static files"
  manage collectstatic --noinput -v 0
  step "Database"
  manage migrate --noinput -v 0
}
