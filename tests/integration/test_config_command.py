"""`mim config check` and `mim config example`: the settings in force, and all that there are."""
import pathlib
import re

import pytest

import planted
from processes import ROOT, command

LISTEN = "listen = 127.0.0.1:0"


def shown(done):
    """name → (value, source)"""
    lines = [re.fullmatch(r"(\S+)\s+= (.*?)\s+# (.*)", line) for line in done.stdout.splitlines()]
    return {line.group(1): (line.group(2), line.group(3)) for line in lines}


def test_every_setting_is_shown_with_its_source(tmp_path):
    file = tmp_path / "mim.ini"
    file.write_text("[serve]\nworkers = 7\nlog-level = debug\n[worker]\nworkers = 9\n")
    done = command("config", "check", "--config", file, "--data", tmp_path, MIM_LOG_LEVEL="error", MIM_LISTEN="[::1]:81")
    assert done.returncode == 0, done.stderr
    found = shown(done)
    assert found["workers"] == ("7", "file")
    assert found["log-level"] == ("error", "environment (MIM_LOG_LEVEL)")
    assert found["listen"] == ("[::1]:81", "environment (MIM_LISTEN)")
    assert found["data"] == (str(tmp_path), "flag")
    assert found["access-token-seconds"] == ("600", "default")
    of_worker = shown(command("config", "check", "worker", "--config", file))
    assert of_worker["workers"] == ("9", "file") and "listen" not in of_worker


def test_secrets_are_masked(tmp_path):
    store, queue, keys = (planted.new_password() for _ in range(3))
    done = command("config", "check", MIM_STORE=f"mongodb://root:{store}@db1,db2/x?replicaSet=rs", MIM_DATA=tmp_path,
                   MIM_QUEUE=f"rediss://:{queue}@queue:6380", MIM_SECRET_KEYS=keys)
    said = done.stdout + done.stderr
    assert not planted.leaks(said), said
    assert shown(done)["store"][0] == "mongodb://root:***@db1,db2/x?replicaSet=rs"
    assert shown(done)["queue"][0] == "rediss://:***@queue:6380" and shown(done)["secret-keys"][0] == "***"
    assert done.returncode == 1 and "--secret-keys: key 1 is not a key" in done.stderr


@pytest.mark.parametrize("arguments, settings, named", [
    (["--workers", "many"], {}, "--workers"),
    ([], {"MIM_WORKERS": "many"}, "MIM_WORKERS"),
    ([], {"MIM_NO_SUCH": "1"}, "MIM_NO_SUCH"),
    ([], {"MIM_QUEUE": "http://x"}, "--queue"),
    ([], {"MIM_STORE": "mongodb://127.0.0.1/x"}, "--queue"),
    ([], {"MIM_STORE": "mongodb://127.0.0.1/x", "MIM_QUEUE": "redis://x"}, "--secret-key-file"),
    ([], {"MIM_PRIVATE_KEY": "/nowhere/k.pem"}, "--public-key"),
    (["worker", "--workers", "0"], {}, "--workers"),
])
def test_a_bad_setting_is_named(tmp_path, arguments, settings, named):
    done = command("config", "check", *arguments, **{"MIM_DATA": tmp_path, **settings})
    assert done.returncode != 0 and named in done.stderr, done.stderr
    assert list(tmp_path.iterdir()) == [], "it makes nothing"


def test_the_configuration_file_is_judged_as_the_command_would(tmp_path):
    file = tmp_path / "mim.ini"
    file.write_text(f"[worker]\n{LISTEN}\n")
    done = command("config", "check", "worker", "--config", file)
    assert done.returncode == 2 and "listen" in done.stderr, done.stderr
    assert command("config", "check", "--config", file).returncode == 0


def test_the_example_of_all_variables_is_up_to_date():
    done = command("config", "example")
    assert done.returncode == 0
    committed = (ROOT / ".env.example").read_text()
    assert committed == done.stdout, "write it anew: build/mim config example > .env.example"


def test_the_example_holds_every_variable_that_help_tells():
    text = command("config", "example").stdout
    told = set(re.findall(r"MIM_[A-Z_]+", "".join(command(*of, "--help").stdout for of in (["serve"], ["worker"], ["store", "copy"]))))
    listed = re.findall(r"^#(MIM_[A-Z_]+)=", text, re.MULTILINE)
    assert told == set(listed) and len(listed) == len(set(listed)), told ^ set(listed)
    for line, before in zip(text.splitlines()[1:], text.splitlines()):
        assert not line.startswith("#MIM_") or re.match(r"# \S", before), f"{line} has no line of help"


def test_a_file_made_of_the_example_is_taken(tmp_path):
    """Every default can be written down: taking up all of them changes nothing."""
    defaults = dict(re.findall(r"^#(MIM_[A-Z_]+)=(.+)$", command("config", "example").stdout, re.MULTILINE))
    done = command("config", "check", **{**defaults, "MIM_DATA": tmp_path})
    assert done.returncode == 0, done.stderr
    plain = command("config", "check", MIM_DATA=tmp_path)
    assert {name: value for name, (value, _) in shown(done).items()} == {name: value for name, (value, _) in shown(plain).items()}


def test_it_needs_no_data_folder(tmp_path):
    done = command("config", "check", "--data", tmp_path / "later")
    assert done.returncode == 0 and not pathlib.Path(tmp_path / "later").exists(), done.stderr
