"""Commands to a real MongoDB as bytes that pymongo would not write, and answers that it would not read."""
import socket
import struct

import bson
from bson.codec_options import CodecOptions

import hostile_server

OP_MSG = 2013


def send(port, document):
    """The answer's document; what it holds may not be UTF-8."""
    body = struct.pack("<ib", 0, 0) + document
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as incoming:
        connection.sendall(struct.pack("<iiii", 16 + len(body), 1, 0, OP_MSG) + body)
        length = struct.unpack("<i", incoming.read(4))[0]
        return incoming.read(length - 4)[17:]


def create_index(port, database, collection, specification):
    command = hostile_server.document_of(
        text("createIndexes", collection)
        + b"\x04indexes\0" + hostile_server.document_of(b"\x030\0" + specification) + text("$db", database))
    answer = bson.decode(send(port, command))
    assert answer["ok"] == 1.0, answer["errmsg"][:500]


def index_count(port, database, collection):
    command = hostile_server.document_of(text("collStats", collection) + text("$db", database))
    return bson.decode(send(port, command), CodecOptions(unicode_decode_error_handler="ignore"))["nindexes"]


def text(field, value):
    value = value if isinstance(value, bytes) else value.encode()
    return b"\x02" + field.encode() + b"\0" + struct.pack("<i", len(value) + 1) + value + b"\0"


def index(name, key, more=b""):
    """The specification of an index; `key` and `more` as bytes."""
    return hostile_server.document_of(b"\x03key\0" + key + text("name", name) + more)
