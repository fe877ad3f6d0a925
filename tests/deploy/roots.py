"""Small Debians of our own. debootstrap makes each once, outside the clone; what a test changes is a copy."""
import fcntl
import os
import pathlib
import shutil

import pytest

from files import run, say

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# A mount namespace of its own with /proc, as a container has it; it goes away with the command.
ENTER = 'mount -t proc proc "$0/proc" && exec "$@"'


def kept_in():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    return pathlib.Path(os.environ.get("DEBIAN_ROOTS") or cache / "mim")


def _base(suite):
    """The files of debian:SUITE-slim, near enough: the smallest variant of the same suite."""
    folder = kept_in() / f"minbase-{suite}"
    marker = folder.with_suffix(".made")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not marker.exists():
            say(f"deploy: making a Debian of our own ({suite}) in {folder}")
            shutil.rmtree(folder, ignore_errors=True)
            run("debootstrap", "--variant=minbase", suite, folder)
            marker.touch()
    return folder


def copy(suite, folder):
    """A Debian of that suite in the folder, as nobody has touched it."""
    if os.geteuid() != 0:
        pytest.skip("no Debian of our own: that needs root, for chroot")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run("cp", "-a", f"{_base(suite)}/.", f"{folder}/")  # not copytree, which would read dev/full without end
    shutil.copy2("/etc/resolv.conf", folder / "etc/resolv.conf")
    (folder / "etc/hosts").write_text("127.0.0.1 localhost\n")
    return folder


def entering(root, *arguments, user="root", environment=()):
    """The words of a command that runs a program in the root."""
    clean = {"PATH": PATH, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **dict(environment)}
    return ["unshare", "--mount", "/bin/sh", "-c", ENTER, str(root), "chroot", f"--userspec={user}", str(root), "/usr/bin/env",
            "-i", *(f"{name}={value}" for name, value in clean.items()), *map(str, arguments)]


def carry_out(root, script):
    """A script that must be content; what it says."""
    return run(*entering(root, "/bin/bash", "-euo", "pipefail", "-c", script))
