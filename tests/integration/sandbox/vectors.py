"""Reads the vectors of tests/golden: which versions one holds for, its commands, and strict comparison of BSON values."""

import json
import pathlib
import struct

import bson
import pymongo.errors
from bson import json_util
from bson.raw_bson import RawBSONDocument
from bson.son import SON

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden"
OPTIONS = json_util.JSONOptions(document_class=SON, tz_aware=False)
# Tried where they belong: in the unit tests of the comparison and of connection strings, and with mongosh itself.
NOT_OF_A_SERVER = {"redundancy", "uri", "mongosh"}
OPERATIONS = {"createIndexes", "dropIndexes", "collMod", "create", "insert", "delete", "drop", "listIndexes"}


def load():
    """All that say something about a server. Those that were seen on servers name the versions: nothing is known of others."""
    documented = json.loads((GOLDEN / "index-vectors.json").read_text())
    seen = json.loads((GOLDEN / "index-vectors-8.2.json").read_text())["vectors"]
    on_5_0 = set(json.loads((GOLDEN / "index-vectors-on-5.0.json").read_text())["ids"])
    for vector in seen:
        vector["seen_on"] = ["5.0", "8.2"] if vector["id"] in on_5_0 else ["8.2"]
    return [vector for vector in documented if vector["group"] not in NOT_OF_A_SERVER] + seen


def number(version):
    return tuple(int(part) for part in version.split("."))


def holds_for(vector, version):
    """Whether the vector says something about a server of this version, as a pair of numbers."""
    lowest, highest = vector.get("min_version"), vector.get("max_version")
    if "seen_on" in vector and version not in [number(each) for each in vector["seen_on"]]:
        return version in [number(bound) for bound in (lowest, highest) if bound]
    return (not lowest or number(lowest) <= version) and (not highest or version <= number(highest))


def versions(vector):
    """Where it was seen, or 7.0 when it holds there, and the bounds it names."""
    asked = {*vector.get("seen_on", ["7.0"]), vector.get("min_version"), vector.get("max_version")} - {None}
    return sorted((version for version in asked if holds_for(vector, number(version))), key=number)


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


def includes(actual, wanted):
    """Whether a document has the fields named, each equal; what is no document is equal."""
    if isinstance(wanted, dict):
        return isinstance(actual, dict) and all(
            name in actual and (same(actual[name], value, True) if name == "key" else includes(actual[name], value))
            for name, value in wanted.items())
    return same(actual, wanted)


def run(client, step):
    database, document = command(step)
    reply = client[database].command(document)
    if step["op"] == "insert" and reply.get("writeErrors"):
        error = reply["writeErrors"][0]
        raise pymongo.errors.OperationFailure(error.get("errmsg", ""), error["code"], error)
    return reply


def at_path(reply, path):
    """The value at a dotted path; KeyError when there is none."""
    for part in path.split("."):
        if isinstance(reply, list) and part.isdigit() and int(part) < len(reply):
            reply = reply[int(part)]
        elif isinstance(reply, dict) and part in reply:
            reply = reply[part]
        else:
            raise KeyError(path)
    return reply


def by_name(indexes):
    return {index["name"] if "name" in index else index["spec"]["name"]: index for index in indexes}


def listed(client, step, reply):
    """Of the first batch where the last step lists, otherwise of the collection that it is about."""
    if step["op"] != "listIndexes":
        reply = client[step.get("db", "t")].command("listIndexes", step[step["op"]])
    return by_name(reply["cursor"]["firstBatch"])


def check_listing(client, step, reply, expected):
    if not {"listIndexes", "listContains", "absentIn", "names"} & set(expected):
        return
    actual = listed(client, step, reply)
    names = expected.get("names") or ("listIndexes" in expected and list(by_name(expected["listIndexes"])))
    assert names is False or sorted(actual) == sorted(names), f"lists {sorted(actual)}, wanted {sorted(names)}"
    for name, index in by_name(from_json(expected.get("listIndexes", []))).items():
        assert same(actual[name], index), f"listed {actual[name]}, wanted {dict(index)}"
    for name, index in by_name(from_json(expected.get("listContains", []))).items():
        assert name in actual and includes(actual[name], index), f"listed {actual.get(name)}, wanted {dict(index)}"
    for name, fields in expected.get("absentIn", {}).items():
        assert not (found := set(fields) & set(actual[name])), f"{name} has {found}"


def check_reply(reply, expected):
    for path, value in from_json(expected.get("reply", {})).items():
        try:
            found = at_path(reply, path)
        except KeyError:
            raise AssertionError(f"{path} is missing in the reply {sorted(reply)}") from None
        assert includes(found, value), f"{path} is {found!r}, wanted {value!r}"
    for path in expected.get("absent", []):
        try:
            found = at_path(reply, path)
        except KeyError:
            continue
        raise AssertionError(f"{path} is {found!r}, wanted none")


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
    check_reply(reply, expected)
    check_listing(client, last, reply, expected)
