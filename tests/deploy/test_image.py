"""The image: its Dockerfile, the libraries it carries, and the program in it, started as the container would."""
import re
import subprocess
import urllib.request

import pytest

import dockerfile
import rehearsal
from files import DEPLOY, ROOT, TOOLS, run
from processes import BINARY
from services import on_a_free_port

STAGE = dockerfile.stages()[-1]
USER = dockerfile.only(STAGE, "USER")
COMMAND = dockerfile.words(dockerfile.only(STAGE, "ENTRYPOINT")) + dockerfile.words(dockerfile.only(STAGE, "CMD"))


def packages(name):
    return set(re.findall(r"^[a-z0-9][a-z0-9.+-]*", (ROOT / "scripts" / name).read_text(), re.M))


def test_the_dockerfile_keeps_the_usual_rules():
    run(TOOLS / "hadolint", dockerfile.FILE)
    run("shellcheck", DEPLOY / "docker" / "healthcheck")


def test_it_runs_without_root_and_tells_its_health():
    assert all(int(each) > 0 for each in USER.split(":"))
    assert dockerfile.words(dockerfile.only(STAGE, "HEALTHCHECK").split("CMD", 1)[1]) == ["mim-healthcheck"]


def test_all_that_is_copied_is_let_through_by_dockerignore():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for word, rest in dockerfile.instructions():
        if word == "COPY" and "--from" not in rest:
            for source in dockerfile.options_of(rest)[1].split()[:-1]:
                assert source in allowed and (ROOT / source).exists(), source
    assert {f"scripts/{name}" for name in ("setup", "packages.txt", "packages-runtime.txt")} <= allowed


def test_the_runtime_packages_are_those_of_the_libraries_it_is_linked_with():
    needed = re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", BINARY))
    loaded = dict(re.findall(r"(\S+) => (\S+)", run("ldd", BINARY)))
    owners = owners_of({loaded[name] for name in needed if name in loaded})
    base = {"libc6", "libgcc-s1"}  # every Debian has them
    assert packages("packages-runtime.txt") - {"ca-certificates"} == owners - base


def owners_of(libraries):
    """Their packages; Debian knows some by their path without /usr, some with it."""
    paths = {path for each in libraries for path in (each.removeprefix("/usr"), "/usr" + each.removeprefix("/usr"))}
    said = subprocess.run(["dpkg-query", "-S", *sorted(paths)], capture_output=True, text=True).stdout
    found = {path.removeprefix("/usr"): package.split(":")[0] for package, path in
             (line.rsplit(": ", 1) for line in said.splitlines())}
    return {found[each.removeprefix("/usr")] for each in libraries}


@pytest.fixture(scope="module")
def image():
    return rehearsal.image()


@pytest.fixture
def container(image):
    environment = dockerfile.environment(STAGE)
    environment |= {"MIM_LISTEN": on_a_free_port(environment["MIM_LISTEN"]), "MIM_REGISTRATION": "invite"}
    process = rehearsal.inside(image, USER, environment, *COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = ""
    while (line := process.stdout.readline()) and "listening" not in line:
        said += line
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
    return rehearsal.inside(image, USER, {"MIM_LISTEN": f"0.0.0.0:{port}"}, "mim-healthcheck",
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
