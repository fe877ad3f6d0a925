"""A MongoDB that answers as an honest one would, but for one trick."""
import collections
import itertools
import struct
import threading

import bson

from accepting import Accepting

OP_REPLY, OP_QUERY, OP_COMPRESSED, OP_MSG = 1, 2004, 2012, 2013
HEADER = struct.Struct("<iiii")
LARGEST_BATCH = 15 << 20  # bytes of documents
GREETINGS = ("hello", "isMaster", "ismaster")

Request = collections.namedtuple("Request", "id operation name document")


def frame(request, body, operation=None, length=None):
    if operation is None:
        operation = OP_REPLY if request.operation == OP_QUERY else OP_MSG
    return HEADER.pack(HEADER.size + len(body) if length is None else length, 1, request.id, operation) + body


def answer(request, document):
    document = document if isinstance(document, bytes) else bson.encode(document)
    start = struct.pack("<iqii", 8, 0, 0, 1) if request.operation == OP_QUERY else struct.pack("<ib", 0, 0)
    return frame(request, start + document)


def greeting(**more):
    return {"ismaster": True, "isWritablePrimary": True, "maxBsonObjectSize": 16777216, "maxMessageSizeBytes": 48000000,
            "maxWriteBatchSize": 100000, "minWireVersion": 0, "maxWireVersion": 13, "readOnly": False, "ok": 1.0, **more}


def cursor(space, *documents, number=0, batch="firstBatch"):
    """An answer with these documents, each as it stands when it is bytes; there are more when the cursor has a number."""
    listed = b"".join(b"\x03" + str(at).encode() + b"\0" + (each if isinstance(each, bytes) else bson.encode(each))
                      for at, each in enumerate(documents))
    inner = (b"\x12id\0" + struct.pack("<q", number) + b"\x02ns\0" + struct.pack("<i", len(space) + 1) + space.encode() + b"\0"
             + b"\x04" + batch.encode() + b"\0" + document_of(listed))
    return document_of(b"\x03cursor\0" + document_of(inner) + b"\x01ok\0" + struct.pack("<d", 1.0))


def catalog_entry(name, indexes):
    """What $listCatalog tells of a collection."""
    held = [{"spec": {"v": 2, **index}, "ready": True, "multikey": False, "head": 0} for index in indexes]
    return bson.encode({"db": "shop", "name": name, "type": "collection",
                        "md": {"ns": f"shop.{name}", "options": {}, "indexes": held}})


class Batches:
    """What lists these documents, given as bytes, in messages as large as they may be; again and again when `repeated`."""

    def __init__(self, space, documents, repeated=False):
        batches, size = [[]], 0
        for document in documents:
            size += len(document) + 12
            if size > LARGEST_BATCH:
                batches.append([])
                size = len(document) + 12
            batches[-1].append(document)
        numbers = [7 if repeated or at + 1 < len(batches) else 0 for at in range(len(batches))]
        self._first = cursor(space, *batches[0], number=numbers[0])
        self._more = [cursor(space, *batch, number=number, batch="nextBatch") for batch, number in zip(batches, numbers)]
        self._repeated = repeated
        self._next = {}  # by the connection's thread

    def tricks(self, command):
        return {command: self._begin, "getMore": self._go_on}

    def _begin(self, request):
        rest = itertools.cycle(self._more) if self._repeated else iter(self._more[1:])
        self._next[threading.get_ident()] = rest
        return answer(request, self._first)

    def _go_on(self, request):
        return answer(request, next(self._next[threading.get_ident()]))


def document_of(fields):
    return struct.pack("<i", len(fields) + 5) + fields + b"\0"


def nested(levels):
    """A document in a document …, built from the inside."""
    inner = document_of(b"")
    for _ in range(levels):
        inner = document_of(b"\x03n\0" + inner)
    return inner


HONEST = {
    "ping": lambda request: answer(request, {"ok": 1.0}),
    "buildInfo": lambda request: answer(request, {"version": "5.0.0", "ok": 1.0}),
    "connectionStatus": lambda request: answer(request, {"authInfo": {
        "authenticatedUsers": [], "authenticatedUserRoles": [], "authenticatedUserPrivileges": []}, "ok": 1.0}),
    "listCollections": lambda request: answer(request, cursor("shop.$cmd.listCollections",
                                                              {"name": "c", "type": "collection", "options": {}})),
    "listIndexes": lambda request: answer(request, cursor("shop.c", {"v": 2, "key": {"_id": 1}, "name": "_id_"})),
    "aggregate": lambda request: answer(request, cursor("shop.c")),
    "endSessions": lambda request: answer(request, {"ok": 1.0}),
}


class HostileServer(Accepting):
    """`tricks`: what is sent in place of an honest answer, by the command's name; "greeting" is every hello."""

    def __init__(self, tricks):
        super().__init__()
        self.tricks = tricks
        self.asked = collections.Counter()
        self._start()

    def _serve(self, client):
        with client, client.makefile("rb") as incoming:
            try:
                while request := self._read(incoming):
                    self.asked[request.name] += 1
                    self._send(client, self._answer(request))
            except OSError:  # whoever asked has gone
                pass

    def _send(self, client, content):
        client.sendall(content)

    @staticmethod
    def _read(incoming):
        header = incoming.read(HEADER.size)
        if len(header) < HEADER.size:
            return None
        length, number, _, operation = HEADER.unpack(header)
        body = incoming.read(length - HEADER.size)
        if operation == OP_QUERY:
            start = body.index(b"\0", 4) + 9
        else:
            start = 5
        size = struct.unpack_from("<i", body, start)[0]
        document = bson.decode(body[start:start + size])
        return Request(number, operation, next(iter(document)), document)

    def _answer(self, request):
        kind = "greeting" if request.name in GREETINGS else request.name
        if kind in self.tricks:
            return self.tricks[kind](request)
        if kind == "greeting":
            return answer(request, greeting())
        if request.name in HONEST:
            return HONEST[request.name](request)
        return answer(request, {"ok": 0.0, "errmsg": "no such command", "code": 59, "codeName": "CommandNotFound"})
