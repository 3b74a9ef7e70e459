"""Writes .env once, with generated secrets that are never printed; a later run only adds what is missing."""

import os
import re
import secrets
from base64 import b64encode
from pathlib import Path


def key() -> str:
    """Return 32 random bytes in base64."""
    return b64encode(secrets.token_bytes(32)).decode()


def complete(text: str) -> str:
    """Return the text of .env with every secret that neither it nor the environment sets."""
    wanted = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PERSONAL_DATA_KEY": key(),
        "BLIND_INDEX_KEY": key(),
        "CERTIFICATE_SIGNING_KEYS": f"k1={key()}",
    }
    if not text:
        text = "# Written by script/setup. Keep it: without these keys sealed data cannot be read again.\n"
        wanted = {"PORTAL_MODE": "demo", **wanted}
    for name, value in wanted.items():
        is_set = re.search(rf"^(?:export )?{name}=[ \t]*[\"']?[^\s\"'#]", text, re.MULTILINE)
        if is_set or os.environ.get(name):
            continue
        text = re.sub(rf"^(?:export )?{name}=[ \t\"']*$\n?", "", text, flags=re.MULTILINE)
        text = f'{text.rstrip()}\n{name}="{value}"\n'
    return text


def main() -> None:
    """Complete the .env of the checkout, replacing it as a whole."""
    path = Path(__file__).resolve().parent.parent / ".env"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = complete(before)
    if after == before:
        return
    fresh = path.with_name(".env.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(after)
    fresh.replace(path)


if __name__ == "__main__":
    main()
