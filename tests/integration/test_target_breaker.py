"""A deployment that fails is left alone for a while: it costs only itself, and it is used again when it is back."""
import pytest

from client import Api
from redis_server import metric
from scene import Scene, fail_point, hold, unique
from waiting import eventually

TIMEOUT, PAUSED = 41203, 41206
LONG = 3600


@pytest.fixture
def start_api(start_server):
    """A user of a server whose breakers open at the first failure and rest so long."""
    def start(pause, **settings):
        server = start_server(MIM_TARGET_BREAKER_FAILURES=1, MIM_TARGET_BREAKER_PAUSE_SECONDS=pause,
                              MIM_TARGET_DEADLINE_SECONDS=3, **settings)
        return Api(server.address).sign_up(unique("user"))
    return start


def compare(scene):
    scene.try_define("c", {"a": 1})  # of a collection that nobody knows there would be nothing to compare
    return scene.api.post("/indexes/compare-by-collections", {"database_id": scene.id, "collections": ["c"]})


def number_of(reply):
    return reply.expect(412).body["error_code"]


def breakers(api):
    return {state: metric(api, f'mim_target_breakers{{state="{state}"}}') for state in ("closed", "open", "half_open")}


def test_a_target_that_hangs_costs_only_itself(start_api, own_sandbox, shared_sandbox):
    api = start_api(LONG)
    hanging, neighbour, other = Scene(api, own_sandbox), Scene(api, own_sandbox), Scene(api, shared_sandbox)
    with hold(own_sandbox, ["listCollections"], 60_000):
        assert number_of(compare(hanging)) == TIMEOUT
        for scene in (hanging, neighbour, hanging):
            reply = compare(scene)
            assert number_of(reply) == PAUSED and "listCollections" in reply.error and "tried again in" in reply.error
        assert number_of(hanging.try_sync(["c"], option_extra=2)) == PAUSED
        compare(other).expect(200)
        assert breakers(api) == {"closed": 1, "open": 1, "half_open": 0}
        assert metric(api, 'mim_target_calls_total{call="probe",result="target_paused"}') == 4
        # The user's own test really tries, and a server that greets is given one more try.
        assert api.post(f"/databases/{hanging.id}/test").expect(200).data["ok"] is True
        assert number_of(compare(neighbour)) == TIMEOUT
        assert number_of(compare(hanging)) == PAUSED
    assert number_of(compare(hanging)) == PAUSED, "it is back, but nobody knows yet"
    api.post(f"/databases/{neighbour.id}/test").expect(200)
    compare(hanging).expect(200)
    assert breakers(api) == {"closed": 2, "open": 0, "half_open": 0}
    assert metric(api, "mim_target_breaker_openings_total") == 2


def test_a_test_of_a_dead_target_really_tries(start_api, closed_port):
    api = start_api(LONG)
    scene = Scene(api, None, uri=f"mongodb://127.0.0.1:{closed_port}/")
    for _ in range(2):
        assert number_of(api.post(f"/databases/{scene.id}/test")) == 41200
    assert number_of(compare(scene)) == PAUSED


def test_it_is_used_again_after_the_pause(start_api, own_sandbox):
    scene = Scene(start_api(1), own_sandbox)
    with fail_point(own_sandbox, ["listCollections"], closeConnection=True):
        assert number_of(compare(scene)) == 41200
    eventually(lambda: compare(scene).status == 200, what="the target is used again")


def test_a_sync_waits_for_the_pause_and_is_not_lost(start_api, own_sandbox):
    scene = Scene(start_api(1), own_sandbox)
    scene.define("c", {"x": 1})
    scene.db.c.create_index("old")
    with fail_point(own_sandbox, ["createIndexes"], {"times": 1}, closeConnection=True):
        sync = scene.sync()
    assert sync["status"] == "completed", sync
    assert scene.names("c") == {"x_1"}
    assert metric(scene.api, "mim_target_breaker_openings_total") == 1


def test_a_sync_of_a_target_that_stays_away_ends_as_failed(start_api, own_sandbox):
    scene = Scene(start_api(1), own_sandbox)
    scene.define("c", {"x": 1})
    with fail_point(own_sandbox, ["createIndexes"], closeConnection=True):
        sync = scene.finished(scene.start(), 60)
    assert sync["status"] == "failed" and scene.names("c") == set()
    assert [row["error"]["name"] for row in sync["records"]] == ["target_outcome_unknown"]


def test_idle_connections_are_closed_without_traffic(start_api, own_sandbox):
    api = start_api(LONG, MIM_TARGET_IDLE_SECONDS=1)
    scene = Scene(api, own_sandbox)
    compare(scene).expect(200)
    pools = ['mim_target_pools{state="idle"}', 'mim_target_pools{state="in_use"}']
    eventually(lambda: [metric(api, name) for name in pools] == [0, 0], what="nobody uses it, so its connections are closed")
    assert metric(api, "mim_target_clients_leased") == 0
    compare(scene).expect(200)
