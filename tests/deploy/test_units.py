"""The systemd units: verified, judged for what they leave open, and run under the system calls they allow."""
import configparser
import contextlib
import os
import pathlib
import re
import shutil

import pytest
import seccomp

import services
from files import DEPLOY, WORK, run, settings_of
from processes import BINARY
from scene import Scene

FOLDER = DEPLOY / "systemd"
HASHING_NICENESS = 10
UNITS = sorted(FOLDER.glob("*.service"))


@pytest.fixture(scope="module")
def root():
    """A file system as after an installation."""
    folder = WORK / "units"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree("/usr/lib/systemd/system", folder / "usr/lib/systemd/system", symlinks=True)
    (folder / "usr/bin").mkdir(parents=True)
    shutil.copy2(BINARY, folder / "usr/bin/mim")
    for unit in UNITS:
        shutil.copy2(unit, folder / "usr/lib/systemd/system")
    return folder


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong_with_a_unit(unit, root):
    said = run("systemd-analyze", "verify", "--man=no", f"--root={root}", unit.name)
    assert unit.stem.rstrip("@") not in said, said


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_leaves_little_open(unit):
    exposure = re.search(r"exposure level for \S+: ([\d.]+)",
                         run("systemd-analyze", "security", "--offline=true", "--threshold=20", unit)).group(1)
    assert float(exposure) < 2, exposure


def test_the_user_of_the_units_can_be_made(root):
    said = run("systemd-sysusers", "--dry-run", f"--root={root}", FOLDER / "mim.sysusers")
    assert "Creating user 'mim'" in said


def lines_of(unit, name):
    return re.findall(rf"^{name}=(.*)$", unit.read_text(), re.M)


def test_the_settings_are_known():
    config = configparser.ConfigParser()
    config.read(FOLDER / "mim.conf")
    for section in config.sections():
        known = {name.removeprefix("MIM_").lower().replace("_", "-") for name in settings_of(section)}
        assert set(config[section]) <= known
    for unit in UNITS:
        (mim, subcommand, flag, path) = lines_of(unit, "ExecStart")[0].split()
        assert (mim, flag, path) == ("/usr/bin/mim", "--config", "/etc/mim/mim.conf")
        assert {line.split("=")[0] for line in lines_of(unit, "Environment")} <= settings_of(subcommand)


def allowed_calls(unit):
    """The names that SystemCallFilter leaves: its lists allow in turn, or with ~ take away again."""
    allowed = set()
    for line in lines_of(unit, "SystemCallFilter"):
        names = set()
        for word in line.lstrip("~").split():
            names |= expanded(word)
        allowed = allowed - names if line.startswith("~") else allowed | names
    return allowed | expanded("@default")


def expanded(word):
    if not word.startswith("@"):
        return {word}
    names = re.findall(r"^    (\S+)$", run("systemd-analyze", "syscall-filter", word), re.M)
    return set().union(*(expanded(each) for each in names if each != word))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_program_runs_with_the_system_calls_it_is_left(unit, tmp_path, logs, started, sandbox, monkeypatch):
    calls = allowed_calls(unit)
    filter_ = seccomp.SyscallFilter(seccomp.ERRNO(1))
    for name in calls:
        try:
            filter_.add_rule(seccomp.ALLOW, name)
        except (RuntimeError, ValueError):
            pass  # of another machine's kernel
    exported = tmp_path / "filter.bpf"
    with open(exported, "wb") as out:
        filter_.export_bpf(out)
    filtered = under(exported, tmp_path)
    monkeypatch.setattr("processes.BINARY", str(filtered))
    subcommand = lines_of(unit, "ExecStart")[0].split()[1]
    config = FOLDER / "mim.conf"
    environment = {"MIM_DATA": tmp_path / "data", "MIM_CONFIG": config}
    environment |= {"MIM_LISTEN": "127.0.0.1:0"} if subcommand == "serve" else {}
    process = services.start(subcommand, [subcommand], environment, logs)
    started.append(process)
    assert seccomp_mode(process.process.pid) == "2"
    if subcommand == "serve":
        sync_once(services.administrator(process, "ada", **environment), sandbox)
        assert HASHING_NICENESS in niceness_of_threads(process.process.pid), "passwords are hashed before all else"
    assert process.stop() == 0


def under(exported, tmp_path):
    """A program that takes on the filter and becomes mim."""
    script = tmp_path / "mim-under-the-filter"
    script.write_text(f"""#!/usr/bin/python3
import ctypes, os, sys
code = open({str(exported)!r}, "rb").read()
class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, ctypes.byref(Program(len(code) // 8, code)), 0, 0) == 0, ctypes.get_errno()
os.execv({BINARY!r}, [{BINARY!r}, *sys.argv[1:]])
""")
    os.chmod(script, 0o755)
    return script


def seccomp_mode(pid):
    return re.search(r"^Seccomp:\s+(\d)", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M).group(1)


def niceness_of_threads(pid):
    found = set()
    for path in pathlib.Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that has ended meanwhile
            found.add(int(path.read_text().rpartition(")")[2].split()[16]))
    return found


def sync_once(api, sandbox):
    scene = Scene(api, sandbox)
    scene.define("orders", {"customer_id": 1})
    assert scene.sync()["status"] == "completed"
