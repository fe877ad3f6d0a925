"""A sync whose runs end the process is given up after the second, so that it does not end every worker there is."""
import signal

from client import Api
from scene import Scene, hold, unique
from waiting import eventually

SETTINGS = {"MIM_LEASE_SECONDS": 1, "MIM_WORKERS": 1}
FOREVER = 600_000


def began(scene, sync_id):
    """When each operation that runs was begun."""
    return [record["started_at"] for record in scene.status(sync_id)["records"] if record["status"] == "running"]


def in_the_middle(server, scene, sync_id, operations, earlier=None):
    """The worker has taken the sync and, where there is to be an operation, has begun it anew."""
    eventually(lambda: "job_leased" in server.log(), what="the sync is taken")
    eventually(lambda: scene.status(sync_id)["status"] == "running", what="the sync runs")
    if operations:
        eventually(lambda: began(scene, sync_id) not in ([], earlier), what="the operation is begun")
    return began(scene, sync_id)


def taken_over(start_server, data, scene, earlier):
    earlier.process.send_signal(signal.SIGKILL)
    earlier.process.wait()
    server = start_server(data, **SETTINGS)
    scene.api = scene.api.again(address=server.address)
    return server


def kill_twice(start_server, own_sandbox, data, command, operations):
    server = start_server(data, **SETTINGS)
    scene = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    scene.db.create_collection("c")
    scene.define("c", {"a": 1})
    with hold(own_sandbox, [command], FOREVER):
        sync_id = scene.start()
        first = in_the_middle(server, scene, sync_id, operations)
        server = taken_over(start_server, data, scene, server)
        in_the_middle(server, scene, sync_id, operations, first)
        server = taken_over(start_server, data, scene, server)
        return scene, scene.finished(sync_id), server


def check_given_up(scene, sync):
    assert sync["status"] == "failed" and "its run ended the process twice" in sync["error"], sync
    assert all(record["status"] in ("failed", "skipped") for record in sync["records"])
    letter, = scene.api.get("/queue/dead-letters").expect(200).data
    assert letter["sync_id"] == sync["id"] and "ended the process" in letter["reason"]
    later = scene.sync()
    assert later["status"] == "completed" and scene.no_drift()


def test_that_dies_in_an_operation(start_server, own_sandbox, tmp_path):
    scene, sync, server = kill_twice(start_server, own_sandbox, tmp_path / "data", "createIndexes", operations=1)
    assert [record["status"] for record in sync["records"]] == ["failed"], "nobody knows how it ended"
    check_given_up(scene, sync)
    assert "job_buried" in server.log()


def test_that_dies_before_anything_is_planned(start_server, own_sandbox, tmp_path):
    scene, sync, _ = kill_twice(start_server, own_sandbox, tmp_path / "data", "listIndexes", operations=0)
    assert sync["records"] == []
    check_given_up(scene, sync)
