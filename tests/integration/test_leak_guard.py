"""The search for secrets in all outputs of a run finds each kind in each place: a guard that cannot fail guards nothing."""
import base64
import json
import pathlib
import subprocess
import sys

import pytest

import outputs
import planted

HERE = pathlib.Path(__file__).resolve().parent
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
KINDS = {
    "password of a target": f"mongodb://u:{planted.MARK}-0123456789abcdef@h/",
    "password of a user": f"{planted.MARK}-fedcba9876543210",
    "password in base64": base64.b64encode(f"\0ada\0{planted.MARK}-0123456789abcdef".encode()).decode(),
    "password in hex": f"{planted.MARK}-0123456789abcdef".encode().hex(),
    "token": JWT,
    "private key": "-----BEGIN PRIVATE KEY-----\nMIIE",
}
# What the run itself would take for a leak is put together only inside of the test.
REMEMBERED = {"API key": "k-" + "9f8e7d" * 5, "invite token": "i-" + "1a2b3c" * 5, "line of a key file": "Zm9v" * 10}

LEAKING = """
import outputs, planted
from log_fixtures import logs, no_secret_in_any_output

def test_that_leaks(logs, tmp_path):
    {leak}
"""
LEAKS = {
    "log": "(logs / '0001-serve.log').write_text('cause=' + planted.new_password())",
    "standard output": "outputs.record('commands', planted.new_password())",
    "answer": "outputs.record('answers', outputs.without_secrets_handed_out('{{\"data\": {{\"id\": \"{jwt}\"}}}}'))",
    "data folder": "outputs.watch(tmp_path); (tmp_path / 'mim.db-wal').write_bytes(b'\\0\\xff' + planted.new_password().encode())",
    "a key elsewhere": "outputs.watch(tmp_path); (tmp_path / 'secret.key').write_text('# key x\\n' + 'Zm9v' * 11); "
                       "(logs / 'a.log').write_text('Zm9v' * 11)",
    "a key shown once, shown twice": "outputs.without_secrets_handed_out('{{\"data\": {{\"api_key\": \"k-0123456789abcdef\"}}}}'); "
                                     "outputs.record('answers', 'your key k-0123456789abcdef')",
    "nothing": "(logs / '0001-serve.log').write_text('all is well')",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_found(kind):
    assert planted.leaks(f"before {KINDS[kind]} after"), kind
    assert not planted.leaks("before mongodb://u:***@h/ after")


@pytest.mark.parametrize("kind", REMEMBERED)
def test_what_was_handed_out_once_is_found_elsewhere(kind, monkeypatch):
    monkeypatch.setattr(planted, "_remembered", {})
    field = {"API key": "api_key", "invite token": "invite_token"}.get(kind, "secret")
    answer = json.dumps({"data": {"id": "1", field: REMEMBERED[kind]}})
    assert REMEMBERED[kind] not in outputs.without_secrets_handed_out(answer)
    assert planted.all_leaks(f"x{REMEMBERED[kind]}y") and not planted.all_leaks("xy")


@pytest.mark.parametrize("place", LEAKS)
def test_a_run_that_leaks_fails(place, tmp_path):
    (tmp_path / "test_it.py").write_text(LEAKING.format(leak=LEAKS[place].format(jwt=JWT)))
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(tmp_path)],
                          cwd=tmp_path, env={"PYTHONPATH": str(HERE), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, timeout=120)
    if place == "nothing":
        assert done.returncode == 0, done.stdout + done.stderr
    else:
        assert done.returncode == 1 and "secrets are shown" in done.stdout, done.stdout + done.stderr
