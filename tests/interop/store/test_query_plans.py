"""Each question that the server asks its store on MongoDB finds its documents by an index: every command of a whole trip is
noted on its way, and its filter held to the indexes that the store has: it must give the first field of one a value, or
values. Whatever does not is explained by the server. What may walk a whole collection is named, with the reason."""
import json

import bson
import pymongo
import pytest
from client import Api
from scene import Scene, unique
from waiting import eventually
from wire_tap import Tap

# (collection, fields of the filter): a text can be anywhere, and there are a few thousand databases at most; everything is
# counted or listed; one document a migration; what an upgrade wipes, it looks for once; names
# that another version of ICU looked at, and what a version without transactions wrote, are looked for at every start; what
# leaves is gone on with as a whole.
MAY_WALK = {("databases", "$or"), ("databases", ""), ("users", ""), ("trash", ""), ("migrations", ""), ("sync_records", "duplicates"),
            ("sync_records", "error.message"), ("sync_records", "error.message,error.code"), ("syncs", "error"),
            ("users", "looks_version"), ("databases", "looks_version"), ("databases", "lock.until"), ("trash", "purging"),
            ("leaving", "")}
READS = {"find": "filter", "count": "query", "findAndModify": "query"}
WRITES = {"update": "updates", "delete": "deletes"}


@pytest.fixture
def tap(store):
    tap = Tap("127.0.0.1", store.port)
    yield tap
    tap.close()


def questions(commands):
    """(collection, filter, sort) of each command that looks for documents."""
    for raw in commands:
        command = bson.decode(raw.raw)
        name = next(iter(command))
        if name in READS:
            yield command[name], command.get(READS[name], {}), command.get("sort")
        elif name in WRITES:
            yield from ((command[name], each["q"], None) for each in command[WRITES[name]])
        elif name == "aggregate":
            first = command["pipeline"][0]
            yield command[name], first.get("$match", {}), None


def has_value(condition):
    """Equality, or one of a list; no range, no expression."""
    return not isinstance(condition, dict) or not any(each.startswith("$") for each in condition) or "$in" in condition


def implied(partial, wanted):
    return all(wanted.get(field) == value or value == {"$exists": True} and field in wanted
               for field, value in partial.items())


def led_by_an_index(collection, wanted):
    return any(has_value(wanted[field]) for index in collection.list_indexes()
               if (field := next(iter(index["key"]))) in wanted and
               implied(index.get("partialFilterExpression", {}), wanted))


def walks_all(database, collection, wanted, sort):
    if led_by_an_index(database[collection], wanted):
        return False
    find = {"find": collection, "filter": wanted} | ({"sort": sort} if sort else {})
    plan = database.command({"explain": find, "verbosity": "queryPlanner"})["queryPlanner"]["winningPlan"]
    return "COLLSCAN" in json.dumps(plan, default=str)


def whole_trip(api, scene):
    scene.define("orders", {"a": 1}, is_unique=True)
    kept = scene.define("orders", {"b": 1})
    api.put(f"/indexes/{kept}", {"keys": [{"field": "b", "value": -1}], "options": {}}).expect(200)
    for path, body in (("/databases/list", {}), ("/databases/list", {"query": "SHOP"}),
                       ("/databases/collections/list", {"database_id": scene.id}),
                       ("/databases/collections/list", {"database_id": scene.id, "query": "ORD"}),
                       ("/indexes/list-by-collection", {"database_id": scene.id, "collection": "orders"}),
                       ("/indexes/list-by-collection", {"database_id": scene.id, "collection": "orders", "query": "A"})):
        api.post(path, body).expect(200)
    scene.db["orders"].create_index("c")
    scene.compare(["orders"])
    assert scene.sync()["status"] == "completed"
    api.get(f"/indexes/sync-status/by-database/{scene.id}").expect(200)
    api.post("/indexes/sync-from-database", {"database_id": scene.id, "on_conflict": "skip"}).expect(200)
    api.put("/databases/collections", {"database_id": scene.id, "collection": "orders", "new_collection": "sales"}).expect(200)
    api.call("DELETE", "/databases/collections", {"database_id": scene.id, "collection": "sales", "confirm": "sales"})
    api.call("DELETE", f"/indexes/{kept}").expect(200)
    api.new_pair()
    api.call("DELETE", f"/databases/{scene.id}", {"confirm": scene.name}).expect(200)
    api.post("/auth/logout").expect(200)


def test_every_question_is_answered_by_an_index(tap, store, serve, sandbox):
    name = unique("plans")
    server = serve(tap.uri.replace("/?", f"/{name}?"))
    api = Api(server.address).sign_up(unique("user"))
    whole_trip(api, Scene(api, sandbox))
    asked = {}
    eventually(lambda: len(tap.commands) > 50, what="the commands of a trip")
    for collection, wanted, sort in questions(list(tap.commands)):
        asked.setdefault((collection, ",".join(wanted), str(sort)), (wanted, sort))
    assert len({collection for collection, _, _ in asked}) >= 6, f"a trip that touches too little: {sorted(asked)}"
    database = pymongo.MongoClient(store.uri)[name]
    walks = [f"{collection}: {shape}, sorted by {sort}" for (collection, shape, _), (wanted, sort) in asked.items()
             if (collection, shape) not in MAY_WALK and walks_all(database, collection, wanted, sort)]
    print(f"{len(asked)} different questions")
    assert not walks, "without an index:\n" + "\n".join(walks)


def test_active_syncs_are_counted_by_an_index(mongod_set, serve):
    name = unique("plans")
    serve(mongod_set.uri_of(name))
    count = {"count": "syncs", "query": {"active": True}}
    plan = mongod_set.client[name].command({"explain": count, "verbosity": "queryPlanner"})["queryPlanner"]["winningPlan"]
    assert "COLLSCAN" not in json.dumps(plan, default=str), plan
