"""A target may repeat the credentials that it was sent: whatever tells of it, tells them to nobody."""
import json
import urllib.parse

import pytest
import requests

import planted
from apm_server import ApmServer
from client import BASES, Api
from echoing_server import AFTERWARDS, AT_SIGN_IN, BY_A_SHARD, IN_GREETINGS, EchoingServer
from processes import Server, command
from scene import Scene, unique
from waiting import eventually

PLAIN = "authMechanism=PLAIN&authSource=%24external"
SCRAM = "authMechanism=SCRAM-SHA-256"
OF_THIS_MACHINE = "authMechanism=MONGODB-AWS&authSource=%24external"
AWS = OF_THIS_MACHINE + "&authMechanismProperties=AWS_SESSION_TOKEN:{token}"
CASES = {
    "plain, at the sign-in": (PLAIN, AT_SIGN_IN), "plain, in later greetings": (PLAIN, IN_GREETINGS),
    "plain, afterwards": (PLAIN, AFTERWARDS), "plain, by a shard": (PLAIN, BY_A_SHARD), "scram, at the sign-in": (SCRAM, AT_SIGN_IN),
    "aws, at the sign-in": (AWS, AT_SIGN_IN), "aws, afterwards": (AWS, AFTERWARDS),
    "aws of this machine, at the sign-in": (OF_THIS_MACHINE, AT_SIGN_IN)}
TARGET_ERRORS = range(41200, 41300)


class Watched:
    """A server that tells all that it can tell, in its log and to an APM server, and may sign in as this machine."""

    def __init__(self, folder, logs):
        self.apm = ApmServer()
        self.settings = {
            "MIM_TARGET_BREAKER_FAILURES": 0, "MIM_AMBIENT_CREDENTIALS": "aws", "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "MIM_TARGET_ALLOW": "127.0.0.0/8,169.254.169.254", "AWS_SECRET_ACCESS_KEY": planted.new_password(),
            "AWS_SESSION_TOKEN": planted.new_awkward_password()}
        self.server = Server(folder, logs, MIM_LOG_LEVEL="debug", MIM_LOG_FORMAT="json", MIM_APM_SERVER_URL=self.apm.url,
                             MIM_RATE_USER=0, **self.settings)
        self.admin = Api(self.server.address).sign_up(unique("admin"))

    def told(self):
        page = requests.get(self.server.address + "/metrics", timeout=60).text
        return {"log": self.server.log(), "metrics": page, "traces": "".join(self.apm.bodies)}

    def stop(self):
        assert self.server.stop() == 0
        self.apm.stop()


@pytest.fixture(scope="module")
def watched(tmp_path_factory, logs):
    watched = Watched(tmp_path_factory.mktemp("echoing"), logs)
    yield watched
    watched.stop()


@pytest.fixture(params=CASES)
def echoed(request, watched):
    """A database at such a target; its credentials are of no use to the target, so all of it fails."""
    options, refuses = CASES[request.param]
    target = EchoingServer(refuses)
    user, password, token = (urllib.parse.quote(each, safe="") for each in (
        "ada@example.org/ops", planted.new_awkward_password(), planted.new_awkward_password()))
    sign_in = "" if options == OF_THIS_MACHINE else f"{user}:{password}@"
    api = Api(watched.server.address).sign_up(unique("user"))
    scene = Scene(api, None, uri=f"mongodb://{sign_in}{target.address}/?{options.format(token=token)}")
    scene.define("c", {"a": 1})
    scene.target = target
    yield scene
    target.close()
    # What a proof is made of is never sent.
    heard = any(planted.leaks(text) for text in target.heard)
    assert target.heard and heard == (options != SCRAM), "nothing was there to repeat"
    scene.api.delete(f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)


def refused(reply):
    """An error of the target; the client has looked for secrets in all of the answer."""
    assert reply.expect(412).body["error_code"] in TARGET_ERRORS
    return reply


def ask_everything(scene, api):
    """The answers of all calls that ask a target."""
    of_database = {"database_id": scene.id}
    asked = [api.post(f"/databases/{scene.id}/test")]
    for path in ("compare-by-database", "plan", "sync-from-database", "generate-script"):
        asked.append(api.post(f"/indexes/{path}", of_database))
    asked += [api.post("/indexes/compare-by-collections", {**of_database, "collections": ["c"]}),
              api.post("/databases/collections/list", {**of_database, "include_live": True})]
    new = {"name": unique("db"), "uri": scene.uri, "db_name": unique("t"), "is_test_connection": True}
    return [*asked, api.post("/databases", new), create_collection(scene, api)]


def create_collection(scene, api):
    return api.post("/databases/collections", {"database_id": scene.id, "collection": unique("c")})


def fail(scene):
    """Something that asks the target fails: a sync where only a shard refuses."""
    if scene.target.refuses != BY_A_SHARD:
        refused(scene.try_sync())
        return refused(create_collection(scene, scene.api)).body
    ended = scene.sync()
    assert ended["status"] == "failed"
    return ended


@pytest.mark.parametrize("base", BASES)
def test_no_answer_tells_them(echoed, base):
    api = echoed.api.again(base=base)
    statuses = [reply.status for reply in ask_everything(echoed, api)]
    if echoed.target.refuses != BY_A_SHARD:
        assert statuses.count(412) >= 5 and statuses[0] == 412, statuses
    shown = api.get(f"/databases/{echoed.id}").expect(200).data
    assert "***" in shown["uri"] or "@" not in shown["uri"]


def test_no_record_of_a_sync_and_no_entry_of_the_audit_log_tells_them(echoed, watched):
    assert not planted.leaks(json.dumps(fail(echoed)))

    def told():
        entries = watched.admin.post("/audit/list", {"database_id": echoed.id}).expect(200).data
        return entries if {entry["action"] for entry in entries} & {"collection.create", "sync.finish"} else None
    assert not planted.leaks(json.dumps(eventually(told, what="what was tried is told")))
    export = watched.admin.raw("GET", "/audit/export", params={"database_id": echoed.id})
    assert export.status_code == 200 and echoed.id in export.text and not planted.leaks(export.text)


@pytest.mark.parametrize("form", ["text", "json"])
def test_doctor_does_not_tell_them(echoed, watched, form):
    done = command("doctor", "--data", watched.server.data, "--output", form, **watched.settings)
    assert echoed.name in done.stdout, done.stdout + done.stderr
    assert not planted.leaks(done.stdout + done.stderr), done.stdout


def test_neither_log_nor_metrics_nor_traces_tell_them(echoed, watched):
    fail(echoed)
    watched.apm.wait_for("error")
    for place, text in watched.told().items():
        assert text and not planted.leaks(text), f"{place}: {planted.leaks(text)[:3]}"
