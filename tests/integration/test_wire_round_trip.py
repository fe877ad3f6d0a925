"""The promise that users trust, over the wire: what is created, listed and imported is matched; what differs in one
option is not. Hundreds of definitions by chance, the same in every run; the unit tests try ten thousand in memory."""
import pymongo.errors
import pytest

import chance
import written
from scene import Scene

CASES = 300
SEED = 20261122


def name_of(number):
    return f"c{number:03d}"


def takes(database, collection, spec):
    try:
        written.create(database, collection, spec)
        return True
    except pymongo.errors.OperationFailure as refused:
        assert refused.code not in (1, 8, 11, 59), f"not a rule but a fault: {spec}: {refused}"
        return False


@pytest.fixture(scope="module")
def world(api, shared_sandbox):
    """(a scene, {collection: specification}): each specification alone in its collection, as far as MongoDB takes it."""
    scene, generator, taken = Scene(api, shared_sandbox), chance.Chance(SEED), {}
    while len(taken) < CASES:
        spec = generator.spec()
        if takes(scene.db, name_of(len(taken)), spec):
            taken[name_of(len(taken))] = spec
    api.post("/indexes/sync-from-database", {"database_id": scene.id}).expect(200)
    return scene, taken


def matched(scene):
    return {item["collection"] for item in scene.compare() if item["matched_indexes"]
            and not (item["missing_indexes"] or item["redundant_indexes"] or item["changed_indexes"])}


def test_what_is_imported_is_matched(world):
    scene, taken = world
    assert matched(scene) == set(taken)


def test_what_is_declared_is_created_and_matched(world, api, shared_sandbox):
    """Through the API instead of by hand: the same index to the last type of a number."""
    by_hand, taken = world
    scene = Scene(api, shared_sandbox)
    for collection, spec in taken.items():
        api.post("/indexes/", written.api_definition(scene.id, collection, spec)).expect(201)
    assert scene.sync()["status"] == "completed"
    assert matched(scene) == set(taken)
    for collection in taken:
        assert written.raw_specs(scene.db, collection) == written.raw_specs(by_hand.db, collection)


def test_one_change_is_never_matched(world):
    scene, taken = world
    left = {collection: list(chance.changes(spec)) for collection, spec in taken.items()}
    tried = 0
    while any(left.values()):
        changed = {}
        for collection, changes in left.items():
            while changes and collection not in changed:
                spec = changes.pop()
                scene.db.command("dropIndexes", collection, index="*")
                if chance.differs(spec, taken[collection]) and takes(scene.db, collection, spec):
                    changed[collection] = spec
        overlooked = matched(scene) & set(changed)
        assert not overlooked, [(changed[each], taken[each]) for each in overlooked]
        tried += len(changed)
    assert tried > 5 * CASES
    for collection, spec in taken.items():
        scene.db.command("dropIndexes", collection, index="*")
        assert takes(scene.db, collection, spec)
    assert matched(scene) == set(taken), "and as it was before, it is matched again"
