import pathlib
import socket
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "servers"), str(HERE.parents[1] / "integration")]

import catalogue  # noqa: E402: found through the line above
import planted  # noqa: E402
from processes import Sandbox, Server  # noqa: E402
from waiting import eventually  # noqa: E402


def started(name, port=0):
    """A server, or the reason aloud why the tests that need it are skipped."""
    try:
        return catalogue.start(name, port)
    except catalogue.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session", autouse=True)
def no_secret_in_any_log(logs):
    yield
    for path in sorted(logs.iterdir()):
        found = planted.leaks(path.read_text(errors="replace"))
        assert not found, f"{path.name} shows secrets: {found[:5]}"


@pytest.fixture(scope="session")
def store():
    server = started("secantusdb")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    """The URI of a Redis of our own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
                                "--dir", str(tmp_path_factory.mktemp("redis"))], stdout=subprocess.DEVNULL)

    def answers():
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    eventually(answers, 20, 0.01, what="redis-server is ready")
    yield f"redis://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="session")
def sandbox(logs):
    sandbox = Sandbox(logs)
    yield sandbox
    sandbox.kill()


@pytest.fixture
def serve(tmp_path, logs, redis):
    """Starts `mim serve` on a store; all end with the test."""
    servers = []

    def start(store_uri, **settings):
        data = tmp_path / f"data{len(servers)}"
        # Every process of one installation signs with the same keys.
        keys = {"MIM_PRIVATE_KEY": servers[0].file_named("private.pem"),
                "MIM_PUBLIC_KEY": servers[0].file_named("public.pem")} if servers else {}
        servers.append(Server(data, logs, MIM_STORE=store_uri, MIM_QUEUE=redis, **keys, **settings))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()
