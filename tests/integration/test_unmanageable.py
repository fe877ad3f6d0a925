"""What an import has to leave out is no plain plan's to drop."""
import pytest

from test_plan import actions


@pytest.fixture
def crossed(scene):
    """The definition `mine` is the live index `theirs`; the live index `mine` is another one."""
    scene.define("c", {"a": 1}, "mine")
    scene.db.c.create_index("a", name="theirs")
    scene.db.c.create_index("b", name="mine")
    return scene


def imported(scene):
    return scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200).data


def notes(scene, code):
    return {note["index"]: note["text"] for note in scene.compare(["c"])[0]["notes"] if note["code"] == code}


def test_stays_until_its_own_consent_is_given(crossed):
    assert "mine" in {one["name"] for one in imported(crossed)["skipped"]}
    assert "drop_unmanageable" in notes(crossed, "unmanageable")["mine"]
    assert actions(crossed.plan()) == {} and actions(crossed.plan(drop_mode="hide")) == {}
    assert crossed.sync()["status"] == "completed" and crossed.names("c") == {"mine", "theirs"}
    consented = crossed.plan(drop_unmanageable=True)
    assert actions(consented) == {"mine": "drop"}
    assert consented["fingerprint"] != crossed.plan()["fingerprint"]
    crossed.try_sync(drop_unmanageable=False, fingerprint=consented["fingerprint"]).expect(409)
    ended = crossed.sync(drop_unmanageable=True, fingerprint=consented["fingerprint"])
    assert ended["status"] == "completed" and crossed.names("c") == {"theirs"}


def test_comes_back(crossed):
    dropped = crossed.start(drop_unmanageable=True)
    crossed.finished(dropped)
    restored = crossed.api.post(f"/indexes/sync-status/{dropped}/restore", {}).expect(200).data["sync_id"]
    assert crossed.finished(restored)["status"] == "completed" and crossed.names("c") == {"mine", "theirs"}


def test_consent_alone_drops_nothing(crossed):
    assert actions(crossed.plan(drop_unmanageable=True, option_extra=0)) == {}
    crossed.api.post("/indexes/plan", {"database_id": crossed.id, "drop_unmanageable": 1}).expect_bad_field(
        "drop_unmanageable")


def test_several_unique_indexes_on_one_key(scene):
    for name, options in {"plain": {}, "sparse": {"sparse": True},
                          "partial": {"partialFilterExpression": {"b": {"$gt": 5}}},
                          "german": {"collation": {"locale": "de"}}}.items():
        scene.db.c.create_index("a", name=name, unique=True, **options)
    assert imported(scene) == {"imported_count": 4, "skipped_count": 0, "skipped": []}
    assert scene.no_drift() and actions(scene.plan()) == {}
    scene.db.c.drop_index("sparse")
    assert actions(scene.plan()) == {"sparse": "create"}
    assert scene.sync()["status"] == "completed" and len(scene.names("c")) == 4
    scene.try_define("c", {"a": 1}, "again", is_unique=True).expect(409)
    scene.define("c", {"a": 1}, "deeper", is_unique=True, partial_filter_expression={"b": {"$gt": 6}})
