"""A member of a replica set that can do nothing but greet, and names whomever it is told to."""
import socket
import struct
import threading

import bson

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
HEADER = struct.Struct("<iiii")


class HelloServer:
    def __init__(self, primary):
        self.listener = socket.create_server(("127.0.0.1", 0))
        me = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.uri = f"mongodb://{me}/?replicaSet=rs"
        self.hello = bson.encode({
            "ismaster": False, "isWritablePrimary": False, "secondary": True, "setName": "rs", "hosts": [me, primary],
            "primary": primary, "me": me, "minWireVersion": 0, "maxWireVersion": 17, "ok": 1})
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

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
