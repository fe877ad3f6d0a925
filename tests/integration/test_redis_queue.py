"""Several processes over one Redis and one data folder: nothing is lost, nothing is done by two at a time."""
import signal
import sqlite3
import threading

import pytest

import planted
from client import Api
from processes import command
from redis_server import Redis, Worker, metric
from scene import Scene, hold, slow_builds, unique
from waiting import eventually

LEASE = {"MIM_LEASE_SECONDS": 1, "MIM_FEED_INTERVAL_SECONDS": 1}


@pytest.fixture
def redis(tmp_path):
    server = Redis(tmp_path / "redis", planted.new_password())
    yield server
    server.kill()


class Fleet:
    """Servers and workers that share a queue and a store."""

    def __init__(self, redis, data, logs, start_server):
        self.redis, self.data, self.logs, self.start_server = redis, data, logs, start_server
        self.workers = []

    def server(self, **settings):
        settings = {"MIM_WORKERS": 0, **LEASE, **settings}
        return self.start_server(self.data, MIM_QUEUE=self.redis.uri, **settings)

    def worker(self, **settings):
        settings = {"MIM_WORKERS": 2, **LEASE, **settings}
        self.workers.append(Worker(self.data, self.logs, MIM_QUEUE=self.redis.uri, **settings))
        return self.workers[-1]


@pytest.fixture
def fleet(redis, tmp_path, logs, start_server):
    fleet = Fleet(redis, tmp_path / "shared", logs, start_server)
    yield fleet
    for worker in fleet.workers:
        if worker.process.poll() is None:
            worker.signal(signal.SIGCONT)
            assert worker.stop() == 0, worker.log()[-2000:]


def scene_of(server, sandbox, indexes=("a", "b")):
    scene = Scene(Api(server.address).sign_up(unique("user")), sandbox)
    for field in indexes:
        scene.define("c", {field: 1})
    return scene


def readiness(api):
    answer = api._session.get(api.address + "/readyz", timeout=30)
    return answer.status_code, dict(line.split(": ", 1) for line in answer.text.splitlines())


@pytest.mark.parametrize("uri", ["localhost:6379", "redis://:{}@localhost:port", "redis://{}@localhost"])
@pytest.mark.parametrize("verb", ["serve", "worker"])
def test_a_bad_address_is_refused_in_one_line_without_showing_it(tmp_path, verb, uri):
    password = planted.new_password()
    done = command(verb, "--data", tmp_path / "data", MIM_QUEUE=uri.format(password))
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith("mim: --queue") and done.stderr.count("\n") == 1, done.stderr
    assert not planted.leaks(done.stderr)


def test_a_worker_process_needs_workers(tmp_path):
    done = command("worker", "--workers", 0, "--data", tmp_path / "data")
    assert done.returncode == 1 and "--workers" in done.stderr


def test_workers_share_the_embedded_queue_on_one_machine(start_server, tmp_path, logs, own_sandbox):
    server = start_server(tmp_path / "shared", MIM_WORKERS=0)
    scene = scene_of(server, own_sandbox)
    sync_id = scene.start()
    worker = Worker(tmp_path / "shared", logs)
    assert scene.finished(sync_id)["status"] == "completed"
    assert worker.stop() == 0


def test_a_server_without_workers_leaves_the_work_to_workers(fleet, own_sandbox):
    server = fleet.server()
    scene = scene_of(server, own_sandbox)
    sync_id = scene.start()
    assert scene.status(sync_id)["status"] == "pending"
    assert metric(scene.api, 'mim_queue_jobs{state="waiting"}') == 1
    assert metric(scene.api, "mim_queue_oldest_waiting_seconds") >= 0
    fleet.worker()
    assert scene.finished(sync_id)["status"] == "completed"
    assert scene.names("c") == {"a_1", "b_1"}
    eventually(lambda: metric(scene.api, 'mim_queue_jobs{state="leased"}') == 0, what="the job has left the queue")
    assert metric(scene.api, 'mim_queue_jobs{state="waiting"}') == 0
    assert readiness(scene.api) == (200, {"store": "ok", "queue": "ok", "workers": "ok"})


def test_any_server_of_the_fleet_shows_and_cancels(fleet, own_sandbox):
    first, second = fleet.server(), fleet.server()
    scene = scene_of(first, own_sandbox)
    sync_id = scene.start()
    scene.api = scene.api.again(address=second.address)
    scene.api.post(f"/indexes/sync-status/{sync_id}/cancel").expect(200)
    fleet.worker()
    assert scene.finished(sync_id)["status"] == "cancelled"
    assert scene.sync()["status"] == "completed"
    eventually(lambda: metric(scene.api, 'mim_queue_jobs{state="waiting"}') == 0, what="the queue is empty")
    assert scene.names("c") == {"a_1", "b_1"}


def test_a_killed_workers_job_is_taken_over(fleet, own_sandbox):
    scene = scene_of(fleet.server(), own_sandbox)
    victim = fleet.worker()
    with hold(own_sandbox, ["createIndexes"], 3000):
        sync_id = scene.start()
        scene.running(sync_id)
        victim.kill()
    fleet.worker()
    assert scene.finished(sync_id)["status"] == "completed"
    assert scene.names("c") == {"a_1", "b_1"}


def test_a_paused_worker_that_comes_back_changes_nothing(fleet, own_sandbox):
    scene = scene_of(fleet.server(), own_sandbox, ["a"])
    scene.db["c"].create_index("old")
    paused = fleet.worker()
    with hold(own_sandbox, ["createIndexes"], 1500):
        sync_id = scene.start()
        eventually(lambda: any(row["status"] == "running" for row in scene.status(sync_id)["records"]),
                   what="the build has begun")
        paused.signal(signal.SIGSTOP)
    fleet.worker()
    ended = scene.finished(sync_id)
    assert ended["status"] == "completed", ended
    assert scene.names("c") == {"a_1"}
    # Somebody wants the dropped index back; the paused worker's plan would drop it.
    scene.define("c", {"old": 1})
    again = scene.sync()
    assert again["status"] == "completed" and scene.names("c") == {"a_1", "old_1"}
    paused.signal(signal.SIGCONT)
    eventually(lambda: "job_lost" in paused.log() or "lease_not_kept" in paused.log(),
               what="the paused worker knows that it has lost the job")
    assert paused.stop() == 0
    assert scene.status(sync_id) == ended, "the old worker wrote into a sync that was another's"
    assert scene.names("c") == {"a_1", "old_1"}


class SlowBuild:
    """A worker in the middle of an index build of five seconds."""

    def __init__(self, fleet, sandbox):
        self.scene, self.sandbox = scene_of(fleet.server(), sandbox, ["a"]), sandbox
        self.worker = fleet.worker()
        self.sync_id = self.scene.start()
        eventually(lambda: self.statuses() == ["running"] and "c" in self.scene.db.list_collection_names(),
                   what="the build has begun")

    def statuses(self):
        return [row["status"] for row in self.scene.status(self.sync_id)["records"]]

    def ends_without_beginning_again(self):
        ended = self.scene.finished(self.sync_id)
        assert (ended["status"], self.statuses()) == ("completed", ["completed"]), ended
        history = self.sandbox.client.admin.command("sandboxIndexHistory", {"ns": f"{self.scene.db_name}.c"})
        assert (history["built"], history["dropped"]) == ({"a_1": 1}, {}), "the build was ended and begun again"


@pytest.fixture
def build(fleet, own_sandbox):
    with slow_builds(own_sandbox, 5000):
        yield SlowBuild(fleet, own_sandbox)


def test_a_paused_worker_that_comes_back_leaves_the_build_to_the_one_that_joined_it(fleet, build):
    build.worker.signal(signal.SIGSTOP)
    other = fleet.worker()
    eventually(lambda: f"job_leased sync={build.sync_id}" in other.log(), what="the sync is taken over")
    build.worker.signal(signal.SIGCONT)
    eventually(lambda: "job_lost" in build.worker.log(), what="the paused worker knows that it has lost the job")
    build.ends_without_beginning_again()


def test_a_worker_that_is_stopped_leaves_its_build_to_the_next(fleet, build):
    assert build.worker.stop() == 0
    assert build.statuses() == ["running"]
    fleet.worker()
    build.ends_without_beginning_again()


def test_redis_killed_in_the_middle_and_back_with_its_data(fleet, redis, own_sandbox):
    server = fleet.server()
    scene = scene_of(server, own_sandbox)
    fleet.worker()
    with hold(own_sandbox, ["createIndexes"], 1000):
        sync_id = scene.start()
        scene.running(sync_id)
        redis.kill()
        status, lines = readiness(scene.api)
        assert status == 503 and lines["queue"].startswith("down"), lines
        assert metric(scene.api, "mim_queue_up") == 0
        redis.start()
    assert scene.finished(sync_id)["status"] == "completed"
    eventually(lambda: readiness(scene.api)[0] == 200, what="the server is ready again")


def test_a_sync_asked_for_while_redis_is_away_runs_when_it_is_back(fleet, redis, own_sandbox):
    scene = scene_of(fleet.server(), own_sandbox)
    fleet.worker()
    redis.kill()
    sync_id = scene.start()
    redis.start()
    assert scene.finished(sync_id)["status"] == "completed"


def test_redis_that_loses_everything_loses_no_job(fleet, redis, own_sandbox):
    server = fleet.server(MIM_FEED_INTERVAL_SECONDS=3600)  # only what the workers feed
    scenes = [scene_of(server, own_sandbox) for _ in range(3)]
    syncs = [scene.start() for scene in scenes]
    redis.command("FLUSHALL")
    fleet.worker()
    for scene, sync_id in zip(scenes, syncs):
        assert scene.finished(sync_id)["status"] == "completed"


def test_connections_cut_all_the_time(fleet, redis, own_sandbox):
    server = fleet.server()
    scenes = [scene_of(server, own_sandbox) for _ in range(8)]
    for _ in range(2):
        fleet.worker()
    ended = threading.Event()

    def cut():
        while not ended.is_set():
            redis.cut_connections()

    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        syncs = [scene.start() for scene in scenes]
        results = [scene.finished(sync_id) for scene, sync_id in zip(scenes, syncs)]
    finally:
        ended.set()
        cutter.join()
    assert [result["status"] for result in results] == ["completed"] * len(scenes)
    rows = [row for result in results for row in result["records"]]
    assert len(rows) == 2 * len(scenes)


def test_dead_letters_are_read_retried_and_cleared(fleet, redis, own_sandbox):
    server = fleet.server()
    scenes = [scene_of(server, own_sandbox) for _ in range(3)]
    api = scenes[0].api
    syncs = [scene.start() for scene in scenes]
    store = sqlite3.connect(server.file_named("mim.db"), timeout=30)
    with store:  # as if all but the last takeover had led nowhere
        store.execute("UPDATE syncs SET vanished = 11")
    store.close()
    for sync_id in syncs:
        redis.command("HSET", f"{{mim}}:job:{sync_id}", "attempt", 11)
    fleet.worker()
    for scene, sync_id in zip(scenes, syncs):
        sync = scene.finished(sync_id)
        assert sync["status"] == "failed" and "Given up" in sync["error"]
    letters = eventually(lambda: found if len((found := api.get("/queue/dead-letters").expect(200)).data) == 3 else None,
                         what="three dead letters")
    assert letters.extra == {"limit": 50, "page": 1, "total": 3}
    for letter in letters.data:
        assert set(letter) == {"sync_id", "attempts", "reason", "buried_at"}
        assert letter["attempts"] == 12 and letter["reason"]
    assert {letter["sync_id"] for letter in letters.data} == set(syncs)
    assert metric(api, "mim_queue_dead_letters") == 3

    new = api.post(f"/queue/dead-letters/{syncs[0]}/retry").expect(200).data["sync_id"]
    assert new != syncs[0]
    assert scenes[0].finished(new)["status"] == "completed"
    api.post(f"/queue/dead-letters/{syncs[0]}/retry").expect_error(404)
    api.delete(f"/queue/dead-letters/{syncs[1]}").expect(200)
    assert [letter["sync_id"] for letter in api.get("/queue/dead-letters?limit=1").data] == [syncs[2]]
    api.delete("/queue/dead-letters").expect(200)
    assert api.get("/queue/dead-letters").data == []


def one_after_another(syncs):
    """By what the syncs tell: statuses asked for one after the other would be no picture of one moment."""
    spans = sorted((each["started_at"], each["completed_at"]) for each in syncs)
    return all(ended <= begun for (_, ended), (begun, _) in zip(spans, spans[1:]))


def test_a_slow_target_leaves_workers_for_the_others(fleet, start_sandbox):
    server = fleet.server()
    slow, fast = start_sandbox(), start_sandbox()
    slow_scenes = [scene_of(server, slow, ["a"]) for _ in range(4)]
    fast_scene = scene_of(server, fast)
    with hold(slow, ["createIndexes"], 4000):
        syncs = [scene.start() for scene in slow_scenes]
        fleet.worker(MIM_LEASE_SECONDS=5)
        eventually(lambda: any(scene.status(sync_id)["status"] == "running"
                               for scene, sync_id in zip(slow_scenes, syncs)), what="a slow sync runs")
        assert fast_scene.sync()["status"] == "completed"
        assert not all(scene.status(sync_id)["is_finished"] for scene, sync_id in zip(slow_scenes, syncs))
    done = [scene.finished(sync_id) for scene, sync_id in zip(slow_scenes, syncs)]
    assert [each["status"] for each in done] == ["completed"] * len(done)
    assert one_after_another(done), "one deployment may have half of two workers"


def test_no_more_syncs_at_once_than_allowed_in_all(fleet, start_sandbox):
    server = fleet.server()
    sandboxes = [start_sandbox() for _ in range(3)]
    scenes = [scene_of(server, sandbox, ["a"]) for sandbox in sandboxes]
    syncs = [scene.start() for scene in scenes]
    with hold(sandboxes[0], ["createIndexes"], 1500), hold(sandboxes[1], ["createIndexes"], 1500), \
            hold(sandboxes[2], ["createIndexes"], 1500):
        for _ in range(2):
            fleet.worker(MIM_MAX_SYNCS=1)
        done = [scene.finished(sync_id) for scene, sync_id in zip(scenes, syncs)]
    assert one_after_another(done)
