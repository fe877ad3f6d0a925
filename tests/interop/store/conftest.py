import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "servers"), str(HERE.parents[1] / "integration")]

import catalogue  # noqa: E402: found through the line above
from log_fixtures import logs, no_secret_in_any_log  # noqa: E402, F401: fixtures
from processes import Sandbox, Server  # noqa: E402
from redis_server import Redis  # noqa: E402


def started(name, port=0):
    """A server, or the reason aloud why the tests that need it are skipped."""
    try:
        return catalogue.start(name, port)
    except catalogue.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def store():
    server = started("secantusdb")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    """The URI of a Redis of our own."""
    server = Redis(tmp_path_factory.mktemp("redis"))
    yield server.uri
    server.kill()


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
