import pathlib
import sys

import pymongo
import pytest

HERE = pathlib.Path(__file__).resolve().parent
INTEGRATION = HERE.parents[1] / "integration"
sys.path[:0] = [str(HERE.parent / "servers"), str(INTEGRATION), str(INTEGRATION / "sandbox")]

import catalogue  # noqa: E402: found through the line above
from client import Api  # noqa: E402
from log_fixtures import logs, no_secret_in_any_output  # noqa: E402, F401: fixtures
from processes import Server  # noqa: E402
from scene import unique  # noqa: E402

said = []  # lines for the end of the run


@pytest.fixture(scope="session")
def api(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("data"), logs, MIM_ACCESS_TOKEN_SECONDS=3600)
    yield Api(server.address).sign_up(unique("user"))
    assert server.stop() == 0, server.log()[-2000:]


class Deployment:
    """A server as the scenes of the end-to-end tests want one."""

    def __init__(self, name, running):
        self.name, self.running, self.uri = name, running, running.uri
        self.client = pymongo.MongoClient(running.uri, serverSelectionTimeoutMS=10_000, retryWrites=False)
        self.disposable = name != "mongodb"  # that one may hold what others need
        self.is_real = catalogue.is_real(name)
        self.version = tuple(int(part) for part in running.version.split("-")[0].split(".")[:2])


NAMES = [name for name in ("secantusdb", "ferretdb", "mongod", "mongodb") if not catalogue.lacking(name)]


@pytest.fixture(scope="session", params=NAMES)
def deployment(request):
    """Each server in turn; why one cannot be had is said aloud."""
    try:
        running = catalogue.start(request.param)
    except catalogue.Unavailable as reason:
        pytest.skip(f"{request.param}: {reason}")
    server = Deployment(request.param, running)
    yield server
    server.client.close()
    running.stop()


@pytest.fixture(scope="session")
def report():
    """Takes what a server cannot do; it is printed at the end."""
    return said.append


def pytest_terminal_summary(terminalreporter):
    for line in said:
        terminalreporter.write_line(f"NOTE: {line}")
