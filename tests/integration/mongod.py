"""A real MongoDB of the test's own, where one is installed: what it lists, no stand-in would make up."""
import shutil
import socket
import struct
import subprocess

import bson
import pymongo
import pytest
from bson.codec_options import CodecOptions

import hostile_server
from waiting import eventually

OP_MSG = 2013


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Mongod:
    def __init__(self, folder):
        binary = shutil.which("mongod")
        if binary is None:
            pytest.skip("no mongod is installed")
        self.port = free_port()
        self.uri = f"mongodb://127.0.0.1:{self.port}/"
        arguments = ["--dbpath", folder, "--port", str(self.port), "--bind_ip", "127.0.0.1", "--nounixsocket",
                     "--logpath", folder / "log"]
        self.process = subprocess.Popen([binary, *arguments], stdout=subprocess.DEVNULL)
        self.client = pymongo.MongoClient(self.uri, serverSelectionTimeoutMS=30_000)
        eventually(self._answers, 60, what="mongod answers")

    def _answers(self):
        assert self.process.poll() is None, "mongod has ended"
        try:
            return self.client.admin.command("ping")
        except pymongo.errors.PyMongoError:
            return None

    def stop(self):
        self.client.close()
        self.process.kill()
        self.process.wait()

    def command(self, document):
        """Sends these bytes, which pymongo may not agree to; the answer may hold what is not UTF-8."""
        body = struct.pack("<ib", 0, 0) + document
        with socket.create_connection(("127.0.0.1", self.port)) as connection, connection.makefile("rb") as incoming:
            connection.sendall(struct.pack("<iiii", 16 + len(body), 1, 0, OP_MSG) + body)
            length = struct.unpack("<i", incoming.read(4))[0]
            return incoming.read(length - 4)[17:]

    def create_index(self, database, collection, index):
        command = hostile_server.document_of(
            text("createIndexes", collection)
            + b"\x04indexes\0" + hostile_server.document_of(b"\x030\0" + index) + text("$db", database))
        answer = bson.decode(self.command(command))
        assert answer["ok"] == 1.0, answer["errmsg"][:500]

    def index_count(self, database, collection):
        command = hostile_server.document_of(text("collStats", collection) + text("$db", database))
        return bson.decode(self.command(command), CodecOptions(unicode_decode_error_handler="ignore"))["nindexes"]


def text(field, value):
    value = value if isinstance(value, bytes) else value.encode()
    return b"\x02" + field.encode() + b"\0" + struct.pack("<i", len(value) + 1) + value + b"\0"


def index(name, key, more=b""):
    """The specification of an index; `key` and `more` as bytes."""
    return hostile_server.document_of(b"\x03key\0" + key + text("name", name) + more)
