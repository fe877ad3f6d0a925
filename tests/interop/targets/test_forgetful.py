"""Servers that say yes and change nothing: a sync looks again at the end and does not call that success."""
import pytest

from scene import Scene

# What each of them takes without an error and does not keep.
FORGOTTEN = {"secantusdb": {"is_hidden": True}, "ferretdb": {"is_sparse": True}}


def test_what_a_server_forgets_is_no_success(api, deployment):
    if deployment.name not in FORGOTTEN:
        pytest.skip(f"{deployment.name} forgets nothing that is known")
    scene = Scene(api, deployment)
    scene.db.c.create_index("a")
    scene.define("c", {"a": 1}, **FORGOTTEN[deployment.name])
    sync = scene.sync()
    assert sync["status"] == "failed" and "1 difference is left: c.a_1 differs" in sync["error"]
    assert all(record["status"] == "completed" for record in sync["records"])
    deployment.client.drop_database(scene.db_name)
