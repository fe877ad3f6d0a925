"""The contract suites of the store, unchanged, against MongoDB servers that others wrote."""
import os
import pathlib
import re
import subprocess

import pytest
import secantus
from catalogue import lacking
from conftest import started
from processes import BINARY
from serving import Running

# Beside the program under test, in the same build.
SUITES = pathlib.Path(BINARY).parent / "tests" / "interop" / "store" / "store_mongodb_test"


def standalone(held=None):
    """As a server that is no replica set and does transactions all the same; no other way of doing without one is known."""
    binary = secantus.install()
    return Running("secantusdb-standalone", lambda number, data: [
        binary, "--host", "127.0.0.1", "--port", number, "--standalone", "--storage-path", ":memory:",
        "--cache-size", "256M"], held)


def run_suites(uri, *arguments):
    return subprocess.run([SUITES, "--gtest_brief=1", *arguments], env={**os.environ, "MIM_TEST_STORE_URI": uri},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1800)


SERVERS = ["secantusdb", "secantusdb-standalone", *(name for name in ("mongod-set", "mongodb") if not lacking(name))]


@pytest.mark.parametrize("name", SERVERS)
def test_contracts_hold(name, capsys):
    server = standalone() if name.endswith("-standalone") else started(name)
    try:
        done = run_suites(server.uri)
    finally:
        server.stop()
    ran, passed, skipped = (sum(map(int, re.findall(pattern, done.stdout, re.MULTILINE))) for pattern in (
        r"^\[=+\] (\d+) tests? .* ran", r"^\[  PASSED  \] (\d+) tests?", r"^\[  SKIPPED \] (\d+) tests?"))
    with capsys.disabled():
        print(f"\nstore contracts on {name} {server.version}: {passed} passed, {ran - passed - skipped} failed, {skipped} skipped")
    assert done.returncode == 0, done.stdout[-6000:]
    assert ran > 60, "the suites did not run"


def test_a_standalone_is_refused_aloud(mongod, capsys):
    """It has no transactions; and what is there is left as it is."""
    done = run_suites(mongod.uri, "--gtest_filter=MongodbServer.*")
    assert done.returncode != 0 and "is a standalone server, and the store needs transactions" in done.stdout, done.stdout[-2000:]
    assert not [name for name in mongod.client.list_database_names() if name.startswith("mim_test_")]
    with capsys.disabled():
        print(f"\nstore contracts on mongod {mongod.version}, a standalone: not run, as it has no transactions")


def test_ferretdb_is_refused_aloud(capsys):
    """Its updates are not atomic: two clients that change one document on the same condition both succeed."""
    server = started("ferretdb")
    try:
        done = run_suites(server.uri, "--gtest_filter=MongodbServer.*")
    finally:
        server.stop()
    assert done.returncode != 0 and "its updates are not atomic" in done.stdout, done.stdout[-2000:]
    with capsys.disabled():
        print(f"\nstore contracts on ferretdb {server.version}: not run, as it has no atomic updates")
