"""The Debian packages, each on a Debian of its own: installed by apt, started as the unit does, upgraded, removed, purged."""
import re
import shutil

import pytest
import requests

import installed
import roots
from files import ROOT, WORK, run, say
from scene import Scene

PACKAGES = ROOT / "build" / "package"
SUITES = {"bookworm": "12", "trixie": "13"}
EDITED = "# Ours: a line that nobody may take away.\n"
# Stands for systemctl, as systemd itself does not run in a chroot.
SYSTEMCTL = '#!/bin/sh\necho "$*" >>/var/log/asked-of-systemd\n'


@pytest.fixture(params=SUITES)
def suite(request):
    return request.param


@pytest.fixture
def root(suite):
    folder = roots.copy(suite, WORK / f"package-{suite}")
    roots.carry_out(folder, "apt-get update")
    return folder


def package_for(suite):
    (found,) = PACKAGES.glob(f"mim_*~deb{SUITES[suite]}_*.deb")
    return found


def install(root, package):
    """By apt, with what it depends on; what was said meanwhile."""
    shutil.copy(package, root / "tmp")
    return roots.carry_out(root, f"apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold /tmp/{package.name}")


def earlier_than(package, folder):
    """The same as a version before it, whose settings were others."""
    run("dpkg-deb", "-R", package, folder)
    control = folder / "DEBIAN" / "control"
    control.write_text(re.sub(r"^Version: [^-]+", "Version: 0.0.9", control.read_text(), flags=re.M))
    settings = folder / "etc/mim/mim.conf"
    settings.write_text("# As it was before.\n" + settings.read_text())
    run("dpkg-deb", "--root-owner-group", "-b", folder, folder.with_suffix(".deb"))
    return folder.with_suffix(".deb")


def version_in(root):
    return roots.carry_out(root, "dpkg-query -W -f '${Version}' mim")


def owner_and_mode(root, path):
    return roots.carry_out(root, f"stat -c '%U:%G %a' {path}").strip()


def with_systemd(root):
    """With what makes users there, and without the other that could."""
    roots.carry_out(root, "apt-get install -y --no-install-recommends systemd-standalone-sysusers")
    (root / "usr/sbin/adduser").unlink(missing_ok=True)
    (root / "run/systemd/system").mkdir(parents=True)
    (root / "usr/bin/systemctl").write_text(SYSTEMCTL)
    (root / "usr/bin/systemctl").chmod(0o755)


def asked_of_systemd(root):
    """Since it was last looked at."""
    path = root / "var/log/asked-of-systemd"
    asked = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return asked


def test_what_it_needs_is_there_and_a_purge_leaves_nothing_of_it(suite, root):
    said = install(root, package_for(suite))
    assert "who may make an account" in said and "systemctl enable --now mim" in said and "create-admin" in said
    assert owner_and_mode(root, "/var/lib/mim") == "mim:mim 700"
    assert owner_and_mode(root, "/etc/mim/mim.conf") == "root:root 644"
    home, shell = roots.carry_out(root, "getent passwd mim").strip().split(":")[5:]
    assert (home, shell) == ("/var/lib/mim", "/usr/sbin/nologin")
    assert installed.unit_lines(root, "ExecStart", "mim-worker@.service") == ["/usr/bin/mim worker --config /etc/mim/mim.conf"]
    assert roots.carry_out(root, "dpkg-query -W -f '${Conffiles}' mim").split()[0] == "/etc/mim/mim.conf"
    assert roots.carry_out(root, "dpkg --verify mim") == ""
    kib = int(roots.carry_out(root, "dpkg-query -W -f '${Installed-Size}' mim"))
    say(f"deploy: {package_for(suite).name}: {package_for(suite).stat().st_size} bytes, {kib} KiB when installed")
    assert "mim: kept" not in roots.carry_out(root, "apt-get purge -y mim")
    assert not (root / "etc/mim").exists() and not (root / "var/lib/mim").exists()


def test_an_upgrade_keeps_data_and_settings_and_a_removal_the_data(suite, root, logs, sandbox, tmp_path, started):
    with_systemd(root)
    install(root, earlier_than(package_for(suite), tmp_path / "earlier"))
    assert version_in(root).startswith("0.0.9-")
    assert not [each for each in asked_of_systemd(root) if "start" in each], "a new installation starts by itself"
    server = installed.start_unit(root, f"the package before on {suite}", logs)
    started.append(server)
    scene = Scene(server.administrator("/usr/bin/mim", "ada"), sandbox)
    scene.define("orders", {"customer_id": 1})
    assert scene.sync()["status"] == "completed"
    server.stop()
    with open(root / "etc/mim/mim.conf", "a") as settings:
        settings.write(EDITED)

    install(root, package_for(suite))
    assert not version_in(root).startswith("0.0.9-")
    assert EDITED in (root / "etc/mim/mim.conf").read_text()
    assert [each for each in asked_of_systemd(root) if "start" in each] == ["try-restart mim.service mim-worker@*.service"]
    server = installed.start_unit(root, f"the package on {suite}", logs)
    started.append(server)
    assert requests.get(server.api.address + "/readyz", timeout=20).status_code == 200
    scene.api.address = server.api.address
    assert len(scene.defined("orders")) == 1
    server.stop()

    roots.carry_out(root, "apt-get remove -y mim")
    assert "stop mim.service mim-worker@*.service" in asked_of_systemd(root)
    assert not (root / "usr/bin/mim").exists() and EDITED in (root / "etc/mim/mim.conf").read_text()
    (root / "etc/mim/mim.env").write_text("MIM_LOG_LEVEL=debug\n")
    said = roots.carry_out(root, "apt-get purge -y mim")
    assert "kept /var/lib/mim" in said and "kept /etc/mim" in said
    assert (root / "var/lib/mim/mim.db").exists() and (root / "var/lib/mim/secret.key").exists()
    assert [each.name for each in (root / "etc/mim").iterdir()] == ["mim.env"]
