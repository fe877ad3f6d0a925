"""However many requests wait for targets that never answer, what needs no target is answered meanwhile."""
import concurrent.futures
import socket

import pytest
import requests

from client import Api
from scene import Scene, unique
from waiting import eventually

THREADS = 8
OF_A_DEPLOYMENT, OF_A_USER, IN_ALL = 2, 4, 6
# Nothing in these tests waits so long: they end the silence by themselves.
PATIENT = {"MIM_REQUEST_THREADS": THREADS, "MIM_TARGET_CONNECT_TIMEOUT_MS": 300_000,
           "MIM_TARGET_DEADLINE_SECONDS": 300, "MIM_GRACE_SECONDS": 60}


class Silent:
    """Takes connections and never says a word, until it is closed."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.uri = f"mongodb://127.0.0.1:{self.listener.getsockname()[1]}/"

    def close(self):
        self.listener.close()  # who waits in its queue is told that nobody will answer


@pytest.fixture
def silent():
    made = []

    def make():
        made.append(Silent())
        return made[-1]
    yield make
    for one in made:
        one.close()


@pytest.fixture
def calls():
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        yield pool


class Waiting:
    """Comparisons that were asked for and not waited for."""

    def __init__(self, calls, scenes, times):
        self.futures = [calls.submit(self._compare, scene) for scene in scenes for _ in range(times)]

    @staticmethod
    def _compare(scene):
        return scene.api.again().post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})

    def answered(self):
        return [future.result() for future in self.futures if future.done()]

    def pending(self):
        return sum(not future.done() for future in self.futures)

    def settled_to(self, pending):
        eventually(lambda: self.pending() == pending, what=f"all but {pending} are answered")


def test_of_one_deployment(start_server, silent, calls):
    server, target = start_server(**PATIENT), silent()
    api = Api(server.address).sign_up(unique("user"))
    scene = Scene(api, None, uri=target.uri)
    waiting = Waiting(calls, [scene], THREADS + 4)
    waiting.settled_to(pending=OF_A_DEPLOYMENT)
    for reply in waiting.answered():
        assert reply.status == 503 and int(reply.headers["Retry-After"]) > 0
        assert target.uri.split("/")[2] in reply.error and "test its connection" in reply.error
    assert requests.get(server.address + "/readyz", timeout=60).status_code == 200
    assert requests.get(server.address + "/metrics", timeout=60).status_code == 200
    other = Api(server.address).sign_up(unique("user"))  # registers and logs in
    assert [one["id"] for one in other.post("/databases/list", {}).expect(200).data] == [scene.id]
    assert waiting.pending() == OF_A_DEPLOYMENT
    target.close()
    waiting.settled_to(pending=0)
    assert {reply.status for reply in waiting.answered()} == {503, 412}


def test_of_many_deployments(start_server, silent, calls):
    server = start_server(**PATIENT)
    users = [Api(server.address).sign_up(unique("user")) for _ in range(3)]
    targets = [silent() for _ in range(5)]
    first = Waiting(calls, [Scene(users[0], None, uri=target.uri) for target in targets[:3]], OF_A_DEPLOYMENT)
    first.settled_to(pending=OF_A_USER)
    assert {reply.status for reply in first.answered()} == {429}
    assert all("your other calls" in reply.error and int(reply.headers["Retry-After"]) > 0 for reply in first.answered())
    second = Waiting(calls, [Scene(users[1], None, uri=targets[3].uri)], OF_A_DEPLOYMENT)
    third = Waiting(calls, [Scene(users[2], None, uri=targets[4].uri)], OF_A_DEPLOYMENT)
    eventually(lambda: second.pending() + third.pending() == IN_ALL - OF_A_USER, what="no more wait than may in all")
    assert {reply.status for reply in second.answered() + third.answered()} == {503}
    assert requests.get(server.address + "/readyz", timeout=60).status_code == 200
    assert len(users[2].post("/databases/list", {}).expect(200).data) == 5
    assert first.pending() == OF_A_USER
    for target in targets:
        target.close()
    for waiting in (first, second, third):
        waiting.settled_to(pending=0)
