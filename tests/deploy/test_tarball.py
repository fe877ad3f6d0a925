"""The tarball, in Debians that hold nothing but the smallest system: no library, no certificate, no package was added."""
import hashlib
import os
import re
import shutil

import pytest
import requests

import installed
import roots
from certificates import Authority
from files import ROOT, WORK, run, say
from scene import Scene
from tls_front import TlsFront

PACKAGES = ROOT / "build" / "package"
OLDEST_GLIBC = (2, 36)  # Debian 12's


def tarball():
    (found,) = PACKAGES.glob("mim-*-linux-*.tar.gz")
    return found


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tarball")
    run("tar", "-xzf", tarball(), "-C", folder)
    (found,) = folder.iterdir()
    return found


def test_the_sums_are_those_of_all_that_is_published():
    told = dict(reversed(line.split()) for line in (PACKAGES / "SHA256SUMS").read_text().splitlines())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in PACKAGES.iterdir() if path.name != "SHA256SUMS"}
    assert told == found and len(found) == 3


def test_it_asks_for_no_newer_glibc(unpacked):
    for path in [unpacked / "bin/mim", *(unpacked / "lib").glob("*.so*")]:
        wanted = re.findall(r"GLIBC_(\d+)\.(\d+)", run("objdump", "-T", path))
        assert all((int(major), int(minor)) <= OLDEST_GLIBC for major, minor in wanted), path.name


def test_it_tells_each_library_with_its_version_and_licence(unpacked):
    told = [line.split() for line in (unpacked / "lib/VERSIONS").read_text().splitlines() if not line.startswith("#")]
    carried = {path.name for path in (unpacked / "lib").glob("*.so*")}
    assert {name for name, _, _ in told if name != "linked-in"} == carried
    assert {"libmongoc-1.0.so.0", "libssl.so.3"} <= carried
    assert not [name for name in carried if re.match(r"(libc|libm|libresolv|libpthread|ld-linux.*)\.so", name)]
    assert {path.name for path in (unpacked / "share/doc/mim/licences").iterdir()} == {package for _, package, _ in told}
    assert "Apache License" in (unpacked / "LICENSE").read_text()


@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
def test_it_serves_and_reaches_a_target_over_tls(suite, unpacked, logs, sandbox, started, tmp_path):
    root = roots.copy(suite, WORK / f"tarball-{suite}")
    shutil.copytree(unpacked, root / "opt" / unpacked.name)
    (root / "usr/local/bin/mim").symlink_to(f"/opt/{unpacked.name}/bin/mim")
    used = dict(re.findall(r"(\S+) => (\S+)", run(*roots.entering(root, "ldd", f"/opt/{unpacked.name}/bin/mim"))))
    elsewhere = {name for name, path in used.items() if not os.path.normpath(path).startswith(f"/opt/{unpacked.name}/lib/")}
    assert elsewhere <= {"libc.so.6", "libm.so.6", "libresolv.so.2"}
    run(*roots.entering(root, "install", "-d", "-o", "nobody", "-m", "0700", "/var/lib/mim"))
    authority = Authority(tmp_path)
    shutil.copy(authority.file, root / "etc/authority.pem")

    environment = {"MIM_DATA": "/var/lib/mim", "MIM_REGISTRATION": "invite", "MIM_TARGET_TLS_FOLDER": "/etc"}
    server = installed.Server(root, f"the tarball on {suite}", ["mim", "serve"], "nobody:nogroup", environment, logs)
    started.append(server)
    assert requests.get(server.api.address + "/healthz", timeout=20).status_code == 200
    front = TlsFront(authority.issue("target"), sandbox.port)
    started.append(front)
    # A name, so that the machine's own ways of looking one up are taken.
    uri = f"mongodb://localhost:{front.port}/?tls=true&tlsCAFile=/etc/authority.pem&directConnection=true"
    scene = Scene(server.administrator("mim", "ada"), sandbox, uri=uri)
    scene.define("orders", {"customer_id": 1})
    assert scene.sync()["status"] == "completed"
    assert front.greeted, "nobody spoke TLS"
    server.stop()


def test_its_size_is_told(unpacked):
    parts = {part: run("du", "-sk", unpacked / part).split()[0] for part in ("bin", "lib", "share")}
    say(f"deploy: {tarball().name}: {tarball().stat().st_size} bytes; unpacked, in KiB: {parts}")
    assert all(int(kib) > 0 for kib in parts.values())
