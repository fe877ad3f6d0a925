"""A member of a replica set that can do nothing but greet, and names whomever it is told to."""
import struct

import bson

from accepting import Accepting

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
HEADER = struct.Struct("<iiii")


class HelloServer(Accepting):
    def __init__(self, primary):
        super().__init__()
        me = self.address
        self.uri = f"mongodb://{me}/?replicaSet=rs"
        self.hello = bson.encode({
            "ismaster": False, "isWritablePrimary": False, "secondary": True, "setName": "rs", "hosts": [me, primary],
            "primary": primary, "me": me, "minWireVersion": 0, "maxWireVersion": 17, "ok": 1})
        self._start()

    def _serve(self, client):
        with client, client.makefile("rb") as incoming:
            while len(header := incoming.read(HEADER.size)) == HEADER.size:
                length, request, _, operation = HEADER.unpack(header)
                incoming.read(length - HEADER.size)
                if operation == OP_QUERY:
                    body, kind = struct.pack("<iqii", 0, 0, 0, 1) + self.hello, OP_REPLY
                else:
                    body, kind = struct.pack("<ib", 0, 0) + self.hello, OP_MSG
                client.sendall(HEADER.pack(HEADER.size + len(body), request + 1, request, kind) + body)
