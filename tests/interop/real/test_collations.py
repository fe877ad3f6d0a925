"""What a collation leaves out is filled in by ICU, for each locale otherwise: nothing of it may be lost or taken for a change on
any of the ways that a definition goes."""
import itertools
import subprocess

import pymongo.errors
import pytest

import collations
import written
from mongosh_shell import Shell
from round_trip import matched
from scene import Scene


def import_all(scene):
    scene.api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200)


def declare(scene, wanted):
    for collection, specs in wanted.items():
        for spec in specs:
            scene.api.post("/indexes/", written.api_definition(scene.id, collection, spec)).expect(201)


@pytest.mark.parametrize("which", [collations.without_members, collations.with_one_member], ids=lambda which: which.__name__)
def test_what_is_created_listed_and_imported_is_matched(scene, which):
    wanted = collations.sets(which())
    collations.put_by_hand(scene, wanted)
    import_all(scene)
    assert scene.no_drift() and matched(scene) == set(wanted)
    scene.db.client.drop_database(scene.db_name)


def test_what_is_declared_is_built_as_by_hand(api, mongod, scene):
    wanted = collations.sets(collations.with_defaults_of_their_own())
    by_hand = Scene(api, mongod)
    collations.put_by_hand(by_hand, wanted)
    declare(scene, wanted)
    assert scene.sync()["status"] == "completed"
    assert collations.live(scene, wanted) == collations.live(by_hand, wanted)
    assert scene.no_drift(), "a second sync has nothing to do"


def test_a_script_builds_and_drops_them_and_may_run_twice(api, mongod, scene, tmp_path):
    shell, wanted = Shell(tmp_path), collations.sets(collations.with_defaults_of_their_own())
    by_hand = Scene(api, mongod)
    collations.put_by_hand(by_hand, wanted)
    declare(scene, wanted)
    create, drop = (scene.api.post("/indexes/generate-script", {"database_id": scene.id, "source": "registry", "mode": mode})
                    .expect(200).data["script"] for mode in ("create", "drop"))
    said = shell.succeed(scene.uri, create, create)
    assert said.count("already there") == said.count("  done") == sum(map(len, wanted.values()))
    assert collations.live(scene, wanted) == collations.live(by_hand, wanted)
    assert scene.no_drift()
    shell.succeed(scene.uri, drop, drop)
    assert collations.live(scene, wanted) == {collection: {} for collection in wanted}


def test_a_sync_that_dropped_them_is_taken_back(scene):
    wanted = collations.sets(collations.with_defaults_of_their_own())
    collations.put_by_hand(scene, wanted)
    for collection in wanted:
        scene.define(collection, {"kept": 1})
    before = collations.live(scene, wanted)
    dropping = scene.sync()
    assert dropping["status"] == "completed" and all(len(names) == 1 for names in collations.live(scene, wanted).values())
    started = scene.api.post(f"/indexes/sync-status/{dropping['id']}/restore", None).expect(200).data
    assert scene.finished(started["sync_id"])["status"] == "completed"
    now = collations.live(scene, wanted)
    for specs in now.values():
        assert specs.pop("kept_1")
    assert now == before


@pytest.mark.parametrize("collation", [{"locale": "da"}, {"locale": "da", "caseFirst": "off"}, {"locale": "th", "normalization": False},
                                       {"locale": "vi"}, {"locale": "fr_CA", "backwards": False}])
def test_a_refused_rebuild_leaves_the_index_before_it(scene, tmp_path, collation):
    scene.db.c.insert_many([{"k": 1}, {"k": 1}])
    written.create(scene.db, "c", {"key": {"k": 1}, "name": "k_1", "collation": collation, "expireAfterSeconds": 9})
    before = collations.live(scene, ["c"])
    scene.define("c", {"k": 1}, "k_1", is_unique=True)
    assert scene.sync()["status"] == "failed"
    assert collations.live(scene, ["c"]) == before
    script = scene.api.post("/indexes/generate-script", {"database_id": scene.id}).expect(200).data["script"]
    assert Shell(tmp_path).run(scene.uri, script).returncode != 0
    assert collations.live(scene, ["c"]) == before


def takes(scene, spec):
    try:
        written.create(scene.db, "tried", spec)
    except pymongo.errors.OperationFailure as refused:
        assert refused.code in (2, 96), refused  # 96: its ICU knows the name and lacks the data
        return False
    scene.db.command("dropIndexes", "tried", index="*")
    return True


def judged_alike(scene, cases):
    """What is saved is what the server builds."""
    wrong = []
    for number, collation in enumerate(cases):
        spec = {"key": {f"a{number}": 1}, "name": f"n{number}", "collation": collation}
        reply = scene.api.post("/indexes/", written.api_definition(scene.id, f"c{number // 50}", spec))
        assert reply.status in (201, 400), reply.text
        if (reply.status == 201) != takes(scene, spec):
            wrong.append(collation)
    return wrong


def test_the_registry_takes_the_locales_that_the_server_takes(scene):
    bases = [locale for locale in collations.ANSWERS if "@" not in locale] + ["en_GB", "xx", "zh_CN", "de_DE", "english"]
    names = bases + [f"{base}@collation={variant}" for base, variant in itertools.product(bases, collations.VARIANTS)]
    assert not judged_alike(scene, ({"locale": name} for name in collations.some(names)))


def test_the_table_says_what_the_server_says(mongod):
    if not collations.ALL:
        pytest.skip("a server is asked for all collations with MIM_TEST_ALL_COLLATIONS=1 only: that takes minutes")
    done = subprocess.run([collations.ASK, "--check", "--uri", mongod.uri], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=900)
    assert done.returncode == 0, done.stdout


def test_the_registry_takes_the_strengths_that_the_server_takes(scene):
    cases = [{"locale": locale, "strength": strength, **more} for locale in ("en", "da", "mt", "fr_CA", "th", "vi", "de@collation=search")
             for strength in (1, 2, 3) for more in ({}, {"caseLevel": True}, {"caseFirst": "off"}, {"caseFirst": "lower"},
                                                    {"backwards": True}, {"backwards": False})]
    assert not judged_alike(scene, cases)
