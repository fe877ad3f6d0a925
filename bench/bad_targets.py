"""Users who keep asking targets that do harm, until terminated: bad_targets.py PORT KIND... Prints `asking` once all
begin to ask, and at the end how many of their calls were answered with which status, as JSON by kind.

The kinds: `silent` takes connections and never says a word, `slow` answers a byte at a time, `large` answers as many bytes
as may just be held of it, `endless` more than that."""
import collections
import contextlib
import http.client
import json
import pathlib
import signal
import sys
import threading
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "integration"))

from accepting import Accepting  # noqa: E402: found through the line above
from hostile_server import HostileServer, answer, cursor  # noqa: E402

PORT, KINDS = int(sys.argv[1]), sys.argv[2:]
CLIENTS = 10  # of each target
PAUSE = 0.1   # of each after an answer
BYTES_OF_A_BATCH = 15 << 20
BATCHES_THAT_MAY_BE_HELD = 4  # --target-call-megabytes is 64
OPTIONS = {"option_missing": 1, "option_extra": 0, "option_changed": 0}


class Silent(Accepting):
    """Takes all that is sent, and never says a word."""

    def __init__(self):
        super().__init__()
        self._start()

    def _serve(self, client):
        with client, contextlib.suppress(OSError):
            while client.recv(65536):
                pass


class Dripping(HostileServer):
    """Honest in what it says, at a byte each hundredth of a second."""

    def _send(self, client, content):
        for byte in content:
            client.sendall(bytes([byte]))
            time.sleep(0.01)


class Huge(HostileServer):
    """Lists indexes in batches as large as a message may be; so many, or without end."""

    def __init__(self, batches=None):
        index = {"v": 2, "key": {"a": 1}, "partialFilterExpression": {"text": "x" * 100_000}}
        listed = [{**index, "name": f"a_{number}"} for number in range(BYTES_OF_A_BATCH // 100_100)]
        self._batches = batches
        self._first, self._last = (cursor("shop.c", *listed, number=number) for number in (7, 0))
        self._next = {more: cursor("shop.c", *listed, number=more, batch="nextBatch") for more in (7, 0)}
        self._asked = collections.Counter()  # by the connection's thread: batches of its present list
        super().__init__({"listIndexes": self._begin, "getMore": self._go_on})

    def _number(self):
        done = self._batches is not None and self._asked[threading.get_ident()] >= self._batches
        return 0 if done else 7

    def _begin(self, request):
        self._asked[threading.get_ident()] = 1
        return answer(request, self._first)

    def _go_on(self, request):
        self._asked[threading.get_ident()] += 1
        return answer(request, self._next[self._number()])


TARGETS = {"silent": Silent, "slow": lambda: Dripping({}), "large": lambda: Huge(BATCHES_THAT_MAY_BE_HELD), "endless": Huge}


class User:
    """Signs up, and adds the target as a database."""

    def __init__(self, name, target):
        self.name, self.answers = name, collections.Counter()
        self._connection, self._token = self._open(), None
        self._ask("POST", "/auth/register", {"username": name, "email": f"{name}@example.com", "password": "long enough 1"})
        self._token = self._ask("POST", "/auth/login", {"identity": name, "password": "long enough 1"})["access_token"]
        body = {"name": name, "uri": f"mongodb://{target.address}/?directConnection=true", "db_name": "shop"}
        self._database = self._ask("POST", "/databases/", body)["id"]
        self._ask("POST", "/indexes/", {"database_id": self._database, "collection": "c", "name": "", "options": {},
                                        "keys": [{"field": "b", "value": 1}]})

    @staticmethod
    def _open():
        return http.client.HTTPConnection("127.0.0.1", PORT, timeout=300)

    def _send(self, connection, method, path, body):
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self._token}"} if self._token else {}
        connection.request(method, "/api/v1" + path, json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, response.read()

    def _ask(self, method, path, body):
        status, text = self._send(self._connection, method, path, body)
        if status >= 300:
            raise RuntimeError(f"{path} answered {status}: {text[:300]}")
        return json.loads(text)["data"]

    def keep_asking(self, asked, over):
        """Compares, tests the connection and synchronises, in turn."""
        of_collection = {"database_id": self._database, "collections": ["c"]}
        calls = [("/indexes/compare-by-collections", of_collection), (f"/databases/{self._database}/test", {}),
                 ("/indexes/sync-by-collections", {**of_collection, **OPTIONS})]
        connection = self._open()
        asked.wait()
        while not over.is_set():
            for path, body in calls:
                try:
                    status, _ = self._send(connection, "POST", path, body)
                except (OSError, http.client.HTTPException):
                    connection.close()
                    status = 0
                self.answers[status] += 1
                over.wait(PAUSE)


def main():
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    users = [User(kind, TARGETS[kind]()) for kind in KINDS]
    asked = threading.Barrier(len(users) * CLIENTS + 1)
    for user in users:
        for _ in range(CLIENTS):
            threading.Thread(target=user.keep_asking, args=(asked, over), daemon=True).start()
    asked.wait()
    print("asking", flush=True)
    over.wait()
    print(json.dumps({user.name: user.answers for user in users}), flush=True)


main()
