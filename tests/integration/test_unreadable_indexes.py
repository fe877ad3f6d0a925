"""Indexes that nobody can show, compare or store: each is told with its reason and left alone, all others go on."""
import bson

from hostile_server import HostileServer, answer, cursor, document_of, nested
from raw_commands import create_index, index, index_count, text
from scene import Scene, unique

A, GOOD = bson.encode({"a": 1}), bson.encode({"good": 1})


def filtered(levels):
    """A partial filter that makes its index's specification so many levels deep."""
    return b"\x03partialFilterExpression\0" + document_of(b"\x03k\0" + nested(levels - 2))


# What a MongoDB 5.0 takes and lists; by what is said of each.
REAL = {
    "nested deeper than 90 levels": index("deep", A, filtered(190)),
    "a field name or a text in it is not UTF-8": index("field", document_of(b"\x10\xff\xfe\0\x01\0\0\0")),
    "its name is not UTF-8": index(b"bad\xff", bson.encode({"b": 1})),
    "its name has 3000000 bytes": index("x" * 3_000_000, bson.encode({"c": 1})),
}
# Each with another text that is not UTF-8, in a place that is no plain string.
BAD_TEXTS = {
    "regex": b"\x0bk\0\xff\xfe\0\0",
    "code": b"\x0dk\0\x02\0\0\0\xff\0",
    "symbol": b"\x0ek\0\x02\0\0\0\xff\0",
    "after_a_regex": b"\x0bk\0\xff\0\0\x02t\0\x02\0\0\0\xff\0",
}
MADE_UP = {
    **REAL,
    "its name is empty": index("", bson.encode({"d": 1})),
    "its name is *": index("*", bson.encode({"e": 1})),
    "it has no key": document_of(text("name", "keyless")),
}


def check_told(told, wanted):
    assert len(told) == len(wanted), told
    for reason in wanted:
        assert sum(reason in text for _, text in told) == 1, (reason, told)
    for name, _ in told:
        assert len(name.encode()) <= 1_024 and name.isprintable()


def check_all(scene, wanted):
    """An import, a comparison, a plan and a sync."""
    imported = scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    assert imported["imported_count"] == 1 and imported["skipped_count"] == len(wanted)
    check_told([(one["name"], one["reason"]) for one in imported["skipped"]], wanted)
    assert set(scene.defined("c")) == {"good_1"}
    compared, = scene.compare(["c"])
    assert [one["name"] for one in compared["matched_indexes"]] == ["good_1"]
    assert not compared["missing_indexes"] + compared["redundant_indexes"] + compared["changed_indexes"]
    unreadable = [note for note in compared["notes"] if note["code"] == "unreadable"]
    check_told([(note["index"], note["text"]) for note in unreadable], wanted)
    assert scene.plan()["operations"] == []
    sync = scene.sync()
    assert sync["status"] == "completed" and sync["records"] == []
    scene.api.post("/indexes/generate-script", {"database_id": scene.id}).expect(200)
    rows = scene.api.post("/databases/collections/list", {"database_id": scene.id, "include_live": True}).expect(200).data
    assert [row["live_indexes"] for row in rows if row["collection"] == "c"] == [len(wanted) + 2]


def test_of_a_server_that_lists_anything(api):
    listed = [{"v": 2, "key": {"_id": 1}, "name": "_id_"}, index("good_1", GOOD), *MADE_UP.values()]
    server = HostileServer({"listIndexes": lambda request: answer(request, cursor("shop.c", *listed))})
    check_all(Scene(api, None, uri=f"mongodb://{server.address}/"), MADE_UP)
    assert not {"createIndexes", "dropIndexes", "collMod"} & set(server.asked)
    server.close()


def test_a_text_of_any_kind_that_is_not_utf8_is_told(api):
    filters = {name: document_of(b"\x03a\0" + document_of(bad)) for name, bad in BAD_TEXTS.items()}
    listed = [index(name, A, b"\x03partialFilterExpression\0" + each) for name, each in filters.items()]
    server = HostileServer({"listIndexes": lambda request: answer(request, cursor("shop.c", index("good_1", GOOD), *listed))})
    scene = Scene(api, None, uri=f"mongodb://{server.address}/")
    imported = api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    told = {one["name"]: one["reason"] for one in imported["skipped"]}
    assert imported["imported_count"] == 1 and set(told) == set(BAD_TEXTS), imported
    assert all("a field name or a text in it is not UTF-8" in reason for reason in told.values()), told
    server.close()


def test_of_a_real_one(api, mongod):
    scene = Scene(api, mongod)
    for each in (index("good_1", GOOD), *REAL.values()):
        create_index(mongod.port, scene.db_name, "c", each)
    check_all(scene, REAL)
    assert index_count(mongod.port, scene.db_name, "c") == len(REAL) + 2


def test_what_can_be_dropped_beside_them_is(api, mongod):
    scene = Scene(api, mongod)
    for each in (index("good_1", GOOD), *REAL.values()):
        create_index(mongod.port, scene.db_name, "c", each)
    scene.define("c", {"wanted": 1})
    assert scene.sync()["status"] == "completed"
    compared, = scene.compare(["c"])
    assert [one["name"] for one in compared["matched_indexes"]] == ["wanted_1"] and not compared["redundant_indexes"]
    assert index_count(mongod.port, scene.db_name, "c") == len(REAL) + 2


def test_the_deepest_that_is_taken_over_can_be_read_wherever_it_is_kept(api, mongod):
    scene = Scene(api, mongod)
    create_index(mongod.port, scene.db_name, "c", index("deepest", A, filtered(90)))
    imported = api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    assert imported["imported_count"] == 1, imported
    definition = scene.defined("c")["deepest"]
    assert scene.get(definition["id"])["options"]["partial_filter_expression"]
    assert scene.lists("c") == ([], ["deepest"], [], [])
    scene.define("c", {"other": 1})
    api.delete(f"/indexes/{definition['id']}").expect(200)
    sync = scene.sync(["c"])
    assert sync["status"] == "completed" and {one["action"] for one in sync["records"]} == {"create", "drop"}, sync
    restored = api.post(f"/indexes/sync-status/{sync['id']}/restore").expect(200).data["sync_id"]
    assert scene.finished(restored)["status"] == "completed"
    assert index_count(mongod.port, scene.db_name, "c") == 3
    assert api.post("/audit/list", {"limit": 200}).expect(200).data


def test_a_collection_without_a_proper_name_is_told(api):
    listed = [{"name": "c", "type": "collection", "options": {}},
              document_of(text("name", b"bad\xff") + text("type", "collection"))]
    server = HostileServer({
        "listCollections": lambda request: answer(request, cursor("shop.$cmd.listCollections", *listed)),
        "listIndexes": lambda request: answer(request, cursor("shop.c", index("good_1", GOOD)))})
    scene = Scene(api, None, uri=f"mongodb://{server.address}/", db_name=unique("t"))
    imported = api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data
    assert imported["imported_count"] == 1
    assert [(one["collection"], one["name"]) for one in imported["skipped"]] == [("bad\\xff", "")]
    server.close()
