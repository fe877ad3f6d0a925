"""Carries out the steps of the Dockerfile in a Debian of our own, made by debootstrap and entered by chroot."""
import contextlib
import hashlib
import os
import re
import shutil
import subprocess

import pytest

import dockerfile
import roots
from files import ROOT, WORK, run, say

SUITE = re.fullmatch(r"debian:(\w+)-slim( AS \w+)?", dockerfile.only(dockerfile.stages()[-1], "FROM")).group(1)
# What `make debian13-build` makes: the image's libraries are not those of the Debian that builds here.
BINARY = ROOT / "build" / f"debian-{SUITE}" / "mim"


def ingredients(stage):
    """A name for what the stage's commands depend on."""
    digest = hashlib.sha256(repr(stage).encode())
    for name in ("setup", "packages.txt", "packages-runtime.txt"):
        if name in repr(stage):
            digest.update((ROOT / "scripts" / name).read_bytes())
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def lent(root, mounts):
    """A folder of the build context that is there for one command only."""
    options = dict(pair.split("=", 1) for pair in mounts.split(",")) if mounts else {}
    target = root / options["target"].lstrip("/") if options else None
    if target:
        shutil.copytree(ROOT / options["source"], target)
    yield
    if target:
        shutil.rmtree(target)


def copy(root, workdir, rest, earlier):
    options, rest = dockerfile.options_of(rest)
    *sources, target = rest.split()
    source_root = earlier if "from" in options else ROOT
    folder = target.endswith(("/", "."))
    where = root / (target if target.startswith("/") else f"{workdir}/{target}").lstrip("/")
    for source in sources:
        found = source_root / source.lstrip("/")
        into = where / found.name if folder else where
        into.parent.mkdir(parents=True, exist_ok=True)
        if found.is_dir():
            shutil.copytree(found, into, dirs_exist_ok=True)
        else:
            shutil.copy2(found, into)


def carry_out(root, stage, earlier, word_wanted=("WORKDIR", "COPY", "RUN")):
    workdir = "/"
    for word, rest in stage:
        if word == "WORKDIR":
            workdir = rest
            (root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif word == "COPY" and word in word_wanted:
            copy(root, workdir, rest, earlier)
        elif word == "RUN" and word in word_wanted:
            options, script = dockerfile.options_of(rest)
            with lent(root, options.get("mount")):
                roots.carry_out(root, f"cd {workdir} && {script}")


def built():
    """A folder in which src/build/mim is the binary: one of the image's Debian, or one built by the first stage."""
    stage = dockerfile.stages()[0]
    folder = WORK / "build-stage"
    shutil.rmtree(folder, ignore_errors=True)
    if os.environ.get("MIM_TEST_DEPLOY_WHOLE"):
        roots.copy(SUITE, folder)
        carry_out(folder, stage, None)
    elif BINARY.exists():
        say(f"deploy: the image's binary is {BINARY}; MIM_TEST_DEPLOY_WHOLE=1 builds it by the image's steps")
        (folder / "src/build").mkdir(parents=True)
        shutil.copy2(BINARY, folder / "src/build/mim")
        run("strip", folder / "src/build/mim")
    else:
        pytest.skip(f"the image is not rehearsed: there is no {BINARY}, which `make debian13-build` makes")
    return folder


def image():
    """The root of the last stage. Its commands are carried out again when what they depend on has changed."""
    stage = dockerfile.stages()[-1]
    folder, marker = WORK / "image", WORK / "image.made"
    binary = built()
    made = ingredients(stage)
    if not marker.exists() or marker.read_text() != made:
        marker.unlink(missing_ok=True)
        roots.copy(SUITE, folder)
        carry_out(folder, stage, None, ("WORKDIR", "RUN"))
        marker.write_text(made)
    carry_out(folder, stage, binary, ("COPY",))
    return folder


# Everything but the volume can only be read, as the compose files and manifests have it.
READ_ONLY = """
mount --bind "$0" "$0"
mount --bind "$0/var/lib/mim" "$0/var/lib/mim"
mount -t proc proc "$0/proc"
mount -o remount,bind,ro "$0"
exec "$@"
"""


def inside(root, user, environment, *arguments, **options):
    """A program as the container would run it."""
    clean = [f"{name}={value}" for name, value in {"PATH": roots.PATH, **environment}.items()]
    return subprocess.Popen(["unshare", "--mount", "/bin/sh", "-ec", READ_ONLY, str(root), "chroot", f"--userspec={user}",
                             str(root), "/usr/bin/env", "-i", *clean, *arguments], stdin=subprocess.DEVNULL, text=True,
                            **options)
