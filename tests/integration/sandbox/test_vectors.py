"""Every vector of tests/golden that a server can answer, through the wire, on every version it names."""
import pytest

import vectors


def cases():
    for vector in vectors.load():
        for version in vectors.versions(vector) or ["7.0"]:
            yield pytest.param(vector, version, id=f"{vector['id']}-on-{version}")


@pytest.mark.parametrize("vector, version", cases())
def test_vector(sandbox_of_version, vector, version):
    reason = vectors.reason_to_skip(vector)
    if reason:
        pytest.skip(reason)
    client = sandbox_of_version(version)
    client.admin.command("sandboxReset", 1)
    vectors.check(client, vector)
