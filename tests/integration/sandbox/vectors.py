"""Reads index-vectors.json: which versions a vector holds for, its commands, and strict comparison of BSON values."""

import json
import pathlib
import struct

import bson
import pymongo.errors
from bson import json_util
from bson.raw_bson import RawBSONDocument
from bson.son import SON

PATH = pathlib.Path(__file__).resolve().parents[2] / "golden" / "index-vectors.json"
OPTIONS = json_util.JSONOptions(document_class=SON, tz_aware=False)
# Tried where they belong: in the unit tests of the comparison and of connection strings, and with mongosh itself.
NOT_OF_A_SERVER = {"redundancy", "uri", "mongosh"}
OPERATIONS = {"createIndexes", "dropIndexes", "collMod", "create", "insert", "listIndexes"}


def load():
    """All that say something about a server."""
    return [vector for vector in json.loads(PATH.read_text()) if vector["group"] not in NOT_OF_A_SERVER]


def number(version):
    return tuple(int(part) for part in version.split("."))


def versions(vector):
    """7.0 when the vector holds there, and the bounds it names."""
    lowest, highest = vector.get("min_version"), vector.get("max_version")
    chosen = {bound for bound in (lowest, highest) if bound}
    if (not lowest or number(lowest) <= (7, 0)) and (not highest or number(highest) >= (7, 0)):
        chosen.add("7.0")
    return sorted(chosen, key=number)


def reason_to_skip(vector):
    if vector.get("deployment") == "sharded":
        return "needs a sharded cluster; the sandbox is a standalone server"
    unknown = {step["op"] for step in vector["steps"]} - OPERATIONS
    return f"unknown operation {unknown}" if unknown else None


def from_json(value):
    return json_util.loads(json.dumps(value), json_options=OPTIONS)


def with_pairs(index):
    """`keyPairs` stands for a key that JSON cannot hold: write its BSON by hand."""
    if not isinstance(index, dict) or "keyPairs" not in index:
        return index
    elements = b"".join(bson.encode({name: value})[4:-1] for name, value in index["keyPairs"])
    raw = struct.pack("<i", len(elements) + 5) + elements + b"\x00"
    rest = SON((name, value) for name, value in index.items() if name != "keyPairs")
    return SON([("key", RawBSONDocument(raw))] + list(rest.items()))


def command(step):
    """(database, command) of one step."""
    fields = from_json({name: value for name, value in step.items() if name not in ("op", "db")})
    operation = step["op"]
    result = SON([(operation, fields.pop(operation))])
    result.update(fields)
    if "indexes" in result and isinstance(result["indexes"], list):
        result["indexes"] = [with_pairs(index) for index in result["indexes"]]
    return step.get("db", "t"), result


def same(left, right, ordered=False):
    """Equal values of equal BSON types; documents without regard to the order of fields unless `ordered`."""
    if isinstance(left, dict) and isinstance(right, dict):
        if (list(left) if ordered else sorted(left)) != (list(right) if ordered else sorted(right)):
            return False
        return all(same(left[name], right[name], ordered or name == "key") for name in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(a, b, ordered) for a, b in zip(left, right))
    return type(left) is type(right) and left == right


def run(client, step):
    database, document = command(step)
    return client[database].command(document)


def listed(client):
    first_batch = client.t.command("listIndexes", "c")["cursor"]["firstBatch"]
    return {index["name"]: index for index in first_batch}


def check_listing(client, expected):
    actual = listed(client)
    wanted = {index["name"]: index for index in from_json(expected)}
    assert sorted(actual) == sorted(wanted), f"lists {sorted(actual)}, wanted {sorted(wanted)}"
    for name, index in wanted.items():
        assert same(actual[name], index), f"listed {actual[name]}, wanted {dict(index)}"


def check_reply(reply, expected):
    for name, value in from_json(expected).items():
        assert name in reply, f"{name} is missing in the reply {sorted(reply)}"
        assert same(reply[name], value), f"{name} is {reply[name]!r}, wanted {value!r}"


def check_refusal(client, step, expected):
    wanted = f"{expected['code']} {expected.get('codeName') or ''}".strip()
    try:
        run(client, step)
    except pymongo.errors.OperationFailure as refused:
        name = refused.details.get("codeName", "")
        found = f"refused with {refused.code} {name} ({refused.details.get('errmsg')}), not with {wanted}"
        assert refused.code == expected["code"], found
        assert not expected.get("codeName") or name == expected["codeName"], found
    else:
        raise AssertionError(f"taken, not refused with {wanted}")


def check(client, vector):
    """Runs it; AssertionError or OperationFailure tells what is not as it should be."""
    *before, last = vector["steps"]
    for step in before:
        run(client, step)
    expected = vector["expect"]
    if "code" in expected:
        return check_refusal(client, last, expected)
    reply = run(client, last)
    if "listIndexes" in expected:
        check_listing(client, expected["listIndexes"])
    check_reply(reply, expected.get("reply", {}))
