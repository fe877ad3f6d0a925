"""Carries out the steps of the Dockerfile in a Debian of our own, made by debootstrap and entered by chroot."""
import contextlib
import hashlib
import os
import shutil
import subprocess

import pytest

import dockerfile
from files import ROOT, WORK, run, say
from processes import BINARY

SUITE = "bookworm"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def base():
    """The files of debian:bookworm-slim, near enough: the smallest variant of the same suite."""
    folder, marker = WORK / SUITE, WORK / f"{SUITE}.made"
    if not marker.exists():
        if os.geteuid() != 0:
            pytest.skip("the image's steps are not rehearsed: that needs root, for chroot")
        say("deploy: making a Debian of our own")
        shutil.rmtree(folder, ignore_errors=True)
        WORK.mkdir(parents=True, exist_ok=True)
        run("debootstrap", "--variant=minbase", SUITE, folder)
        marker.touch()
    return folder


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


def entering(root):
    """A mount namespace of its own with /proc, as a container has it; it goes away with the command."""
    return ["unshare", "--mount", "/bin/sh", "-c", 'mount -t proc proc "$0/proc" && exec "$@"', str(root)]


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
                run(*entering(root), "chroot", root, "/usr/bin/env", "-i", f"PATH={PATH}", "/bin/bash", "-euo", "pipefail",
                    "-c", f"cd {workdir} && {script}")


def built():
    """A folder in which src/build/mim is the binary: that of this build, or one built by the first stage."""
    stage = dockerfile.stages()[0]
    folder = WORK / "build-stage"
    shutil.rmtree(folder, ignore_errors=True)
    if os.environ.get("MIM_TEST_DEPLOY_WHOLE"):
        run("cp", "-a", f"{base()}/.", f"{folder}/")  # not copytree, which would read dev/full without end
        carry_out(folder, stage, None)
    else:
        say("deploy: the image's binary is that of this build; MIM_TEST_DEPLOY_WHOLE=1 builds it by the image's steps")
        (folder / "src/build").mkdir(parents=True)
        shutil.copy2(BINARY, folder / "src/build/mim")
        run("strip", folder / "src/build/mim")
    return folder


def image():
    """The root of the last stage. Its commands are carried out again when what they depend on has changed."""
    stage = dockerfile.stages()[-1]
    folder, marker = WORK / "image", WORK / "image.made"
    made = ingredients(stage)
    if not marker.exists() or marker.read_text() != made:
        source = base()
        marker.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run("cp", "-a", f"{source}/.", f"{folder}/")  # not copytree, which would read dev/full without end
        carry_out(folder, stage, None, ("WORKDIR", "RUN"))
        marker.write_text(made)
    carry_out(folder, stage, built(), ("COPY",))
    return folder


def inside(root, user, environment, *arguments, **options):
    """A program as the container would run it."""
    clean = [f"{name}={value}" for name, value in {"PATH": PATH, **environment}.items()]
    return subprocess.Popen([*entering(root), "chroot", f"--userspec={user}", str(root), "/usr/bin/env", "-i", *clean,
                             *arguments], stdin=subprocess.DEVNULL, text=True, **options)
