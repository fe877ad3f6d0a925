"""Queryable Encryption: what MongoDB keeps for it is neither taken over nor touched."""
import pymongo.errors
import pytest

FIELDS = {"fields": [{"path": "ssn", "bsonType": "string", "keyId": None}]}


@pytest.fixture
def encrypted(scene):
    scene.db.command({"create": "c", "encryptedFields": FIELDS})
    scene.db.c.create_index("__safeContent__")
    for name in ("enxcol_.c.esc", "enxcol_.c.ecoc"):
        scene.db[name].create_index("own")
    return scene


def test_stays_as_it_is(encrypted):
    encrypted.db.c.create_index("a")
    report = encrypted.api.post("/indexes/sync-from-database", {"database_id": encrypted.id}).expect(200).data
    assert report["imported_count"] == 1 and [one["name"] for one in report["skipped"]] == ["__safeContent___1"]
    assert encrypted.plan()["operations"] == []
    assert {item["collection"] for item in encrypted.compare(include_unmanaged=True)} == {"c"}
    encrypted.db.c.create_index("b")
    assert encrypted.sync(drop_unmanageable=True)["status"] == "completed"
    assert encrypted.names("c") == {"__safeContent___1", "a_1"}
    assert encrypted.names("enxcol_.c.esc") == {"own_1"}


@pytest.mark.parametrize("keys, options, code", [({"t": 1}, {"expire_after_seconds": 5}, 6346501),
                                                 ({"ssn.first": 1}, {}, 6346502), ({"ssn": 1}, {}, 6346502)])
def test_what_mongodb_refuses_there_is_said_before(encrypted, keys, options, code):
    encrypted.define("c", keys, "wanted", **options)
    operation, = encrypted.plan()["operations"]
    assert "MongoDB will refuse it" in operation["reason"] and "ncrypted" in operation["reason"]
    record, = encrypted.sync()["records"]
    assert record["error"]["code"] == code
    with pytest.raises(pymongo.errors.OperationFailure) as refused:
        encrypted.db.c.create_index(list(keys.items()), **({"expireAfterSeconds": 5} if options else {}))
    assert refused.value.code == code
