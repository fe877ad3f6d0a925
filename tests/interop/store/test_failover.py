"""The store's primary is killed while people work: they wait, or are told to come again, and nothing that was answered is lost."""
import threading

from client import Api
from scene import Scene, unique
from waiting import eventually

WRITERS = 3
ENOUGH = 5  # answers of each, before the primary is lost and after it


class Writer:
    """Defines one index after the other, each with a name of its own, and looks at each that was accepted."""

    def __init__(self, scene, collection):
        self.api, self.scene, self.collection = scene.api.again(), scene, collection
        self.answers, self.ended, self.failure = [], threading.Event(), None
        self.thread = threading.Thread(target=self._work)
        self.thread.start()

    def accepted(self):
        return [name for name, reply in list(self.answers) if reply.status == 201]

    def _work(self):
        try:
            while not self.ended.is_set():
                name = f"i{len(self.answers)}"
                body = self.scene.definition(self.collection, {name: 1}, name)
                reply = self.api.post("/indexes/", body, timeout=120)
                self.answers.append((name, reply))
                if reply.status == 201:
                    seen = self.api.get(f"/indexes/{reply.data['id']}", timeout=120)
                    self.answers.append((f"{name} is looked at", seen))
        except Exception as failure:  # told by the thread that waits
            self.failure = failure

    def end(self):
        self.ended.set()
        self.thread.join()
        assert self.failure is None, self.failure


def test_the_primary_is_killed(three_mongods, serve, sandbox):
    server = serve(three_mongods.uri_of(unique("failover")))
    scene = Scene(Api(server.address).sign_up(unique("user")), sandbox)
    writers = [Writer(scene, f"c{number}") for number in range(WRITERS)]
    try:
        eventually(lambda: all(len(each.accepted()) >= ENOUGH for each in writers), 120, what="all are at work")
        first = three_mongods.primary()
        before = [len(each.accepted()) for each in writers]
        first.kill()
        eventually(lambda: all(len(each.accepted()) >= count + ENOUGH for each, count in zip(writers, before)), 240,
                   what="all go on with the successor")
    finally:
        for each in writers:
            each.end()
    for each in writers:
        told = {(name, reply.status, reply.text[:300]) for name, reply in each.answers if reply.status not in (200, 201)}
        assert all(status == 503 for _, status, _ in told), told
        assert all("Retry-After" in reply.headers for _, reply in each.answers if reply.status == 503)
        assert set(each.accepted()) <= set(scene.defined(each.collection)), "what was answered is there"
