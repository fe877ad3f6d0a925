"""Users who keep asking targets that do harm, until terminated: bad_targets.py PORT KIND... Prints `asking` once all
begin to ask, and at the end how many of their calls were answered with which status, as JSON by kind.

The kinds: `silent` takes connections and never says a word, `slow` answers a byte at a time, `large` answers as many bytes
as may just be held of it, `dense` so many small indexes that what is made of them may just be held, `endless` lists without
end."""
import collections
import contextlib
import http.client
import json
import pathlib
import signal
import sys
import threading
import time

import bson

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "integration"))

from accepting import Accepting  # noqa: E402: found through the line above
from hostile_server import Batches, HostileServer, answer, catalog_entry, greeting  # noqa: E402

PORT, KINDS = int(sys.argv[1]), sys.argv[2:]
CLIENTS = 10  # of each target
PAUSE = 0.1   # of each after an answer
MEBIBYTE = 1 << 20
MAY_BE_HELD = 64              # --target-call-megabytes
COLLECTIONS, INDEXES_OF_EACH = 900, 60  # what is made of more may not be held
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


def large(repeated=False):
    """Lists indexes of a mebibyte each, with what a document takes beside them."""
    index = bson.encode({"v": 2, "key": {"a": 1}, "name": "a", "partialFilterExpression": {"text": "x" * MEBIBYTE}})
    return HostileServer(Batches("shop.c", [index] * (MAY_BE_HELD - 1), repeated).tricks("listIndexes"))


def dense():
    entry = catalog_entry("c_000000", [{"key": {f"a{number}": 1}, "name": f"b{number}"} for number in range(INDEXES_OF_EACH)])
    entries = [entry.replace(b"c_000000", f"c_{number:06}".encode()) for number in range(COLLECTIONS)]
    return HostileServer({**Batches("shop.$cmd.aggregate", entries).tricks("aggregate"),
                          "greeting": lambda request: answer(request, greeting(maxWireVersion=17)),
                          "buildInfo": lambda request: answer(request, {"version": "6.0.0", "ok": 1.0})})


TARGETS = {"silent": Silent, "slow": lambda: Dripping({}), "large": large, "dense": dense, "endless": lambda: large(repeated=True)}


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
        of_all = {"database_id": self._database, "include_unmanaged": True}
        of_collection = {"database_id": self._database, "collections": ["c"], **OPTIONS}
        calls = [("/indexes/compare-by-database", of_all), (f"/databases/{self._database}/test", {}),
                 ("/indexes/sync-by-collections", of_collection)]
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
