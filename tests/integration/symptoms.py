"""Every symptom of docs/troubleshooting.md, produced: each gives the line that a user sees."""
import re

import requests

from client import Api
from processes import command
from scene import Scene, fail_point, slow_builds
from waiting import eventually

SYMPTOMS = {}


def symptom(make):
    SYMPTOMS[make.__name__] = make
    return make


def refused_start(*arguments, **settings):
    done = command(*arguments, **settings)
    assert done.returncode != 0, done.stdout
    return done.stderr.strip().splitlines()[-1]


def told(reply):
    """The error of an answer, as its status and text."""
    assert reply.status >= 400, reply.text
    error = reply.body["error"]
    text = error if isinstance(error, str) else "; ".join(f"{field}: {said}" for field, said in error.items())
    return f"{reply.body['error_code']} {text}" + (f" ({reply.body['detail']})" if "detail" in reply.body else "")


@symptom
def folder_cannot_be_made(place):
    return refused_start("serve", "--data", "/proc/mim")


@symptom
def port_is_taken(place):
    return refused_start("serve", "--listen", place.server.address.removeprefix("http://"), "--data", place.folder / "data")


@symptom
def setting_is_misspelt(place):
    return refused_start("serve", "--data", place.folder / "data", MIM_WORKRS=3)


@symptom
def setting_has_a_bad_value(place):
    return refused_start("serve", "--data", place.folder / "data", MIM_WORKERS="many")


@symptom
def store_has_no_queue(place):
    return refused_start("serve", "--data", place.folder / "data", MIM_SECRET_KEYS="5a" * 32,
                         MIM_STORE="mongodb://127.0.0.1:1/db_manager")


@symptom
def registration_is_not_chosen(place):
    return refused_start("serve", "--data", place.folder / "data", "--listen", "0.0.0.0:8080")


@symptom
def store_has_no_keys(place):
    return refused_start("serve", "--data", place.folder / "data", MIM_QUEUE="redis://127.0.0.1:1",
                         MIM_STORE="mongodb://127.0.0.1:1/db_manager")


@symptom
def store_is_down(place):
    return refused_start("serve", "--data", place.folder / "data", MIM_QUEUE="redis://127.0.0.1:1",
                         MIM_SECRET_KEYS="5a" * 32,
                         MIM_STORE=f"mongodb://127.0.0.1:{place.closed_port}/db_manager")


@symptom
def data_file_is_damaged(place):
    (place.folder / "damaged").mkdir()
    (place.folder / "damaged" / "mim.db").write_bytes(b"no database of ours " * 400)
    return refused_start("serve", "--data", place.folder / "damaged")


@symptom
def store_is_lost(place):
    (place.folder / "lost").mkdir()
    command("keygen", "--secret-key", place.folder / "lost" / "secret.key")
    return refused_start("serve", "--data", place.folder / "lost")


@symptom
def key_is_damaged(place):
    key = place.folder / "key.pem"
    key.write_text("no key")
    return refused_start("serve", "--data", place.folder / "data", "--private-key", key, "--public-key", key)


@symptom
def key_would_be_replaced(place):
    command("keygen", "--out", place.folder / "keys")
    return refused_start("keygen", "--out", place.folder / "keys")


@symptom
def queue_is_down(place):
    server = place.start_server(MIM_QUEUE=f"redis://127.0.0.1:{place.closed_port}")
    text = requests.get(server.address + "/readyz", timeout=20).text
    return next(line for line in text.splitlines() if line.startswith("queue"))


@symptom
def token_is_of_another_server(place):
    other = Api(place.start_server(keys="own").address).sign_up("ada")
    return told(place.api.again(access=other.access).get("/auth/profile"))


@symptom
def target_is_down(place):
    scene = Scene(place.api, None, uri=f"mongodb://127.0.0.1:{place.closed_port}/?serverSelectionTimeoutMS=500")
    return told(scene.api.post(f"/databases/{scene.id}/test"))


@symptom
def target_does_not_answer(place):
    server = place.start_server(MIM_TARGET_DEADLINE_SECONDS=1, MIM_TARGET_CONNECT_TIMEOUT_MS=1000)
    scene = Scene(Api(server.address).sign_up("ada"), None, uri=f"mongodb://127.0.0.1:{place.silent_port}/")
    return told(scene.api.post(f"/databases/{scene.id}/test"))


@symptom
def target_refuses_the_password(place):
    sandbox = place.start_sandbox(auth="ada:right")
    scene = Scene(place.api, None, uri=f"mongodb://ada:wr0ng@127.0.0.1:{sandbox.port}/")
    return told(scene.api.post(f"/databases/{scene.id}/test"))


@symptom
def target_user_lacks_a_privilege(place):
    scene = Scene(place.api, place.sandbox, db_name="team_shop")
    scene.define("orders", {"a": 1})
    scene.db["orders"].insert_one({})
    with fail_point(place.sandbox, ["listIndexes"], errorCode=13):
        return told(scene.api.post("/indexes/compare-by-database", {"database_id": scene.id}))


@symptom
def plan_has_changed(place):
    scene = Scene(place.api, place.sandbox)
    scene.define("orders", {"a": 1})
    seen = scene.plan()["fingerprint"]
    scene.define("orders", {"b": 1})
    return told(scene.try_sync(fingerprint=seen))


@symptom
def a_sync_runs_already(place):
    scene = Scene(place.api, place.sandbox)
    scene.define("orders", {"a": 1})
    with fail_point(place.sandbox, ["createIndexes"], blockConnection=True, blockTimeMS=400):
        first = scene.start()
        line = told(scene.try_sync())
    scene.finished(first)
    return line


@symptom
def unique_index_meets_duplicates(place):
    scene = Scene(place.api, place.sandbox)
    scene.db["people"].insert_many([{"email": "a"}, {"email": "a"}])
    scene.define("people", {"email": 1}, is_unique=True)
    sync = scene.sync()
    assert sync["status"] == "failed"
    return next(record["error"] if isinstance(record["error"], str) else record["error"]["message"]
                for record in sync["records"] if record.get("error"))


def message_of_record(sync):
    assert sync["status"] == "failed", sync
    return sync["records"][0]["error"]["message"]


@symptom
def somebody_ended_the_build(place):
    scene = Scene(place.api, place.start_sandbox())
    scene.define("orders", {"a": 1})
    with slow_builds(scene.sandbox, 600_000):
        sync_id = scene.start()
        eventually(lambda: scene.names("orders") == {"a_1"})
        scene.db.orders.drop_index("a_1")
        return message_of_record(scene.finished(sync_id)).partition(" The server says")[0]


@symptom
def the_member_is_not_the_primary(place):
    scene = Scene(place.api, place.sandbox)
    scene.define("orders", {"a": 1})
    with fail_point(place.sandbox, ["createIndexes"], errorCode=10107):
        return message_of_record(scene.sync()).partition(" The server says")[0]


@symptom
def nothing_is_defined(place):
    return told(Scene(place.api, place.sandbox).try_sync())


def without_names(line):
    """Ids, paths and ports differ from run to run, the words of libraries from version to version; the page shows …"""
    line = re.sub(r"\((the MongoDB driver|SQLite): .*\)$", r"(\1: …)", line)
    line = re.sub(r"(/[\w.-]+){2,}/", "…/", line)
    line = re.sub(r"\b[0-9a-f]{24}\b", "…", line)
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:…", line)
