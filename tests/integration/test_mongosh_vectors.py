"""What MongoDB's shell sends, throws and ends with: the facts that the scripts are built on, each checked as measured."""
import json
import pathlib

import bson
import pytest
from bson.son import SON

import written
from mongosh_shell import Shell
from wire_tap import Tap

PATH = pathlib.Path(__file__).resolve().parents[1] / "golden" / "index-vectors.json"
VECTORS = {vector["id"]: vector for vector in json.loads(PATH.read_text()) if vector["group"] == "mongosh"}
ENDING = {name: vector for name, vector in VECTORS.items() if "exitCode" in vector["expect"]}
STEP = """
try { db.getSiblingDB("marker").runCommand({listIndexes: %s}); } catch (error) { told("marker", error); }
try { %s } catch (error) { told(%s, error); }
"""
TOLD = """
const told = (step, error) => print(JSON.stringify([step, error.name, error.constructor.name, error.message]));
"""
# What a shell throws that lost its server for a moment, as it may on a machine that is busy: it says nothing of what it sends.
LOST = ("MongoNetwork", "MongoPoolCleared", "MongoServerSelection", "MongoTopologyClosed", "MongoNotConnected")


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    return Shell(tmp_path_factory.mktemp("mongosh"))


@pytest.fixture(scope="module")
def happened(shell, shared_sandbox):
    """({vector: commands}, {vector: names of what was thrown}) of one start of the shell that did not lose its server."""
    for _ in range(3):
        sent, told = run_all(shell, shared_sandbox)
        lost = [each for each in told if each[1].startswith(LOST)]
        if not lost:
            break
    assert not lost, f"the shell lost its server at each of three starts: {lost}"
    return sent, {step: names for step, *names, _ in told if step != "marker"}


def run_all(shell, sandbox):
    """({vector: commands}, [[step, name, class and text of what was thrown]]) of one start of the shell."""
    tap = Tap(sandbox.host, sandbox.port)
    steps = "".join(STEP % (json.dumps(name), vector["steps"][0]["script"], json.dumps(name))
                    for name, vector in VECTORS.items() if name not in ENDING)
    output = shell.succeed(tap.uri, TOLD + steps)
    tap.close()
    sent, vector = {}, None
    for command in tap.commands:
        if command["$db"] == "marker":
            vector = command["listIndexes"]
        elif vector and command["$db"] == "x":
            sent.setdefault(vector, []).append(command)
    return sent, [json.loads(line) for line in output.splitlines() if line.startswith("[")]


def pairs(document):
    """Fields in their order with their BSON types, all the way down."""
    document = bson.decode(document.raw, bson.CodecOptions(document_class=SON)) if hasattr(document, "raw") else document
    return written.comparable({"key": document})["key"]


def options_of(index):
    return {name: index[name] for name in index if name != "key"}


@pytest.mark.parametrize("name", [name for name in VECTORS if name not in ENDING])
def test_vector(happened, name):
    sent, thrown = happened
    expected = VECTORS[name]["expect"]
    if "throws" in expected:
        assert expected["throws"] in thrown[name] and name not in sent
        return
    command, = [each for each in sent[name] if "createIndexes" in each]
    index, = command["indexes"]
    if "sendsKeyPairs" in expected:
        assert pairs(index["key"]) == pairs(SON(expected["sendsKeyPairs"]))
        return
    wanted = written.from_json(json.dumps(expected["sends"]))
    wanted_index, = wanted["indexes"]
    assert pairs(index["key"]) == pairs(wanted_index["key"])
    assert options_of(index) == options_of(wanted_index)
    assert command["createIndexes"] == wanted["createIndexes"] and command["$db"] == wanted["$db"]


@pytest.mark.parametrize("name", ENDING)
def test_exit_code(shell, shared_sandbox, name):
    done = shell.run(shared_sandbox.uri, VECTORS[name]["steps"][0]["script"], 'print("a later script")')
    assert done.returncode == ENDING[name]["expect"]["exitCode"] and "a later script" not in done.stdout
