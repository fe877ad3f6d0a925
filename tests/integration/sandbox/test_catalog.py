"""Collections, listings, cursors, documents and statistics."""

import bson
import pymongo
import pymongo.errors
import pytest
from bson.son import SON


def code_of(call):
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        call()
    return refused.value.code


def test_collections_are_described_with_options_and_identity(client):
    client.t.command("create", "plain")
    client.t.command("create", "capped", capped=True, size=4096)
    client.t.command("create", "worded", collation={"locale": "en"})
    client.t.command("create", "clustered", clusteredIndex={"key": {"_id": 1}, "unique": True})
    client.t.command("create", "seen", viewOn="plain", pipeline=[{"$match": {"a": 1}}])
    client.t.command("create", "series", timeseries={"timeField": "t", "metaField": "m"})
    described = {each["name"]: each for each in client.t.list_collections()}
    assert sorted(described) == ["capped", "clustered", "plain", "seen", "series", "system.buckets.series",
                                 "system.views", "worded"]
    assert described["plain"]["info"]["uuid"].subtype == 4 if isinstance(described["plain"]["info"]["uuid"], bson.Binary) \
        else described["plain"]["info"]["uuid"].version == 4
    assert described["capped"]["options"] == {"capped": True, "size": 4096}
    assert described["worded"]["options"]["collation"]["version"] == "57.1"
    assert described["worded"]["idIndex"]["collation"]["locale"] == "en"
    assert described["seen"]["type"] == "view" and described["seen"]["options"]["viewOn"] == "plain"
    assert described["series"]["type"] == "timeseries"
    assert list(client.t.list_collections(filter={"type": "view"}))[0]["name"] == "seen"
    names = client.t.command("listCollections", nameOnly=True)["cursor"]["firstBatch"]
    assert {"name": "plain", "type": "collection"} in names


def test_creating_and_dropping_answer_as_mongodb(client):
    client.t.command("create", "c")
    client.t.command("create", "c")
    assert code_of(lambda: client.t.command("create", "c", capped=True, size=4096)) == 48
    assert client.t.command("drop", "c")["nIndexesWas"] == 1
    assert client.t.command("drop", "c")["ok"] == 1.0
    client.t.command("create", "a")
    client.admin.command("renameCollection", "t.a", to="t.b")
    assert client.t.list_collection_names() == ["b"]
    assert code_of(lambda: client.admin.command("renameCollection", "t.a", to="t.c")) == 26
    client.t.command("create", "a")
    assert code_of(lambda: client.admin.command("renameCollection", "t.a", to="t.b")) == 48
    client.drop_database("t")
    assert "t" not in client.list_database_names()


def test_a_listing_of_many_indexes_comes_in_batches(client):
    wanted = [{"key": {f"f{each}": 1}, "name": f"f{each}_1", "sparse": True, "hidden": True} for each in range(20)]
    client.t.command("createIndexes", "c", indexes=wanted)
    first = client.t.command(SON([("listIndexes", "c"), ("cursor", {"batchSize": 3})]))["cursor"]
    assert len(first["firstBatch"]) == 3 and first["id"] != 0 and first["ns"] == "t.c"
    more = client.t.command(SON([("getMore", first["id"]), ("collection", "c"), ("batchSize", 7)]))["cursor"]
    assert len(more["nextBatch"]) == 7 and more["id"] == first["id"]
    assert list(first["firstBatch"][1]) == ["v", "key", "name", "hidden", "sparse"]
    assert list(more["nextBatch"][0]) == ["v", "key", "name", "sparse", "hidden"], "later batches keep the stored order"
    last = client.t.command(SON([("getMore", first["id"]), ("collection", "c")]))["cursor"]
    assert len(last["nextBatch"]) == 11 and last["id"] == 0
    gone = SON([("getMore", bson.Int64(first["id"])), ("collection", "c")])
    assert code_of(lambda: client.t.command(gone)) == 43


def test_the_first_batch_has_the_order_of_the_schema(client):
    index = SON([("collation", {"locale": "en"}), ("sparse", True), ("unique", True), ("name", "n"), ("key", {"a": 1})])
    client.t.command("createIndexes", "c", indexes=[index])
    listed = client.t.command("listIndexes", "c")["cursor"]["firstBatch"][1]
    assert list(listed) == ["v", "key", "name", "unique", "sparse", "collation"]


def test_unique_indexes_guard_inserts(client):
    people = client.t.people
    client.t.command("createIndexes", "people", indexes=[
        {"key": {"email": 1}, "name": "email_1", "unique": True, "sparse": True},
        {"key": {"tags": 1}, "name": "tags_1", "unique": True, "partialFilterExpression": {"kind": "tagged"}}])
    people.insert_many([{"_id": 1, "email": "a"}, {"_id": 2}, {"_id": 3}])
    for bad in ({"_id": 1}, {"email": "a"}, {"email": ["x", "a"]}):
        with pytest.raises(pymongo.errors.DuplicateKeyError):
            people.insert_one(bad)
    people.insert_one({"_id": 4, "tags": ["x", "y"], "kind": "tagged"})
    people.insert_one({"_id": 5, "tags": ["x"], "kind": "other"})
    with pytest.raises(pymongo.errors.DuplicateKeyError) as refused:
        people.insert_one({"_id": 6, "tags": ["y"], "kind": "tagged"})
    assert refused.value.details["keyPattern"] == {"tags": 1} and refused.value.details["keyValue"] == {"tags": "y"}
    people.delete_one({"_id": 1})
    people.insert_one({"_id": 1, "email": "a"})
    assert people.count_documents({}) == 5


def test_arrays_that_an_index_cannot_hold_are_refused(client):
    client.t.command("createIndexes", "c", indexes=[{"key": {"a": 1, "b": 1}, "name": "ab"},
                                                    {"key": {"h": "hashed"}, "name": "h"}])
    with pytest.raises(pymongo.errors.WriteError) as refused:
        client.t.c.insert_one({"a": [1, 2], "b": [1, 2]})
    assert refused.value.code == 171
    with pytest.raises(pymongo.errors.WriteError) as refused:
        client.t.c.insert_one({"h": [1]})
    assert refused.value.code == 16766


def test_duplicates_are_found_by_grouping(client):
    client.t.c.insert_many([{"a": each % 3, "b": each} for each in range(7)])
    found = list(client.t.c.aggregate([
        {"$group": {"_id": {"a": "$a"}, "count": {"$sum": 1}, "ids": {"$push": "$_id"}}},
        {"$match": {"count": {"$gt": 2}}}, {"$sort": {"count": -1}}, {"$limit": 5}]))
    assert [(each["_id"], each["count"], len(each["ids"])) for each in found] == [({"a": 0}, 3, 3)]
    assert client.t.c.count_documents({"b": {"$gte": 5}}) == 2
    assert [each["b"] for each in client.t.c.find({"a": 1}, {"_id": 0, "b": 1}).sort("b", -1)] == [4, 1]
    assert code_of(lambda: list(client.t.c.aggregate([{"$wat": 1}]))) == 40324
    assert code_of(lambda: list(client.t.c.find({"a": {"$wat": 1}}))) == 2


def test_updates_and_finds_reach_documents(client):
    client.t.c.insert_many([{"_id": each} for each in range(300)])
    assert len(list(client.t.c.find())) == 300, "more than one batch"
    assert client.t.c.update_one({"_id": 5}, {"$set": {"x": 1}, "$inc": {"n": 2}}).modified_count == 1
    assert client.t.c.find_one({"_id": 5}) == {"_id": 5, "x": 1, "n": 2}
    assert client.t.c.update_one({"_id": 999}, {"$set": {"x": 1}}, upsert=True).upserted_id == 999
    assert client.t.c.delete_many({"_id": {"$lt": 300}}).deleted_count == 300
    client.t.command("create", "v", viewOn="c", pipeline=[{"$match": {"x": 1}}])
    assert [each["_id"] for each in client.t.v.find()] == [999]
    assert code_of(lambda: client.t.v.insert_one({})) == 166


def test_the_catalog_is_listed_in_one_go(client):
    client.a.command("createIndexes", "x", indexes=[{"key": {"k": 1}, "name": "k_1"}])
    client.b.command("create", "s", timeseries={"timeField": "t", "metaField": "m"})
    entries = {each["ns"]: each for each in client.admin.aggregate([{"$listCatalog": {}}])}
    assert [each["spec"]["name"] for each in entries["a.x"]["md"]["indexes"]] == ["_id_", "k_1"]
    assert entries["a.x"]["md"]["indexes"][1]["ready"] is True
    assert "md" not in entries["b.s"] and entries["b.s"]["type"] == "timeseries"
    bucket_key = entries["b.system.buckets.s"]["md"]["indexes"][0]["spec"]["key"]
    assert list(bucket_key) == ["meta", "control.min.t", "control.max.t"]
    assert [each["name"] for each in client.a.x.aggregate([{"$listCatalog": {}}])] == ["x"]
    assert code_of(lambda: list(client.a.aggregate([{"$listCatalog": {}}]))) == 73
    assert code_of(lambda: list(client.admin.aggregate([{"$listCatalog": {"x": 1}}]))) == 6200600


def test_usage_is_told_as_it_was_set(client):
    client.t.command("createIndexes", "c", indexes=[{"key": {"a": 1}, "name": "a_1"}])
    client.admin.command("sandboxSetUsage", {"ns": "t.c", "index": "a_1", "operations": 12})
    statistics = {each["name"]: each for each in client.t.c.aggregate([{"$indexStats": {}}])}
    assert statistics["a_1"]["accesses"]["ops"] == 12 and statistics["_id_"]["accesses"]["ops"] == 0
    assert statistics["a_1"]["key"] == {"a": 1} and ":" in statistics["a_1"]["host"]
    sizes = client.t.command("collStats", "c")
    assert sizes["nindexes"] == 2 and sorted(sizes["indexSizes"]) == ["_id_", "a_1"]
    storage = next(client.t.c.aggregate([{"$collStats": {"storageStats": {}, "count": {}}}]))
    assert storage["count"] == 0 and storage["storageStats"]["nindexes"] == 2


def test_making_an_index_unique_in_place(client):
    client.t.c.insert_many([{"_id": 1, "a": 1}, {"_id": 2, "a": 1}])
    client.t.command("createIndexes", "c", indexes=[{"key": {"a": 1}, "name": "a_1"}])
    client.t.command("collMod", "c", index={"name": "a_1", "prepareUnique": True})
    with pytest.raises(pymongo.errors.DuplicateKeyError):
        client.t.c.insert_one({"a": 1})
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        client.t.command("collMod", "c", index={"name": "a_1", "unique": True})
    assert refused.value.code == 359 and refused.value.details["violations"] == [{"ids": [1, 2]}]
    client.t.c.delete_one({"_id": 2})
    client.t.command("collMod", "c", index={"name": "a_1", "unique": True}, dryRun=True)
    assert "unique" not in client.t.c.index_information()["a_1"]
    client.t.command("collMod", "c", index={"name": "a_1", "unique": True})
    assert client.t.c.index_information()["a_1"]["unique"] is True


def test_commands_are_counted(client):
    client.t.command("create", "c")
    counted = client.admin.command("serverStatus")["metrics"]["commands"]
    assert counted["create"]["total"] == 1 and "createIndexes" not in counted


def test_index_history_tells_what_really_happened(client):
    def history():
        return client.admin.command("sandboxIndexHistory", {"ns": "t.c"})

    assert (history()["built"], history()["dropped"], history()["repeated"]) == ({}, {}, 0)
    client.t.c.create_index("a")
    client.t.c.create_index("a")
    client.t.c.drop_index("a_1")
    with pytest.raises(pymongo.errors.OperationFailure):
        client.t.c.drop_index("a_1")
    client.t.c.create_index("a")
    assert (history()["built"], history()["dropped"], history()["repeated"]) == ({"a_1": 2}, {"a_1": 1}, 2)
