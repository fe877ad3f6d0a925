"""Small Debians of our own: what a test changes is a copy of that of scripts/debian-root."""
import os
import shutil

import pytest

from files import ROOT, run

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# A mount namespace of its own with /proc, as a container has it; it goes away with the command.
ENTER = 'mount -t proc proc "$0/proc" && exec "$@"'


def base(suite):
    """The files of debian:SUITE-slim, near enough: the smallest variant of the same suite."""
    return run(ROOT / "scripts" / "debian-root", suite).strip().splitlines()[-1]


def copy(suite, folder):
    """A Debian of that suite in the folder, as nobody has touched it."""
    if os.geteuid() != 0:
        pytest.skip("no Debian of our own: that needs root, for chroot")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run("cp", "-a", f"{base(suite)}/.", f"{folder}/")  # not copytree, which would read dev/full without end
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
