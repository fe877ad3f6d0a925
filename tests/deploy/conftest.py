import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
sys.path[:0] = [str(HERE), str(TESTS / "integration"), str(TESTS / "interop" / "servers")]

import catalogue  # noqa: E402: found through the line above
from log_fixtures import logs, no_secret_in_any_output  # noqa: E402, F401: fixtures
from ports import HeldPort  # noqa: E402
from processes import Sandbox  # noqa: E402
from redis_server import Redis  # noqa: E402


@pytest.fixture
def started():
    """What a test starts and adds here ends with it, last first."""
    running = []
    yield running
    for process in reversed(running):
        process.kill()


@pytest.fixture(scope="session")
def sandbox(logs):
    sandbox = Sandbox(logs)
    yield sandbox
    sandbox.kill()


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    server = Redis(tmp_path_factory.mktemp("redis"))
    yield server.uri
    server.kill()


@pytest.fixture(scope="session")
def mongodb():
    """A MongoDB-compatible server for the store, or the reason aloud why what needs it is skipped."""
    try:
        server = catalogue.start("secantusdb")
    except catalogue.Unavailable as reason:
        pytest.skip(str(reason))
    yield server.uri
    server.stop()


@pytest.fixture
def closed_port():
    """A port on which nobody listens, held so that nobody else takes it."""
    held = HeldPort()
    yield held.number
    held.close()
