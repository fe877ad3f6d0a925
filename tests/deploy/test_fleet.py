"""The third shape with real processes: nginx before two servers and a worker, over one store and one queue."""
import json
import re

import pytest
import requests

import services
from client import Api
from proxy import Proxy
from scene import Scene, fail_point, unique
from waiting import eventually


@pytest.fixture(scope="module")
def fleet(tmp_path_factory, logs, mongodb, redis):
    folder = tmp_path_factory.mktemp("fleet")
    engines = {"MIM_STORE": mongodb + "fleet", "MIM_QUEUE": redis, "MIM_SECRET_KEYS": services.SEAL_KEY}
    running = []
    for number in (1, 2):
        running.append(services.start(f"server-{number}", ["serve"], {
            **engines, "MIM_WORKERS": "0", "MIM_LISTEN": "127.0.0.1:0", "MIM_DATA": folder / "keys",
            "MIM_TRUSTED_PROXIES": "127.0.0.1"}, logs))
    running.append(services.start("worker", ["worker"], {**engines, "MIM_DATA": folder / "worker"}, logs))
    running.append(Proxy(folder, running[:2]))
    yield running
    for process in reversed(running):
        process.kill()


@pytest.fixture
def api(fleet):
    proxy = fleet[-1]
    api = Api(proxy.address)
    api._session.verify = str(proxy.folder / "certificate.pem")
    return api.sign_up(unique("user"))


def events_of(response):
    """(name, data) of each event as it comes."""
    name = None
    for line in response.iter_lines(chunk_size=1, decode_unicode=True):
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def test_a_sync_asked_of_the_servers_is_run_by_the_worker(fleet, api, sandbox):
    scene = Scene(api, sandbox)
    scene.define("orders", {"customer_id": 1})
    assert scene.sync()["status"] == "completed"
    assert scene.names("orders") == {"customer_id_1"}
    asked = [server.log().count("http.request") for server in fleet[:2]]
    assert all(asked), f"nginx spoke to one server only: {asked}"


def test_events_arrive_through_the_proxy_while_the_sync_still_runs(api, sandbox):
    scene = Scene(api, sandbox)
    scene.define("orders", {"customer_id": 1})
    with fail_point(sandbox, ["createIndexes"], blockConnection=True, blockTimeMS=1500):
        sync = scene.start()
        with api.raw("GET", f"/indexes/sync-status/{sync}/events", stream=True) as response:
            events = events_of(response)
            name, first = next(events)
            assert name == "status" and not first["is_finished"], "the first event came only with the last"
            *_, (name, last) = events
    assert (name, last["status"]) == ("end", "completed")


class From(requests.adapters.HTTPAdapter):
    """A client with another address of this machine than the proxy's."""

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, source_address=("127.0.0.2", 0), **options)


def test_the_servers_are_told_who_the_client_is_by_the_proxy_not_by_the_client(fleet, api):
    api._session.mount("https://", From())
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    answer = api.raw("GET", "/auth/profile", headers=forged)
    assert answer.raw.headers.getlist("Strict-Transport-Security") == ["max-age=31536000"]
    number = answer.headers["X-Request-Id"]
    told = eventually(lambda: [line for server in fleet[:2] for line in server.log().splitlines()
                               if number in line and "http.request" in line], what="the request is logged")
    assert [re.search(r"from=(\S+)", line).group(1) for line in told] == ["127.0.0.2"]


def test_plain_http_is_sent_to_https(fleet):
    answer = requests.get(f"http://127.0.0.1:{fleet[-1].plain_port}/docs?a=b", allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://127.0.0.1/docs?a=b")


def test_metrics_stay_inside(api):
    assert api._session.get(api.address + "/metrics", timeout=10).status_code == 404
    assert api._session.get(api.address + "/healthz", timeout=10).status_code == 200


def test_a_large_body_is_refused_by_the_server_not_by_the_proxy(api):
    answer = api.raw("POST", "/indexes/plan", content=b" " * (1 << 20) + b"{}")
    assert answer.status_code == 413 and answer.json()["error"]


def test_the_log_of_the_proxy_tells_no_secret(fleet, api):
    api.raw("GET", f"/auth/profile?access_token={api.access}")
    eventually(lambda: "/auth/profile" in fleet[-1].log(), what="the request is logged")
    assert api.access not in fleet[-1].log() and "access_token" not in fleet[-1].log()


def test_the_other_server_answers_when_one_is_gone(fleet, api):
    fleet[0].kill()
    for _ in range(4):
        api.get("/auth/profile").expect(200)
