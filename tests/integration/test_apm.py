"""Traces for an APM server: what is sent, what is not, and what it costs when that server is slow, full or gone."""
import re
import signal

import pytest
import requests

import planted
from apm_server import ApmServer
from certificates import Authority
from client import Api
from processes import command
from redis_server import Redis, Worker, metric
from scene import MISSING_ID, Scene, unique
from waiting import eventually

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
FAILED, FULL = ('mim_apm_events_total{outcome="dropped_not_taken"}', 'mim_apm_events_total{outcome="dropped_queue_full"}')


@pytest.fixture
def start_apm():
    started = []

    def start(**options):
        started.append(ApmServer(**options))
        return started[-1]

    yield start
    for server in started:
        server.stop()
        server.check_all()


@pytest.fixture
def apm(start_apm):
    return start_apm()


def traced(start_server, apm, **settings):
    server = start_server(MIM_APM_SERVER_URL=apm.url, **settings)
    return server, Api(server.address).sign_up(unique("user"))


def find(apm, name, **fields):
    return apm.wait_for("transaction", name=name, **fields)


def test_a_request_is_a_transaction_with_its_spans(start_server, apm):
    server, api = traced(start_server, apm, MIM_APM_SERVICE_NAME="index manager", MIM_APM_ENVIRONMENT="staging",
                         MIM_LOG_FORMAT="json")
    reply = api.get(f"/databases/{MISSING_ID}").expect(404)
    transaction = find(apm, "GET /databases/:id")
    assert transaction["type"] == "request" and transaction["result"] == "HTTP 4xx"
    assert transaction["outcome"] == "success" and transaction["sampled"] is True and transaction["sample_rate"] == 1
    assert transaction["context"]["response"]["status_code"] == 404
    assert transaction["context"]["tags"]["request_id"] == reply.headers["X-Request-Id"]
    span = apm.wait_for("span", transaction_id=transaction["id"], name="store.databases.get")
    assert span["parent_id"] == transaction["id"] and span["trace_id"] == transaction["trace_id"]
    assert span["subtype"] == "sqlite" and span["outcome"] == "success"
    assert transaction["timestamp"] <= span["timestamp"]
    assert span["duration"] <= transaction["duration"]
    assert reply.headers["traceresponse"] == f"00-{transaction['trace_id']}-{transaction['id']}-01"
    assert apm.metadata["service"]["name"] == "index manager" and apm.metadata["service"]["environment"] == "staging"
    line = next(line for line in server.log().splitlines()
                if reply.headers["X-Request-Id"] in line and "http.request" in line)
    assert f'"user":"{transaction["context"]["user"]["id"]}"' in line
    assert f'"trace.id":"{transaction["trace_id"]}"' in line and f'"transaction.id":"{transaction["id"]}"' in line


def test_a_callers_trace_is_followed(start_server, apm):
    _, api = traced(start_server, apm)
    reply = api.get("/auth/profile", headers={"traceparent": f"00-{TRACE}-{PARENT}-01", "tracestate": "x=1,es=s:0.25"})
    transaction = apm.wait_for("transaction", trace_id=TRACE)
    assert transaction["parent_id"] == PARENT and transaction["sampled"] and transaction["sample_rate"] == 0.25
    assert reply.headers["traceresponse"].startswith(f"00-{TRACE}-{transaction['id']}-01")
    api.get("/auth/profile", headers={"traceparent": f"00-{TRACE[::-1]}-{PARENT}-00"})
    unsampled = apm.wait_for("transaction", trace_id=TRACE[::-1])
    assert not unsampled["sampled"] and not apm.of("span", trace_id=TRACE[::-1])


@pytest.mark.parametrize("header", [f"00-{'0' * 32}-{PARENT}-01", f"00-{TRACE}-{PARENT}-01-more", f"ff-{TRACE}-{PARENT}-01",
                                    f"00-{TRACE.upper()}-{PARENT}-01", "nonsense"])
def test_a_bad_traceparent_begins_a_new_trace(start_server, apm, header):
    _, api = traced(start_server, apm)
    shown = api.get("/auth/profile", headers={"traceparent": header}).expect(200).headers["traceresponse"]
    assert TRACE not in shown and "parent_id" not in apm.wait_for("transaction", trace_id=shown.split("-")[1])


def test_a_callers_trace_can_be_left(start_server, apm):
    _, api = traced(start_server, apm, MIM_APM_CONTINUATION="restart", MIM_APM_SAMPLE_RATE=1)
    api.get("/auth/profile", headers={"traceparent": f"00-{TRACE}-{PARENT}-00"})
    transaction = eventually(lambda: next((one for one in apm.of("transaction") if "links" in one), None), 15)
    assert transaction["links"] == [{"trace_id": TRACE, "span_id": PARENT}] and transaction["sampled"]
    assert transaction["trace_id"] != TRACE and "parent_id" not in transaction


def test_a_sync_is_a_transaction_that_its_request_points_to(start_server, apm, shared_sandbox):
    _, api = traced(start_server, apm)
    scene = Scene(api, shared_sandbox)
    scene.define("orders", {"a": 1})
    sync = api.post("/indexes/sync-by-database", {"database_id": scene.id}).expect(200, 201, 202).data["sync_id"]
    run = find(apm, "sync")
    assert run["type"] == "backgroundjob" and run["result"] == "completed" and run["outcome"] == "success"
    assert run["context"]["tags"] == {"sync_id": sync, "attempt": "1"} and sync in run["trace_id"]
    submit = apm.wait_for("span", name="store.syncs.submit")
    assert submit["links"] == [{"trace_id": run["trace_id"], "span_id": run["id"]}]
    names = {span["name"] for span in apm.of("span", transaction_id=run["id"])}
    assert {"store.progress.claim", "target.indexes.read", "target.indexes.create", "store.progress.finish"} <= names
    created = apm.wait_for("span", transaction_id=run["id"], name="target.indexes.create")
    assert created["subtype"] == "mongodb" and created["context"]["destination"]["service"]["resource"] == "mongodb/target"
    assert run["span_count"]["started"] == len(apm.of("span", transaction_id=run["id"]))


def test_a_target_that_is_down_is_an_error(start_server, apm, closed_port):
    _, api = traced(start_server, apm)
    password = planted.new_password()
    scene = Scene(api, None, uri=f"mongodb://someone:{password}@127.0.0.1:{closed_port}/?serverSelectionTimeoutMS=500")
    api.post("/indexes/compare-by-database", {"database_id": scene.id})
    error = apm.wait_for("error")
    span = apm.wait_for("span", id=error["parent_id"])
    assert span["name"].startswith("target.") and span["outcome"] == "failure"
    assert error["exception"]["type"] == "target_unreachable" and error["culprit"] in span["name"]
    assert error["transaction_id"] == span["transaction_id"]


def test_nothing_secret_and_no_content_is_sent(start_server, apm, start_sandbox):
    token, password = planted.new_password(), planted.new_password()
    server, api = traced(start_server, apm, MIM_APM_SECRET_TOKEN=token)
    sandbox = start_sandbox(auth=f"someone:{password}")
    uri = f"mongodb://someone:{password}@{sandbox.host}:{sandbox.port}/"
    scene = Scene(api, None, uri=uri, db_name="contents")
    scene.define("orders_of_somebody", {"a_field": 1})
    sync = api.post("/indexes/sync-by-database", {"database_id": scene.id}).data["sync_id"]
    eventually(lambda: api.get(f"/indexes/sync-status/{sync}").data["status"] in ("completed", "failed"))
    Scene(api, None, uri=f"mongodb://someone:{planted.new_password()}@{sandbox.host}:{sandbox.port}/")
    api.get(f"/databases/{MISSING_ID}?password={password}", headers={"X-Something": password})
    find(apm, "sync")
    assert server.stop() == 0
    assert apm.headers[-1]["Authorization"] == f"Bearer {token}"
    sent = "".join(apm.bodies)
    assert not planted.leaks(sent) and not planted.leaks(server.log())
    for content in ("orders_of_somebody", "a_field", "contents", uri, api.username, api.password):
        assert content not in sent, content
    # As a number by itself: a longer one, such as a time, holds its digits by chance.
    assert not re.search(rf"\b{sandbox.port}\b", sent)


def test_an_api_key_is_the_other_way_in(start_server, apm):
    key = planted.new_password()
    traced(start_server, apm, MIM_APM_API_KEY=key)
    apm.wait_for("transaction")
    assert apm.headers[0]["Authorization"] == f"ApiKey {key}"


@pytest.mark.parametrize("version", ["7.17.0", "8.15.1", None])
def test_what_is_not_sampled_is_for_old_servers(start_server, start_apm, version):
    apm = start_apm(version=version)
    server, api = traced(start_server, apm, MIM_APM_SAMPLE_RATE=0)
    api.get("/auth/profile", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
    apm.wait_for("transaction", trace_id=TRACE)
    assert server.stop() == 0
    others = [one for one in apm.of("transaction") if one["trace_id"] != TRACE]
    assert bool(others) == (version != "8.15.1") and not any(one["sampled"] for one in others)


def test_a_silent_server_keeps_nobody_waiting(start_server, apm):
    apm.says = "nothing"
    server, api = traced(start_server, apm, MIM_APM_TIMEOUT_SECONDS=600, MIM_GRACE_SECONDS=2)
    eventually(lambda: apm.asked, 15, what="it is asked")
    for _ in range(30):
        api.get("/auth/profile").expect(200)
    # Ten minutes of patience with the server, but two of grace.
    assert server.stop() == 0


@pytest.mark.parametrize("status", [503, 401, 400])
def test_a_server_that_refuses_costs_the_events_only(start_server, apm, status):
    apm.says = status
    server, api = traced(start_server, apm)
    eventually(lambda: api.get("/auth/profile").expect(200) and apm.asked >= 2, 15, 0.2, what="it is asked again")
    assert eventually(lambda: metric(api, FAILED))
    apm.says = 202
    eventually(lambda: api.get("/auth/profile").expect(200) and apm.of("transaction"), 15, 0.2)
    assert eventually(lambda: "apm.restored" in server.log())
    assert server.log().count("apm.failed") == 1 and f"HTTP {status}" in server.log()


def test_a_server_that_is_gone_and_comes_back(start_server, start_apm):
    first = start_apm()
    server, api = traced(start_server, first)
    first.wait_for("transaction")
    first.stop()
    eventually(lambda: api.get("/auth/profile").expect(200) and "apm.failed" in server.log(), 15, 0.2)
    second = start_apm(held=first.held)
    eventually(lambda: api.get("/auth/profile").expect(200) and second.of("transaction"), 20, 0.2)
    assert metric(api, FAILED) > 0


def test_a_full_queue_drops_and_counts(start_server, apm):
    apm.says = "nothing"
    server, api = traced(start_server, apm, MIM_APM_QUEUE_EVENTS=1000, MIM_APM_TIMEOUT_SECONDS=600, MIM_GRACE_SECONDS=1)
    eventually(lambda: apm.asked, 15, what="it is asked")
    session = requests.Session()
    for _ in range(2000):
        assert session.get(server.address + "/healthz", timeout=20).status_code == 200
    dropped = metric(api, FULL)
    assert 900 <= dropped <= 2100
    assert server.stop() == 0


def test_what_waits_is_sent_at_the_end(start_server, apm):
    server, api = traced(start_server, apm)
    api.get(f"/indexes/{MISSING_ID}").expect(404)
    assert server.stop(signal.SIGTERM) == 0
    assert apm.of("transaction", name="GET /indexes/:id")


def test_a_certificate_is_checked(start_server, start_apm, tmp_path):
    authority = Authority(tmp_path)
    apm = start_apm(certificate=authority.issue("apm"))
    trusting, _ = traced(start_server, apm, MIM_APM_CA_FILE=authority.file)
    apm.wait_for("transaction", name="POST /auth/register")
    assert trusting.stop() == 0 and "apm.failed" not in trusting.log()
    asked = apm.asked
    doubting, _ = traced(start_server, apm)
    eventually(lambda: "apm.failed" in doubting.log(), 15)
    assert apm.asked == asked


def test_workers_apart_are_in_the_same_trace(start_server, apm, tmp_path, logs, start_sandbox):
    """What runs in another process, and only when its turn has come, is in the trace of its sync; once."""
    redis = Redis(tmp_path / "redis", planted.new_password())
    settings = {"MIM_QUEUE": redis.uri, "MIM_APM_SERVER_URL": apm.url, "MIM_FEED_INTERVAL_SECONDS": 1}
    worker = Worker(tmp_path / "shared", logs, MIM_WORKERS=2, MIM_SYNCS_PER_TARGET=1, MIM_APM_SERVICE_NAME="worker", **settings)
    server = start_server(tmp_path / "shared", MIM_WORKERS=0, **settings)
    api, sandbox = Api(server.address).sign_up(unique("user")), start_sandbox(latency_ms=20)
    syncs = set()
    for _ in range(3):
        scene = Scene(api, sandbox)
        scene.define("orders", {"a": 1})
        syncs.add(api.post("/indexes/sync-by-database", {"database_id": scene.id}).data["sync_id"])
    eventually(lambda: len(apm.of("transaction", name="sync", result="completed")) == 3, 30)
    runs = apm.of("transaction", name="sync")
    assert {run["trace_id"].removeprefix("6d696d73") for run in runs} == syncs and len(runs) == 3
    assert {link["trace_id"] for span in apm.of("span", name="store.syncs.submit") for link in span["links"]} == {
        run["trace_id"] for run in runs}
    offers = apm.of("span", name="queue.jobs.offer")
    assert offers and all(span["subtype"] == "redis" for span in offers)
    assert server.stop() == 0 and worker.stop() == 0
    redis.kill()
    assert not planted.leaks("".join(apm.bodies))


def test_without_a_server_nothing_is_traced(start_server, shared_server):
    reply = requests.get(shared_server.address + "/healthz", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"}, timeout=20)
    assert "traceresponse" not in reply.headers
    assert "trace.id" not in shared_server.log() and TRACE not in shared_server.log()


@pytest.mark.parametrize("setting,value,word", [
    ("MIM_APM_SERVER_URL", "ftp://127.0.0.1/", "--apm-server-url"),
    ("MIM_APM_SERVER_URL", "http://u:S3cr3t-in-a-url@127.0.0.1/", "--apm-server-url"),
    ("MIM_APM_SERVICE_NAME", "a/b", "--apm-service-name"),
    ("MIM_APM_SECRET_TOKEN", "S3cr3t-with\nX-Header: 1", "--apm-secret-token"),
    ("MIM_APM_SAMPLE_RATE", "1.5", "--apm-sample-rate"),
])
def test_bad_settings_are_told_without_their_secrets(tmp_path, setting, value, word):
    settings = {"MIM_APM_SERVER_URL": "http://127.0.0.1:1", setting: value}
    done = command("serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "data", **settings)
    assert done.returncode != 0 and word in done.stderr and "S3cr3t" not in done.stderr + done.stdout
