"""The main job, start to end, through the HTTP API: a database drifts, mim finds it and repairs it.

Starts an in-memory MongoDB stand-in (or uses --target) and `mim serve` with its embedded store and queue, both on
loopback, and leaves them running until Ctrl-C (or ends with --oneshot). Exits 0 only if every step worked.
"""
import argparse
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
BINARY = os.environ.get("MIM_DEMO_BINARY", str(HERE.parent / "build" / "mim"))
COLOUR = sys.stdout.isatty()

# What the team wants, beyond what it will import: (collection, keys, options, why it drifted).
DEFINITIONS = [
    ("orders", [("customer_id", 1), ("created_at", -1)], {}, "forgotten on this deployment"),
    ("orders", [("status", 1)], {"partial_filter_expression": {"status": {"$exists": True}}},
     "live without its filter"),
    ("customers", [("email", 1)], {"is_unique": True}, "as it should be"),
    ("products", [("sku", 1)], {"is_unique": True}, "live, but not unique"),
    ("products", [("category", 1), ("price", 1)], {"collation": {"locale": "en", "strength": 2}}, "forgotten"),
    ("sessions", [("last_seen", 1)], {"expire_after_seconds": 3600}, "live with a TTL of a day"),
]
PRODUCT_SEARCH = ("products", "product_search", [("title", "text"), ("description", "text")],
                  {"weights": {"title": 10, "description": 2}}, "live without the description")
# Live indexes that nobody wants any more; imported, then taken out of the registry by hand.
UNWANTED = [("orders", "tmp_incident_2024"), ("sessions", "user_agent_1")]


class DemoFailure(Exception):
    """A step did not go as it must."""


def paint(code, text):
    return f"\033[{code}m{text}\033[0m" if COLOUR else text


def step(text):
    print(paint("1", f"\n▸ {text}"), flush=True)


def say(text):
    print(f"  {text}", flush=True)


def describe(keys):
    return "{ " + ", ".join(f"{k['field']}: {json.dumps(k['value'])}" for k in keys) + " }"


class Child:
    """A process of ours that prints one line when it is ready."""

    def __init__(self, arguments, log):
        self.name = arguments[1]
        self.log = log
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MIM_")}
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=open(log, "w"), text=True,
                                        env=environment, start_new_session=True)
        line = self.process.stdout.readline().strip()
        if "listening on" not in line:
            raise DemoFailure(f"{self.name} did not start: {pathlib.Path(log).read_text().strip() or line}")
        self.address = line.rsplit(" ", 1)[1].removeprefix("http://")

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise DemoFailure(f"{self.name} did not stop in time") from None
        return self.process.returncode


class Api:
    """The HTTP contract, as little of it as the demo needs."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address, timeout=60)
        self.token = None

    def call(self, method, path, body=None, expect=(200, 201)):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self.connection.request(method, "/api/v1" + path, json.dumps(body) if body is not None else None, headers)
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        if response.status not in expect:
            raise DemoFailure(f"{method} {path} answered {response.status}: {json.dumps(answer.get('error'))}")
        return answer.get("data")


def register(api):
    step("Register and log in")
    password = secrets.token_urlsafe(18)
    name = "demo_" + secrets.token_hex(3)
    api.call("POST", "/auth/register", {"username": name, "email": f"{name}@example.com", "password": password})
    api.token = api.call("POST", "/auth/login", {"identity": name, "password": password})["access_token"]
    say(f"user {name} holds an RS256 access token of {len(api.token)} characters")


def add_database(api, uri, db_name):
    step("Add the database")
    answer = api.call("POST", "/databases/", {
        "name": f"shop ({db_name})", "description": "the demo's target", "uri": uri, "db_name": db_name,
        "is_test_connection": True})
    tested = api.call("POST", f"/databases/{answer['id']}/test")
    say(f"connected: MongoDB {tested['server_version']}, {tested['topology']}, {tested['latency_ms']} ms")
    return answer["id"]


def declare(api, database, left_out):
    step("Declare the indexes that every deployment should have")
    drafts = [(collection, "", keys, options, why) for collection, keys, options, why in DEFINITIONS]
    if PRODUCT_SEARCH[:2] not in left_out:
        drafts.append((PRODUCT_SEARCH[0], PRODUCT_SEARCH[1], *PRODUCT_SEARCH[2:]))
    for collection, name, keys, options, why in drafts:
        pairs = [{"field": field, "value": value} for field, value in keys]
        api.call("POST", "/indexes/", {"database_id": database, "collection": collection, "name": name, "keys": pairs,
                                       "options": options})
        say(f"{collection:<10} {describe(pairs):<44} {why}")


def import_live(api, database):
    step("Import what is live and not declared yet")
    report = api.call("POST", "/indexes/sync-from-database", {"database_id": database})
    say(f"{report['imported_count']} imported, {report['skipped_count']} already declared")
    for collection, name in UNWANTED:
        page = api.call("POST", "/indexes/list-by-collection", {"database_id": database, "collection": collection})
        for index in page:
            if index["name"] == name:
                api.call("DELETE", f"/indexes/{index['id']}")
                say(f"{collection}.{name} is not wanted any more: taken out of the registry")


def compare(api, database):
    rows = api.call("POST", "/indexes/compare-by-database", {"database_id": database})
    totals = {kind: 0 for kind in ("missing", "changed", "redundant", "matched")}
    for row in rows:
        for kind in totals:
            totals[kind] += len(row[f"{kind}_indexes"])
        for index in row["missing_indexes"]:
            say(paint("32", f"+ {row['collection']}.{index['name']}") + " is missing")
        for index in row["changed_indexes"]:
            changes = ", ".join(f"{d['option']}: {json.dumps(d['database'])} → {json.dumps(d['registry'])}"
                                for d in index["differences"])
            say(paint("33", f"~ {row['collection']}.{index['name']}") + f" differs ({changes}): {index['resolution']}")
        for index in row["redundant_indexes"]:
            say(paint("31", f"- {row['collection']}.{index['name']}") + " is not in the registry")
    say(", ".join(f"{count} {kind}" for kind, count in totals.items()))
    return totals


def bar(percent):
    filled = round(percent / 100 * 30)
    return "█" * filled + "░" * (30 - filled) + f" {percent:3d} %"


def synchronise(api, database):
    step("Plan: what a sync would do")
    plan = api.call("POST", "/indexes/plan", {"database_id": database})
    for number, operation in enumerate(plan["operations"], 1):
        say(f"{number}. {operation['action']:<7} {operation['collection']}.{operation['index']}"
            f" [{operation['risk']}] {operation['reason']}")
    step("Sync, exactly that plan")
    sync = api.call("POST", "/indexes/sync-by-database",
                    {"database_id": database, "fingerprint": plan["fingerprint"]})["sync_id"]
    follow(api, sync)


def follow(api, sync):
    shown = None
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        status = api.call("GET", f"/indexes/sync-status/{sync}")
        line = f"  {bar(status['progress'])}  {status['completed_tasks']}/{status['total_tasks']} {status['status']}"
        if line != shown:
            print(f"\r{line:<70}" if COLOUR else line, end="" if COLOUR else "\n", flush=True)
            shown = line
        if status["is_finished"]:
            break
        time.sleep(0.1)
    if COLOUR:
        print()
    if status["status"] != "completed":
        failed = [r for r in status["records"] if r["status"] != "completed"]
        raise DemoFailure(f"the sync ended as {status['status']}: {status['error']} {json.dumps(failed)}")
    for record in status["records"]:
        say(paint("32", "✔") + f" {record['action']:<7} {record['collection']}.{record['index']}")


def main_job(api, uri, db_name, left_out):
    register(api)
    database = add_database(api, uri, db_name)
    declare(api, database, left_out)
    import_live(api, database)
    step("Compare the registry with the live database")
    before = compare(api, database)
    if not (before["missing"] and before["changed"] and before["redundant"]):
        raise DemoFailure("the seeded drift was not found")
    synchronise(api, database)
    step("Compare again")
    after = compare(api, database)
    if after["missing"] or after["changed"] or after["redundant"]:
        raise DemoFailure("drift is left after the sync")
    say(paint("32", "No drift."))
    return database


def seed_target(client, db_name):
    """The seed of the sandbox, in a scratch database of a real deployment. Answers the (collection, index) pairs that
    the server cannot hold: not every server that speaks MongoDB's protocol knows every kind of index."""
    from pymongo.errors import OperationFailure

    database = client[db_name]
    left_out = set()
    seed = json.loads((HERE / "demo-seed.json").read_text())["databases"]["shop"]
    for collection, content in seed.items():
        database.create_collection(collection)
        if isinstance(content["documents"], list):
            database[collection].insert_many(content["documents"])
        for index in content["indexes"]:
            try:
                database.command({"createIndexes": collection, "indexes": [index]})
            except OperationFailure as refusal:
                left_out.add((collection, index["name"]))
                say(f"left out: {collection}.{index['name']}, which this server refuses: {refusal.details['errmsg']}")
    return left_out


def prepare_target(options, db_name):
    """A client of the deployment, and what its server cannot hold. Leaves nothing behind when it fails."""
    import pymongo
    from pymongo.errors import PyMongoError

    step(f"Seed the scratch database {db_name} with drift")
    reached = False
    try:
        client = pymongo.MongoClient(options.target, serverSelectionTimeoutMS=10_000)
        client.admin.command("ping")
        reached = True
        return client, seed_target(client, db_name)
    except PyMongoError as error:
        if reached:
            drop_scratch(client, db_name)
        raise DemoFailure(f"the deployment cannot be {'seeded' if reached else 'reached'}: {error}") from None


def drop_scratch(client, db_name):
    from pymongo.errors import PyMongoError

    try:
        client.drop_database(db_name)
        say(f"dropped the scratch database {db_name}")
    except PyMongoError as error:
        say(f"the scratch database {db_name}, if it was made, is still there: {type(error).__name__}")


def run(options, folder):
    children, client, left_out = [], None, set()
    db_name = "shop"
    try:
        if options.target:
            db_name = "mim_demo_" + secrets.token_hex(4)
            client, left_out = prepare_target(options, db_name)
            uri = options.target
        else:
            step("Start a MongoDB stand-in whose indexes have drifted")
            sandbox = Child([BINARY, "sandbox", "--listen", "127.0.0.1:0", "--latency-ms", "5", "--seed",
                             str(HERE / "demo-seed.json")], f"{folder}/sandbox.log")
            children.append(sandbox)
            uri = f"mongodb://{sandbox.address}/?directConnection=true"
            say(uri)
        step("Start mim serve with its embedded store and queue")
        server = Child([BINARY, "serve", "--listen", options.listen, "--data", f"{folder}/data"],
                       f"{folder}/serve.log")
        children.append(server)
        say(f"http://{server.address}")
        main_job(Api(server.address), uri, db_name, left_out)
        if not options.oneshot:
            wait_for_interrupt(server, uri if not options.target else "your deployment")
    finally:
        if client is not None:
            drop_scratch(client, db_name)
        codes = [child.stop() for child in reversed(children)]
    if any(codes):
        raise DemoFailure(f"a process did not stop cleanly: {codes}")


def wait_for_interrupt(server, uri):
    print(paint("1", f"\nRunning: http://{server.address}  (API under /api/v1, pages: /docs /healthz /metrics)"))
    print(f"Target:  {uri}\nPress Ctrl-C to stop.", flush=True)
    try:
        server.process.wait()
        raise DemoFailure("mim serve ended by itself")
    except KeyboardInterrupt:
        print("\nstopping …")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--oneshot", action="store_true", help="end after the job")
    parser.add_argument("--target", help="URI of a real deployment; a scratch database there is made and dropped")
    parser.add_argument("--listen", default="127.0.0.1:0", help="address of mim serve")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="mim-demo-")
    try:
        run(options, folder)
    except DemoFailure as failure:
        print(paint("31", f"\ndemo failed: {failure}"), file=sys.stderr)
        for log in sorted(pathlib.Path(folder).glob("*.log")):
            print(f"--- {log.name}\n" + "\n".join(log.read_text().splitlines()[-15:]), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(paint("1", "\nThe demo worked."))
    return 0


sys.exit(main())
