"""Every output of a run, wherever it goes: what processes print and log, what the API answers, what lies in data
folders and in Redis. All of it is searched at the end for secrets; see log_fixtures.py."""
import functools
import json
import os
import pathlib

import requests

import planted

# Answers that hand out a secret do so in these fields of their data, and nowhere else.
SECRET_FIELDS = {"access_token", "refresh_token", "api_key", "key", "token", "invite_token", "secret"}
# Files whose business it is to hold a secret.
KEY_FILES = {"private.pem", "secret.key"}
MOST_BYTES = 64 << 20

_folder = None
_places = []


def keep_in(folder):
    global _folder
    _folder = pathlib.Path(folder)


def record(kind, text):
    """Keeps an output for the search at the end."""
    if _folder is not None and text:
        with open(_folder / f"{kind}.txt", "a", encoding="utf-8", errors="replace") as file:
            file.write(text + "\n")


def watch(folder):
    """A folder that a process writes to: searched at the end, its key files known by then."""
    _places.append(pathlib.Path(folder))


def without_secrets_handed_out(text):
    """The answer without the secrets that it is there to hand out; they are remembered, and are leaks elsewhere."""
    try:
        body = json.loads(text)
    except ValueError:
        return text
    data = body.get("data") if isinstance(body, dict) else None
    handed = {name for name in SECRET_FIELDS & set(data) if isinstance(data[name], str)} if isinstance(data, dict) else set()
    for name in handed:
        planted.remember(name, data.pop(name))
    return json.dumps(body) if handed else text


def record_answers():
    """From now on every HTTP answer that is read, by whatever client of `requests`, is kept."""
    original = requests.models.Response.iter_content

    @functools.wraps(original)
    def recording(response, *arguments, **options):
        parts = []
        try:
            for part in original(response, *arguments, **options):
                parts.append(part if isinstance(part, bytes) else part.encode())
                yield part
        finally:
            text = b"".join(parts).decode(errors="replace")
            headers = "".join(f"{name}: {value}\n" for name, value in response.headers.items())
            record("answers", headers + without_secrets_handed_out(text))

    requests.models.Response.iter_content = recording


def _remember_keys(folder):
    for path in folder.rglob("*"):
        if path.name not in KEY_FILES:
            continue
        for line in path.read_text(errors="replace").splitlines():
            if not line.startswith(("#", "-----")):
                planted.remember(path.name, line.strip())


def _files_of(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in KEY_FILES and path.stat().st_size <= MOST_BYTES:
            yield path


def search():
    """Every leak that there is, each with the place where it is."""
    folders = [folder for folder in [*_places, *([_folder] if _folder else [])] if os.path.isdir(folder)]
    for folder in folders:
        _remember_keys(folder)
    found = []
    for folder in folders:
        for path in _files_of(folder):
            found += [f"{path}: {leak!r}" for leak in planted.all_leaks(path.read_bytes().decode("latin-1"))]
    return found
