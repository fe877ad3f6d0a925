"""Stands between a MongoDB client and a server and notes every command that the client sends, as it was sent."""
import socket
import struct
import threading

import bson
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument

from accepting import Accepting

OP_MSG = 2013
HEADER = struct.Struct("<iiii")


class Tap(Accepting):
    """Listens on a port of its own; `commands` are raw documents in the order they came."""

    def __init__(self, host, port):
        super().__init__()
        self.server, self.commands = (host, port), []
        self.uri = f"mongodb://{self.address}/?directConnection=true"
        self._start()

    def _serve(self, client):
        server = socket.create_connection(self.server)
        threading.Thread(target=self._answer, args=(server, client), daemon=True).start()
        self._forward(client, server)

    def _forward(self, client, server):
        try:
            while header := self._exactly(client, HEADER.size):
                length, number, _, operation = HEADER.unpack(header)
                body = self._exactly(client, length - HEADER.size)
                command = first_document(body) if operation == OP_MSG else {}
                if operation == OP_MSG:
                    self.commands.append(command)
                if answer := self._own_answer(command):
                    document = b"\0\0\0\0\0" + bson.encode(answer)
                    client.sendall(HEADER.pack(HEADER.size + len(document), 0, number, OP_MSG) + document)
                else:
                    server.sendall(header + body)
        except (OSError, struct.error):
            pass
        server.close()

    def _own_answer(self, _command):
        """What is answered in the server's place; None lets the command pass."""
        return None

    @staticmethod
    def _answer(server, client):
        try:
            while data := server.recv(65536):
                client.sendall(data)
        except OSError:
            pass
        client.close()

    @staticmethod
    def _exactly(source, count):
        parts = b""
        while len(parts) < count:
            part = source.recv(count - len(parts))
            if not part:
                return b""
            parts += part
        return parts


def first_document(body):
    """The document of the first section, of kind 0, which every client of these tests sends first."""
    assert body[4] == 0, "a message that begins with a document"
    length = struct.unpack_from("<i", body, 5)[0]
    return RawBSONDocument(body[5:5 + length], CodecOptions(document_class=RawBSONDocument))
