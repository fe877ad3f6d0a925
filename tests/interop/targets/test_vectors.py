"""Every vector that says something about a server of this version. What one answers otherwise is listed, exactly."""
import json
import os
import pathlib

import pymongo.errors
import pytest

import vectors

FOLDER = pathlib.Path(__file__).resolve().parent / "not-applicable"


def applies(vector, version):
    lowest, highest = vector.get("min_version"), vector.get("max_version")
    return (vectors.reason_to_skip(vector) is None and (not lowest or vectors.number(lowest) <= version)
            and (not highest or version <= vectors.number(highest)))


def clean(client, vector):
    for database in {step.get("db", "t") for step in vector["steps"]}:
        if database not in ("admin", "config", "local"):
            client.drop_database(database)


def difference(client, vector):
    """How the server's answer differs from MongoDB's; none when it does not."""
    try:
        clean(client, vector)
        vectors.check(client, vector)
        return None
    except pymongo.errors.OperationFailure as error:
        return f"{error.code}: {(error.details or {}).get('errmsg', str(error))}"[:200]
    except (AssertionError, pymongo.errors.PyMongoError) as error:
        return (str(error).splitlines() or ["another listing"])[0][:200]
    finally:
        try:
            clean(client, vector)
        except pymongo.errors.PyMongoError:
            pass  # the next vector begins with the same and tells


@pytest.fixture(scope="module")
def differences(deployment):
    tried = [vector for vector in vectors.load() if applies(vector, deployment.version)]
    return {vector["id"]: difference(deployment.client, vector) for vector in tried}


def test_vectors(deployment, differences, report):
    file = FOLDER / f"{deployment.name}.json"
    found = {name: words for name, words in differences.items() if words is not None}
    if os.environ.get("MIM_INTEROP_RECORD"):
        file.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    known = json.loads(file.read_text()) if file.exists() else {}
    report(f"{deployment.name} {deployment.running.version}: {len(differences) - len(found)} of {len(differences)} "
           "vectors answered as MongoDB does")
    for name, words in found.items():
        report(f"{deployment.name}: not applicable: {name}: {words}")
    assert sorted(found) == sorted(known), {"new": sorted(set(found) - set(known)),
                                            "answered as MongoDB does now": sorted(set(known) - set(found))}
