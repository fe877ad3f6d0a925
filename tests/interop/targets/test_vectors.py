"""Every vector that says something about a server of this version. What one answers otherwise is listed, exactly."""
import json
import os
import pathlib

import pymongo.errors
import pytest

import vectors
from scene import unique

SYSTEM = {"admin", "config", "local"}
FOLDER = pathlib.Path(__file__).resolve().parent / "not-applicable"


def applies(vector, deployment):
    """Whether it says something about this server; the system's databases of a deployment in use are left alone."""
    if vectors.reason_to_skip(vector) or (databases(vector) & SYSTEM and not deployment.disposable):
        return False
    return vectors.holds_for(vector, deployment.version)


class Scratch:
    """A client whose databases are not those that the vectors name but scratch ones, as the server may be in use."""

    def __init__(self, client):
        self.client, self.prefix = client, unique("mim-vectors")

    def __getitem__(self, name):
        return self.client[name if name in SYSTEM else f"{self.prefix}-{name}"]

    @property
    def t(self):
        return self["t"]

    def clean(self, vector):
        for name in databases(vector) - SYSTEM:
            self.client.drop_database(self[name].name)


def databases(vector):
    return {step.get("db", "t") for step in vector["steps"]}


def difference(client, vector):
    """How the server's answer differs from MongoDB's; none when it does not."""
    try:
        client.clean(vector)
        vectors.check(client, vector)
        return None
    except pymongo.errors.OperationFailure as error:
        return f"{error.code}: {(error.details or {}).get('errmsg', str(error))}"[:200]
    except (AssertionError, pymongo.errors.PyMongoError) as error:
        return (str(error).splitlines() or ["another listing"])[0][:200]
    finally:
        try:
            client.clean(vector)
        except pymongo.errors.PyMongoError:
            pass  # the next vector begins with the same and tells


def with_reason(words, known):
    """As it stands in the file of a real MongoDB; the reason is written by hand."""
    return {"answer": words, "reason": (known or {}).get("reason", "")}


@pytest.fixture(scope="module")
def differences(deployment):
    scratch = Scratch(deployment.client)
    return {vector["id"]: difference(scratch, vector) for vector in vectors.load() if applies(vector, deployment)}


def test_vectors(deployment, differences, report):
    file = FOLDER / (f"mongodb-{deployment.running.version}.json" if deployment.is_real else f"{deployment.name}.json")
    known = json.loads(file.read_text()) if file.exists() else {}
    found = {name: words for name, words in differences.items() if words is not None}
    if os.environ.get("MIM_INTEROP_RECORD"):
        known = {name: with_reason(words, known.get(name)) if deployment.is_real else words for name, words in found.items()}
        file.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n")
    report(f"{deployment.name} {deployment.running.version}: {len(differences) - len(found)} of {len(differences)} "
           "vectors answered as MongoDB does")
    for name, words in found.items():
        report(f"{deployment.name}: not applicable: {name}: {words}")
    unexplained = [name for name, difference in known.items() if deployment.is_real and not difference["reason"]]
    assert not unexplained, "where MongoDB itself answers otherwise, the vector or this version of it is wrong: say which"
    assert sorted(found) == sorted(known), {"new": sorted(set(found) - set(known)),
                                            "answered as MongoDB does now": sorted(set(known) - set(found))}
