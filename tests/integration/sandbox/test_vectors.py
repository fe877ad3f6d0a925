"""Every vector of index-vectors.json that a server can answer, through the wire, on every version it names."""

import pymongo.errors
import pytest

import vectors


def cases():
    for vector in vectors.load():
        for version in vectors.versions(vector) or ["7.0"]:
            yield pytest.param(vector, version, id=f"{vector['id']}-on-{version}")


def run(client, step):
    database, command = vectors.command(step)
    return client[database].command(command)


def listed(client):
    first_batch = client.t.command("listIndexes", "c")["cursor"]["firstBatch"]
    return {index["name"]: index for index in first_batch}


def check_listing(client, expected):
    actual = listed(client)
    wanted = {index["name"]: index for index in vectors.from_json(expected)}
    assert sorted(actual) == sorted(wanted)
    for name, index in wanted.items():
        assert vectors.same(actual[name], index), f"listed {actual[name]}, wanted {dict(index)}"


def check_reply(reply, expected):
    for name, value in vectors.from_json(expected).items():
        assert name in reply, f"{name} is missing in {reply}"
        assert vectors.same(reply[name], value), f"{name} is {reply[name]!r}, wanted {value!r}"


@pytest.mark.parametrize("vector, version", cases())
def test_vector(sandbox_of_version, vector, version):
    reason = vectors.reason_to_skip(vector)
    if reason:
        pytest.skip(reason)
    client = sandbox_of_version(version)
    client.admin.command("sandboxReset", 1)
    *before, last = vector["steps"]
    for step in before:
        run(client, step)
    expected = vector["expect"]
    if "code" in expected:
        with pytest.raises(pymongo.errors.OperationFailure) as refused:
            run(client, last)
        assert refused.value.code == expected["code"], refused.value.details
        if expected.get("codeName"):
            assert refused.value.details["codeName"] == expected["codeName"]
        return
    reply = run(client, last)
    if "listIndexes" in expected:
        check_listing(client, expected["listIndexes"])
    check_reply(reply, expected.get("reply", {}))
