"""The scripts, run by MongoDB's own shell; pymongo and mim's comparison look at what came of it."""
import pymongo
import pytest

import kinds
import written
from mongosh_shell import Shell
from scene import Scene, unique


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    return Shell(tmp_path_factory.mktemp("mongosh"))


def generate(scene, **more):
    return scene.api.post("/indexes/generate-script", {"database_id": scene.id, **more}).expect(200).data


def pack(scene, **more):
    answer = generate(scene, pack=True, **more)
    return [answer[part]["script"] for part in ("forward", "reverse", "verify")]


def declare(scene, collection, specs):
    for spec in specs:
        scene.api.post("/indexes/", written.api_definition(scene.id, collection, spec)).expect(201)


def live(scene, collections):
    return {collection: written.raw_specs(scene.db, collection) for collection in collections}


def every_kind():
    """{collection: specifications}"""
    sets = {"kinds": kinds.kinds(), "typed": kinds.typed(), "odd": kinds.odd_specs()}
    sets.update({name: [{"key": {"x": 1}, "name": "x_1", "sparse": True}] for name in kinds.odd_collections()})
    return sets


def all_declared(api, sandbox, db_name=None):
    scene = Scene(api, sandbox, db_name=db_name)
    for collection, specs in every_kind().items():
        declare(scene, collection, specs)
    return scene


def put_by_hand(scene, sets):
    for collection, specs in sets.items():
        written.create(scene.db, collection, *specs)


def otherwise(number, spec):
    """The same index by name and keys, with one option changed."""
    if "expireAfterSeconds" in spec:
        return {**spec, "expireAfterSeconds": 60}
    if any("$**" in field for field in spec["key"]) or "partialFilterExpression" in spec:
        return {**spec, "partialFilterExpression": {"other": number}}
    return {**spec, "hidden": not spec.get("hidden", False)}


def test_strange_names_arrive_as_they_are(scene, shell):
    name = "it's \"quoted\" \\ </script> ${x} `y` \u2028"
    collection = "c'o\"l `l`"
    keys = {"a'b\"c": 1, "1": -1, "0": 1, "__proto__": 1}
    scene.define(collection, keys, name)
    script = generate(scene)["script"]
    assert "\u2028" not in script, "a line separator would end a line of JavaScript"
    shell.succeed(scene.uri, script)
    assert dict(scene.db[collection].index_information()[name]["key"]) == keys



def test_every_kind_is_created_and_dropped_from_the_registry(api, shared_sandbox, shell):
    scene = all_declared(api, shared_sandbox, f"{unique('it')}'s-`odd`")
    by_hand = Scene(api, shared_sandbox)
    put_by_hand(by_hand, every_kind())
    wanted = live(by_hand, every_kind())
    create = generate(scene, source="registry", mode="create")["script"]
    shell.succeed(shared_sandbox.uri, create, create)
    assert live(scene, every_kind()) == wanted, "to the last type of a number, as written by hand"
    assert scene.no_drift()
    drop = generate(scene, source="registry", mode="drop")["script"]
    shell.succeed(shared_sandbox.uri, drop, drop)
    assert live(scene, every_kind()) == {collection: {} for collection in every_kind()}


def test_there_and_back(api, shared_sandbox, shell):
    """Missing, changed in place, changed by a new build, under another key and redundant, all at once."""
    scene = all_declared(api, shared_sandbox)
    drifted = {collection: [otherwise(number, spec) for number, spec in enumerate(specs) if number % 3 or "$**" in spec["key"]]
               + [{"key": {"stray": 1}, "name": "stray\n\"\u2028"}] for collection, specs in every_kind().items()}
    put_by_hand(scene, drifted)
    before = live(scene, drifted)
    forward, reverse, verify = pack(scene)
    done = shell.run(shared_sandbox.uri, verify)
    assert done.returncode != 0 and "verified" not in done.stdout and live(scene, drifted) == before
    shell.succeed(shared_sandbox.uri, forward, forward, verify)
    assert scene.no_drift(), scene.compare()
    shell.succeed(shared_sandbox.uri, reverse)
    assert live(scene, drifted) == before
    shell.succeed(shared_sandbox.uri, reverse, forward, verify)
    assert scene.no_drift()


def test_one_half_only(scene, shared_sandbox, shell):
    scene.define("c", {"missing": 1})
    scene.define("c", {"ttl": 1}, expire_after_seconds=61)
    scene.db.c.create_index("ttl", expireAfterSeconds=90)
    scene.db.c.create_index("redundant")
    drop, create = generate(scene, mode="drop")["script"], generate(scene, mode="create")["script"]
    shell.succeed(shared_sandbox.uri, drop, drop)
    assert "redundant_1" not in scene.names("c") and "missing_1" not in scene.names("c")
    shell.succeed(shared_sandbox.uri, create, create)
    assert {"missing_1", "ttl_1"} <= scene.names("c")


def test_the_first_failure_ends_it(scene, shared_sandbox, shell):
    scene.define("a", {"good": 1})
    scene.define("b", {"twice": 1}, is_unique=True)
    scene.define("c", {"after": 1})
    script = generate(scene, source="registry", mode="create")["script"]
    scene.db.b.insert_many([{"twice": 1}, {"twice": 1}])
    done = shell.run(shared_sandbox.uri, script, 'print("a later script")')
    assert done.returncode != 0 and "a later script" not in done.stdout and "finished" not in done.stdout
    assert "refused" in done.stdout and "a_1" not in done.stdout.split("refused")[1]
    assert "good_1" in scene.names("a") and not {"twice_1"} & scene.names("b")
    assert "after_1" not in (scene.names("c") if "c" in scene.db.list_collection_names() else set())
    scene.db.b.delete_many({})
    shell.succeed(shared_sandbox.uri, script)
    assert scene.no_drift()


def test_a_refused_replacement_leaves_the_index_before_it(scene, shared_sandbox, shell):
    scene.define("c", {"k": 1}, is_unique=True, is_sparse=True)
    written.create(scene.db, "c", {"key": {"k": 1}, "name": "k_1", "expireAfterSeconds": 5})
    forward = pack(scene)[0]
    scene.db.c.insert_many([{"k": 1}, {"k": 1}])
    before = live(scene, ["c"])
    assert shell.run(shared_sandbox.uri, forward).returncode != 0
    assert live(scene, ["c"]) == before


def test_the_shell_sees_what_pymongo_sees(scene, shared_sandbox, shell):
    written.create(scene.db, "kinds", *kinds.kinds())
    listing = f'print(EJSON.stringify(db.getSiblingDB("{scene.db_name}").getCollection("kinds").getIndexes(), {{relaxed: false}}))'
    printed = written.from_json(shell.succeed(shared_sandbox.uri, listing))
    listed = pymongo.MongoClient(shared_sandbox.uri)[scene.db_name].command("listIndexes", "kinds")
    # Numbers by value: JavaScript has one type for most of them.
    assert [dict(spec) for spec in printed] == listed["cursor"]["firstBatch"]
    assert [list(spec["key"]) for spec in printed] == [list(spec["key"]) for spec in listed["cursor"]["firstBatch"]]
