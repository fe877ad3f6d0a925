import pathlib
import socket
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "interop" / "servers"))

import planted
from client import Api
from log_fixtures import logs, no_secret_in_any_output  # noqa: F401: fixtures
from mongod_fixtures import mongod, mongod_set  # noqa: F401: fixtures
from ports import HeldPort
from processes import Sandbox, Server
from redis_server import Worker
from scene import Scene, unique

# The files that take longest begin first: begun last, all others would wait for them.
LONGEST_FIRST = ["test_sync_faults.py", "test_apm.py", "test_kill.py", "test_redis_queue.py", "test_mongosh_scripts.py",
                 "test_api_examples.py", "test_applications.py", "test_limits.py", "test_access.py", "test_target_breaker.py"]


def pytest_collection_modifyitems(items):
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))  # stable: within a file nothing moves


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory, logs):
    server = Server(tmp_path_factory.mktemp("data"), logs, MIM_ACCESS_TOKEN_SECONDS=3600)
    server.admin = Api(server.address).sign_up(unique("admin"))  # the first account
    yield server
    assert server.stop() == 0, server.log()[-2000:]


@pytest.fixture(scope="session")
def shared_sandbox(logs):
    sandbox = Sandbox(logs)
    yield sandbox
    sandbox.kill()


@pytest.fixture(scope="session")
def api(shared_server):
    """The administrator of the shared server."""
    return shared_server.admin


@pytest.fixture
def visitor(shared_server):
    """A client without any token."""
    return Api(shared_server.address)


@pytest.fixture
def user(shared_server):
    """A new user for one test, for tests that change or revoke what the user has."""
    return Api(shared_server.address).sign_up(unique("user"))


@pytest.fixture
def scene(api, shared_sandbox):
    return Scene(api, shared_sandbox)


@pytest.fixture
def start_server(tmp_path, logs):
    """Starts servers of the test's own; all of them must end cleanly, unless the test has ended them itself."""
    started = []

    def start(data=None, **settings):
        server = Server(data or tmp_path / f"data{len(started)}", logs, **settings)
        started.append(server)
        return server

    yield start
    codes = [server.stop() for server in started if server.process.poll() is None]
    assert not any(codes), f"exit codes {codes}"


@pytest.fixture
def start_worker(logs):
    """Starts what does the work of a server that has no workers: until then each of its syncs waits, however long a test
    takes to look at it."""
    started = []

    def start(server):
        worker = Worker(server.data, logs)
        started.append(worker)
        return worker

    yield start
    codes = [worker.stop() for worker in started if worker.process.poll() is None]
    assert not any(codes), f"exit codes {codes}"


@pytest.fixture
def start_sandbox(logs):
    started = []

    def start(**options):
        sandbox = Sandbox(logs, **options)
        started.append(sandbox)
        return sandbox

    yield start
    for sandbox in started:
        sandbox.kill()


@pytest.fixture
def own_sandbox(start_sandbox):
    """A sandbox of the test's own, for faults that would disturb other tests."""
    return start_sandbox()


@pytest.fixture
def own_scene(api, own_sandbox):
    return Scene(api, own_sandbox)


@pytest.fixture
def closed_port():
    """A port on which nobody listens, held so that nobody else takes it."""
    held = HeldPort()
    yield held.number
    held.close()


@pytest.fixture
def silent_port():
    """A port that accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield listener.getsockname()[1]


@pytest.fixture
def down(api, closed_port):
    """A database of the registry whose target is down."""
    return Scene(api, None, uri=f"mongodb://someone:{planted.new_password()}@127.0.0.1:{closed_port}/")
