import pathlib
import sys

import pymongo
import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "servers"), str(HERE.parents[1] / "integration")]

import catalogue  # noqa: E402: found through the line above
from log_fixtures import logs, no_secret_in_any_output  # noqa: E402, F401: fixtures
from mongod_fixtures import mongod, mongod_set, three_mongods  # noqa: E402, F401: fixtures
import outputs  # noqa: E402
from processes import Sandbox, Server, command  # noqa: E402
from redis_server import Redis  # noqa: E402


def started(name, held=None):
    """A server, or the reason aloud why the tests that need it are skipped."""
    try:
        return catalogue.start(name, held)
    except catalogue.Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def store():
    server = started("secantusdb")
    yield server
    client = pymongo.MongoClient(server.uri)
    try:
        outputs.record("store", "\n".join(documents_of(client)))
    finally:
        client.close()
        server.stop()


def documents_of(client):
    """Every document of every database, as text; not the log of operations, which remembers what a test itself wrote
    in the clear."""
    for name in set(client.list_database_names()) - {"local"}:
        for collection in client[name].list_collection_names():
            yield from (f"{name}.{collection} {document!r}" for document in client[name][collection].find())


@pytest.fixture(scope="session")
def secret_keys(tmp_path_factory):
    """A file of the keys that seal connection strings: the same for every process on one store."""
    file = tmp_path_factory.mktemp("keys") / "secret.key"
    made = command("keygen", "--secret-key", file)
    assert made.returncode == 0, made.stderr
    return file


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
def start_sandbox_with_user(logs):
    """Starts sandboxes that ask for the user mim and a password; all end with the test."""
    started = []

    def start(password):
        started.append(Sandbox(logs, auth=f"mim:{password}"))
        return started[-1]

    yield start
    for each in started:
        each.kill()


@pytest.fixture
def serve(tmp_path, logs, redis, secret_keys):
    """Starts `mim serve` on a store; all end with the test."""
    servers = []

    def start(store_uri, **settings):
        data = tmp_path / f"data{len(servers)}"
        # Every process of one installation signs with the same keys.
        keys = {"MIM_PRIVATE_KEY": servers[0].file_named("private.pem"),
                "MIM_PUBLIC_KEY": servers[0].file_named("public.pem")} if servers else {}
        servers.append(Server(data, logs, MIM_STORE=store_uri, MIM_QUEUE=redis,
                              **{"MIM_SECRET_KEY_FILE": secret_keys, **keys, **settings}))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()
