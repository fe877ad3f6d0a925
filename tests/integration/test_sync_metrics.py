"""The figures of queue, syncs, targets and store on the metrics page, on the embedded queue and on Redis."""
import pytest

from client import Api
from redis_server import Redis, metric
from scene import Scene, fail_point, hold, unique
from waiting import eventually

WAITING, LEASED = 'mim_queue_jobs{state="waiting"}', 'mim_queue_jobs{state="leased"}'
FINISHED = 'mim_sync_run_seconds_count{outcome="finished"}'


@pytest.fixture(params=["embedded", "redis"])
def queue(request, tmp_path):
    """The settings of a server with this queue."""
    if request.param == "embedded":
        yield {}
        return
    redis = Redis(tmp_path / "redis")
    yield {"MIM_QUEUE": redis.uri, "MIM_FEED_INTERVAL_SECONDS": 1}
    redis.kill()


def operations(api, action, result):
    return metric(api, f'mim_sync_operations_total{{action="{action}",result="{result}"}}')


def test_a_sync_is_counted_on_its_way(start_server, own_sandbox, tmp_path, queue):
    idle = start_server(tmp_path / "data", MIM_WORKERS=0, **queue)
    scene = Scene(Api(idle.address).sign_up(unique("user")), own_sandbox)
    scene.define("c", {"a": 1})
    scene.db.c.create_index("old")
    sync_id = scene.start()
    api = scene.api
    assert (metric(api, WAITING), metric(api, LEASED)) == (1, 0)
    eventually(lambda: metric(api, "mim_queue_oldest_waiting_seconds") > 0, what="the job grows older")
    assert idle.stop() == 0

    with hold(own_sandbox, ["createIndexes"], 2000):
        api.address = start_server(tmp_path / "data", MIM_WORKERS=1, **queue).address
        eventually(lambda: metric(api, LEASED) == 1, what="a worker has it")
        assert metric(api, WAITING) == 0 and metric(api, "mim_queue_oldest_waiting_seconds") == 0
        assert scene.finished(sync_id)["status"] == "completed"
    eventually(lambda: metric(api, FINISHED) == 1 and metric(api, LEASED) == 0, what="the worker is done with it")
    assert metric(api, 'mim_sync_attempts_total{kind="first"}') == 1
    assert metric(api, 'mim_sync_attempts_total{kind="retry"}') == 0
    assert operations(api, "create", "completed") == operations(api, "drop", "completed") == 1
    assert metric(api, 'mim_target_calls_total{call="create_indexes",result="ok"}') == 1


def test_operations_that_fail_are_counted_apart(start_server, own_sandbox):
    scene = Scene(Api(start_server().address).sign_up(unique("user")), own_sandbox)
    scene.define("c", {"a": 1})
    scene.define("d", {"a": 1})
    with fail_point(own_sandbox, ["createIndexes"], {"times": 1}, errorCode=67):
        assert scene.sync()["status"] == "failed"
    assert operations(scene.api, "create", "failed") == operations(scene.api, "create", "completed") == 1
    assert metric(scene.api, 'mim_target_calls_total{call="create_indexes",result="target_refused"}') == 1
