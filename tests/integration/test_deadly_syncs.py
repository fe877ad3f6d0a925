"""A sync whose runs end the process is given up after the second, so that it does not end every worker there is."""
import signal

from client import Api
from processes import command as mim
from redis_server import Redis
from scene import Scene, hold, unique
from waiting import eventually

SETTINGS = {"MIM_LEASE_SECONDS": 1, "MIM_WORKERS": 1}
FOREVER = 600_000


def began(scene, sync_id):
    """When each operation that runs was begun."""
    return [record["started_at"] for record in scene.status(sync_id)["records"] if record["status"] == "running"]


def times_asked(scene, command):
    """How often the target was sent this command, also while it holds back the answer."""
    return scene.db.client.admin.command("serverStatus")["metrics"]["commands"].get(command, {}).get("total", 0)


def in_the_middle(scene, sync_id, command, asked, operations, earlier=None):
    """The worker has asked the target and, where there is to be an operation, has begun it anew."""
    eventually(lambda: times_asked(scene, command) > asked, what="the target is asked")
    eventually(lambda: scene.status(sync_id)["status"] == "running", what="the sync runs")
    if operations:
        eventually(lambda: began(scene, sync_id) not in ([], earlier), what="the operation is begun")
    return began(scene, sync_id)


def taken_over(start_server, data, scene, earlier, settings):
    earlier.process.send_signal(signal.SIGKILL)
    earlier.process.wait()
    server = start_server(data, **SETTINGS, **settings)
    scene.api = scene.api.again(address=server.address)
    return server


def kill_twice(start_server, own_sandbox, data, command, operations, **settings):
    server = start_server(data, **SETTINGS, **settings)
    scene = Scene(Api(server.address).sign_up(unique("user")), own_sandbox)
    scene.db.create_collection("c")
    scene.define("c", {"a": 1})
    with hold(own_sandbox, [command], FOREVER):
        sync_id = scene.start()
        first = in_the_middle(scene, sync_id, command, 0, operations)
        asked = times_asked(scene, command)
        server = taken_over(start_server, data, scene, server, settings)
        in_the_middle(scene, sync_id, command, asked, operations, first)
        server = taken_over(start_server, data, scene, server, settings)
        return scene, scene.finished(sync_id), server


def check_given_up(scene, sync):
    assert sync["status"] == "failed" and "its run ended the process twice" in sync["error"], sync
    assert all(record["status"] in ("failed", "skipped") for record in sync["records"])
    # The sync is told to be over a moment before its job is laid aside.
    letter, = eventually(lambda: scene.api.get("/queue/dead-letters").expect(200).data, what="its job is laid aside")
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


def test_on_mongodb_and_redis(start_server, own_sandbox, mongod_set, tmp_path):
    """Both count alike, wherever syncs and jobs are."""
    redis = Redis(tmp_path / "redis")
    key = tmp_path / "secret.key"
    assert mim("keygen", "--secret-key", key).returncode == 0
    scene, sync, server = kill_twice(start_server, own_sandbox, tmp_path / "data", "createIndexes", operations=1,
                                     MIM_STORE=mongod_set.uri_of(unique("mim")), MIM_QUEUE=redis.uri, MIM_SECRET_KEY_FILE=key)
    check_given_up(scene, sync)
    assert server.stop() == 0
    redis.kill()
