"""A cluster: what its shard keys forbid is known before MongoDB refuses it, from the API down to the wire."""
import datetime
import json

import pymongo.errors
import pytest

from processes import Sandbox
from scene import Scene, fail_point, unique

DATABASES = [unique("shop") for _ in range(8)]
LONG_AGO = datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc)
SHOP = {
    "orders": {"shardKey": {"customer": 1},
               "indexes": [{"key": {"customer": 1, "at": -1}}, {"key": {"x": 1}}]},
    "visits": {"shardKey": {"visitor": "hashed"},
               "indexes": [{"key": {"visitor": "hashed"}}, {"key": {"visitor": 1}, "unique": True}]},
    "plain": {"indexes": [{"key": {"x": 1}}]},
}


@pytest.fixture(scope="module")
def cluster(logs, tmp_path_factory):
    seed = tmp_path_factory.mktemp("seed") / "cluster.json"
    seed.write_text(json.dumps({"deployment": "sharded", "databases": {name: SHOP for name in DATABASES}}))
    sandbox = Sandbox(logs, seed=seed)
    sandbox.unused = iter(DATABASES)
    yield sandbox
    sandbox.kill()


@pytest.fixture
def shop(api, cluster):
    """A database of its own for each test."""
    return Scene(api, cluster, db_name=next(cluster.unused))


def notes(scene, collection, code):
    item = scene.compare([collection], include_usage=True)[0]
    return {note["index"]: note["text"] for note in item["notes"] if note["code"] == code}


def steps(plan):
    return {(operation["action"], operation["index"]) for operation in plan["operations"]}


def test_it_is_seen_as_a_cluster(cluster):
    assert cluster.client.admin.command("hello")["msg"] == "isdbgrid"
    entry = cluster.client.config.collections.find_one({"_id": f"{DATABASES[0]}.orders"})
    assert entry["key"] == {"customer": 1}


def test_the_last_index_that_supports_the_shard_key_stays(shop):
    shop.define("orders", {"new": 1})
    assert "customer_1" in notes(shop, "orders", "shard_key")["customer_1_at_-1"]
    assert steps(shop.plan(collections=["orders"])) == {("create", "new_1"), ("drop", "x_1")}
    sync = shop.sync(["orders"])
    assert sync["status"] == "completed", json.dumps(sync, indent=1)
    assert shop.names("orders") == {"new_1", "customer_1_at_-1"}
    assert shop.plan(collections=["orders"])["operations"] == []
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        shop.db.orders.drop_index("customer_1_at_-1")
    assert refused.value.code == 370


def test_it_is_not_hidden_either(shop):
    shop.define("orders", {"new": 1})
    assert ("hide", "customer_1_at_-1") not in steps(shop.plan(collections=["orders"], drop_mode="hide"))
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        shop.db.command("collMod", "orders", index={"name": "customer_1_at_-1", "hidden": True})
    assert refused.value.code == 72


def test_it_goes_once_another_supports_the_shard_key(shop):
    shop.define("orders", {"customer": 1})
    sync = shop.sync(["orders"])
    assert sync["status"] == "completed", json.dumps(sync, indent=1)
    assert shop.names("orders") == {"customer_1"}
    assert shop.no_drift(["orders"])


def test_it_is_never_called_unused(shop):
    for index in ("customer_1_at_-1", "x_1"):
        shop.sandbox.client.admin.command(
            "sandboxSetUsage", {"ns": f"{shop.db_name}.orders", "index": index, "operations": 0,
                                "since": LONG_AGO})
    assert set(notes(shop, "orders", "unused")) == {"x_1"}


def test_a_unique_index_begins_with_the_shard_key(shop):
    shop.define("orders", {"email": 1}, is_unique=True)
    shop.define("orders", {"customer": 1, "email": 1}, is_unique=True)
    reasons = {operation["index"]: operation["reason"] for operation in
               shop.plan(collections=["orders"], option_extra=0)["operations"]}
    assert "sharded by customer_1" in reasons["email_1"]
    assert "refuse" not in reasons["customer_1_email_1"]
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        shop.db.orders.create_index("email", unique=True)
    assert refused.value.code == 67


def test_who_may_not_read_the_config_database_still_compares(shop):
    with fail_point(shop.sandbox, ["find"], namespace="config.collections", errorCode=13):
        assert not notes(shop, "orders", "shard_key")
    assert notes(shop, "orders", "shard_key")


def test_a_collection_that_is_not_sharded_is_bound_to_nothing(shop):
    shop.define("plain", {"y": 1})
    assert steps(shop.plan(collections=["plain"])) == {("create", "y_1"), ("drop", "x_1")}
