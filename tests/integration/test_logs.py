"""The log as operators read it: one line an event, by fixed names that docs/logs.md tells all of."""
import json
import re
import signal

import pytest

import log_events
from client import Api
from scene import MISSING_ID, Scene, unique
from waiting import eventually

TEXT_LINE = re.compile(r'(\S+) (debug|info|warning|error) ([\w.]+)((?: [\w.]+=(?:"(?:[^"\\]|\\.)*"|[^\s"=]+))*)')
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
TRACE_FIELDS = {"trace.id", "transaction.id"}


def test_the_documentation_tells_every_event_and_field():
    assert log_events.in_documentation() == log_events.in_source()


def make_events(start_server, sandbox, **settings):
    """The log of a server that has done a bit of everything, with an odd name among it."""
    server = start_server(MIM_LOG_LEVEL="debug", **settings)
    api = Api(server.address).sign_up(unique("user"))
    api.get(f"/databases/{MISSING_ID}").expect(404)
    scene = Scene(api, sandbox)
    scene.db["odd"].insert_many([{"a": 1}, {"a": 1}])
    scene.define("odd", {"a": 1}, name='a "b" =\\ c', is_unique=True)
    sync = api.post("/indexes/sync-by-database", {"database_id": scene.id}).data["sync_id"]
    eventually(lambda: api.get(f"/indexes/sync-status/{sync}").data["status"] == "failed")
    assert server.stop(signal.SIGTERM) == 0
    return server.log_path.read_text()


def check(event, level, fields):
    documented = log_events.in_documentation()
    assert event in documented, f"{event} is not documented"
    levels, names = documented[event]
    assert level in levels and set(fields) - TRACE_FIELDS <= names, f"{event}: {level}, {sorted(fields)}"


def test_json_is_one_object_a_line(start_server, shared_sandbox):
    seen = set()
    for line in make_events(start_server, shared_sandbox, MIM_LOG_FORMAT="json").splitlines():
        entry = json.loads(line)
        assert list(entry)[:3] == ["time", "level", "event"] and TIME.fullmatch(entry["time"])
        check(entry["event"], entry["level"], list(entry)[3:])
        seen.add(entry["event"])
    assert {"serve.started", "http.request", "job_leased", "sync_operation_failed", "sync_finished", "serve.stopped"} <= seen


def test_text_is_one_line_an_event(start_server, shared_sandbox):
    for line in make_events(start_server, shared_sandbox, MIM_LOG_FORMAT="text").splitlines():
        found = TEXT_LINE.fullmatch(line)
        assert found and TIME.fullmatch(found.group(1)), f"no line of a log: {line!r}"
        check(found.group(3), found.group(2), re.findall(r" ([\w.]+)=", re.sub(r'"(?:[^"\\]|\\.)*"', "x", found.group(4))))


@pytest.mark.parametrize("least,written", [("error", False), ("info", True)])
def test_the_level_is_a_floor(start_server, least, written):
    server = start_server(MIM_LOG_LEVEL=least)
    assert server.stop() == 0
    assert ("serve.started" in server.log_path.read_text()) == written
