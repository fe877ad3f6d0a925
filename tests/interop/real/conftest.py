import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
INTEGRATION = HERE.parents[1] / "integration"
sys.path[:0] = [str(HERE.parent / "servers"), str(INTEGRATION), str(INTEGRATION / "sandbox")]

from client import Api  # noqa: E402: found through the line above
from log_fixtures import logs, no_secret_in_any_output  # noqa: E402, F401: fixtures
from mongod_fixtures import guarded_mongod, guarded_standalone, mongod, mongod_set, own_mongod_set, three_mongods  # noqa: E402, F401: fixtures
from processes import Server  # noqa: E402
from redis_server import Redis  # noqa: E402
from scene import Scene, unique  # noqa: E402


@pytest.fixture(scope="session")
def api(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("data"), logs, MIM_ACCESS_TOKEN_SECONDS=3600)
    yield Api(server.address).sign_up(unique("admin"))
    assert server.stop() == 0, server.log()[-2000:]


@pytest.fixture
def start_server(tmp_path, logs):
    """Starts servers of the test's own; all of them must end cleanly, unless the test has ended them itself."""
    started = []

    def start(data=None, **settings):
        started.append(Server(data or tmp_path / f"data{len(started)}", logs, **settings))
        return started[-1]

    yield start
    codes = [server.stop() for server in started if server.process.poll() is None]
    assert not any(codes), f"exit codes {codes}"


@pytest.fixture
def scene(api, mongod):
    return Scene(api, mongod)


@pytest.fixture
def redis(tmp_path):
    server = Redis(tmp_path / "redis")
    yield server
    server.kill()
