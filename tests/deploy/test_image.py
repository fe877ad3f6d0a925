"""The image: its Dockerfile, the libraries it carries, and the program in it, started as the container would."""
import pathlib
import re
import subprocess
import time
import urllib.request

import pytest

import dockerfile
import rehearsal
import roots
from files import ROOT, TOOLS, run, say
from services import on_a_free_port

STAGE = dockerfile.stages()[-1]
USER = dockerfile.only(STAGE, "USER")
HEALTHCHECK = dockerfile.words(dockerfile.only(STAGE, "HEALTHCHECK").split("CMD", 1)[1])
COMMAND = dockerfile.words(dockerfile.only(STAGE, "ENTRYPOINT")) + dockerfile.words(dockerfile.only(STAGE, "CMD"))


def test_the_dockerfile_keeps_the_usual_rules():
    run(TOOLS / "hadolint", dockerfile.FILE)


def test_it_runs_without_root_and_tells_its_health():
    assert all(int(each) > 0 for each in USER.split(":"))
    assert HEALTHCHECK == ["mim", "healthcheck"]


def test_all_that_is_copied_is_let_through_by_dockerignore():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for word, rest in dockerfile.instructions():
        if word == "COPY" and "--from" not in rest:
            for source in dockerfile.options_of(rest)[1].split()[:-1]:
                assert source in allowed and (ROOT / source).exists(), source
    assert {f"scripts/{name}" for name in ("setup", "packages.txt", "packages-runtime.txt")} <= allowed


@pytest.fixture(scope="module")
def image():
    return rehearsal.image()


def runtime_packages():
    """Of each line of the list its alternatives, without what no library tells."""
    lines = (line.split("#")[0] for line in (ROOT / "scripts" / "packages-runtime.txt").read_text().splitlines())
    return [set(re.findall(r"[^\s|]+", line)) for line in lines if line.strip() and "ca-certificates" not in line]


def owners_of(root, libraries):
    """Their packages in that root; Debian knows some by their path without /usr, some with it."""
    paths = sorted({path for each in libraries for path in (each.removeprefix("/usr"), "/usr" + each.removeprefix("/usr"))})
    said = subprocess.run(roots.entering(root, "dpkg-query", "-S", *paths), capture_output=True, text=True).stdout
    found = {path.removeprefix("/usr"): package.split(":")[0] for package, path in
             (line.rsplit(": ", 1) for line in said.splitlines())}
    return {found[each.removeprefix("/usr")] for each in libraries}


def libraries_of(root, program):
    """Those it names itself, by their paths in that root."""
    needed = re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", root / program.lstrip("/")))
    loaded = dict(re.findall(r"(\S+) => (\S+)", run(*roots.entering(root, "ldd", program))))
    assert "not" not in loaded.values(), loaded
    return {loaded[name] for name in needed if name in loaded}


def test_the_runtime_packages_are_those_of_the_libraries_it_is_linked_with(image):
    base = {"libc6", "libgcc-s1"}  # every Debian has them
    owners = owners_of(image, libraries_of(image, "/usr/local/bin/mim")) - base
    listed = runtime_packages()
    assert owners <= set().union(*listed)
    assert [alternatives for alternatives in listed if len(alternatives & owners) != 1] == []


def test_nothing_but_its_volume_can_be_written_where_it_runs(image):
    for path, code in ("/var/lib/mim/probe", 0), ("/probe", 1), ("/tmp/probe", 1), ("/etc/probe", 1):
        process = rehearsal.inside(image, "0:0", {}, "touch", path, stderr=subprocess.PIPE)
        said = process.communicate(timeout=20)[1]
        assert process.returncode == code and ("Read-only file system" in said) == bool(code), said


@pytest.fixture
def container(image):
    environment = dockerfile.environment(STAGE)
    environment |= {"MIM_LISTEN": on_a_free_port(environment["MIM_LISTEN"]), "MIM_REGISTRATION": "invite"}
    begun, first = time.monotonic(), not any((image / "var/lib/mim").glob("*.pem"))
    process = rehearsal.inside(image, USER, environment, *COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = ""
    while (line := process.stdout.readline()) and "listening" not in line:
        said += line
    say(f"deploy: the image's program listens {1000 * (time.monotonic() - begun):.0f} ms after it was asked to start"
        f" ({'first start' if first else 'its keys are there'})")
    assert "mim user create-admin" in said
    found = re.search(r"listening on http://0\.0\.0\.0:(\d+)", line)
    if not found:
        process.kill()
    assert found, line + process.stderr.read()
    yield found.group(1)
    process.terminate()
    log = process.communicate(timeout=20)[1]
    assert process.returncode == 0, log
    assert '"event":"serve.stopped"' in log.replace(": ", ":"), log


def healthcheck(image, port):
    return rehearsal.inside(image, USER, {"MIM_LISTEN": f"0.0.0.0:{port}"}, *HEALTHCHECK,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).wait(10)


def test_the_program_in_it_serves_and_is_found_healthy(image, container):
    with urllib.request.urlopen(f"http://127.0.0.1:{container}/readyz", timeout=10) as answer:
        assert answer.status == 200
    assert healthcheck(image, container) == 0
    keys = sorted((image / "var/lib/mim").glob("*.pem"))
    assert [each.stat().st_uid for each in keys] == [int(USER.split(":")[0])] * 2


def test_it_does_not_start_before_it_is_chosen_who_may_register(image):
    process = rehearsal.inside(image, USER, dockerfile.environment(STAGE), *COMMAND, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == 1 and "--registration: must be chosen" in said, said


def test_one_that_does_not_answer_is_found_unhealthy(image, closed_port):
    assert healthcheck(image, closed_port) != 0


def test_it_carries_no_compiler_and_no_key(image):
    for name in ("usr/bin/g++", "usr/bin/cmake", "scripts", "src"):
        assert not (image / name).exists(), name


def programs_of(root):
    folders = [pathlib.Path(root) / name for name in ("usr/bin", "usr/sbin", "usr/local/bin", "usr/local/sbin")]
    return {path.name for folder in folders if folder.is_dir() for path in folder.iterdir()}


def test_it_has_no_tools_but_those_of_the_smallest_debian(image):
    """What the certificates' package brings along is for certificates."""
    brought = programs_of(image) - programs_of(roots.base(rehearsal.SUITE))
    assert brought == {"mim", "openssl", "c_rehash", "update-ca-certificates"}
