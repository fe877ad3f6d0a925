"""The index sets of real applications on a live target: put there, drifted by hand, and brought back."""
import json
import pathlib

import pymongo.errors
from bson.son import SON

import kinds
import written

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "golden" / "applications"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


def load(name):
    """{collection: [specification]}"""
    text = json.loads((FOLDER / f"{name}.json").read_text())["collections"]
    return {collection: [written.from_json(json.dumps(spec)) for spec in specs] for collection, specs in text.items()}


def every_kind():
    """Every kind of index, each alone in four collections, so that each meets every kind of drift; as `load` has it."""
    return {f"{number:02d}-{copy}": [SON(spec)] for number, spec in enumerate(kinds.kinds() + kinds.typed())
            for copy in range(4)}


class Refused:
    """What a server would not take, by its own words; every such index is named once in the report."""

    def __init__(self):
        self.reasons = {}

    def note(self, what, error):
        details = error.details or {}
        words = f"{error.code} {details.get('codeName', '')}: {details.get('errmsg', error)}"
        self.reasons.setdefault(words[:160], []).append(what)

    def lines(self):
        return [f"{len(names)} not applicable (such as {names[0]}): {words}" for words, names in self.reasons.items()]


class Target:
    """A scratch database. Changes that its server refuses are noted in `refused` when there is one, else they raise."""

    def __init__(self, database, refused=None):
        self.database, self.refused = database, refused

    def attempt(self, what, command):
        try:
            self.database.command(command)
            return True
        except pymongo.errors.OperationFailure as error:
            if self.refused is None:
                raise
            self.refused.note(what, error)
            return False
        except pymongo.errors.AutoReconnect:
            if self.refused is None:
                raise
            self.refused.reasons.setdefault("closes the connection without an answer", []).append(what)
            return False

    def build(self, collection, spec):
        command = SON([("createIndexes", collection), ("indexes", [spec])])
        return self.attempt(f"{collection}.{spec['name']}", command)

    def drop(self, collection, name):
        return self.attempt(f"drop {collection}.{name}", SON([("dropIndexes", collection), ("index", name)]))

    def put(self, sets):
        """Builds all; the sets as far as the server took them."""
        taken = {}
        for collection, specs in sets.items():
            if self.refused is None:
                written.create(self.database, collection, *specs)
                taken[collection] = list(specs)
            else:
                taken[collection] = [spec for spec in specs if self.build(collection, spec)]
        return {collection: specs for collection, specs in taken.items() if specs}

    def live(self, sets):
        return {collection: {name: with_flags(spec) for name, spec in written.raw_specs(self.database, collection).items()}
                for collection in sets}


def with_flags(spec):
    """As MongoDB lists it: a server that others wrote may list the number that was sent for a flag."""
    return {name: ("bool", bool(value[1])) if name in ("sparse", "unique", "hidden") else value for name, value in spec.items()}


def otherwise(spec):
    """The same index by name and keys, with one option changed."""
    changed = SON(spec)
    if "expireAfterSeconds" in spec:
        changed["expireAfterSeconds"] = spec["expireAfterSeconds"] + (60 if spec["expireAfterSeconds"] < 10**9 else -60)
    elif "partialFilterExpression" in spec or any("$**" in field for field in spec["key"]):
        changed["partialFilterExpression"] = SON([("drifted", True)])
    elif spec.get("sparse"):
        del changed["sparse"]
    elif any(value == "text" for value in spec["key"].values()):
        changed["default_language"] = "danish"
    else:
        changed["sparse"] = True
    return changed


def with_other_key(spec):
    return SON([("key", SON([("drifted", 1), ("by_hand", -1)])), ("name", spec["name"])])


def replace(target, collection, old, new):
    """Whether the new one stands; if not, the old one stands again."""
    if not target.drop(collection, old["name"]):
        return False
    if target.build(collection, new):
        return True
    assert target.build(collection, old)
    return False


def change(target, collection, spec):
    """Another option by hand. Some servers take an option and forget it: then nothing has changed, and it is said."""
    before = written.raw_specs(target.database, collection)
    if not replace(target, collection, spec, otherwise(spec)):
        return False
    if target.refused is None or written.raw_specs(target.database, collection) != before:
        return True
    target.refused.reasons.setdefault("takes an option and forgets it", []).append(f"{collection}.{spec['name']}")
    return False


def drift(target, sets, start=0):
    """One change a collection, of four kinds in turn: {collection: (list it belongs in, name)} of what happened."""
    happened = {}
    for number, (collection, specs) in enumerate(sorted(sets.items()), start):
        spec, kind = specs[number % len(specs)], number % 4
        if kind == 0 and target.drop(collection, spec["name"]):
            happened[collection] = ("missing", spec["name"])
        elif kind == 1 and target.build(collection, SON([("key", SON(stray=1)), ("name", "stray_1")])):
            happened[collection] = ("redundant", "stray_1")
        elif kind == 2 and change(target, collection, spec):
            happened[collection] = ("changed", spec["name"])
        elif kind == 3 and replace(target, collection, spec, with_other_key(spec)):
            happened[collection] = ("changed", spec["name"])
    return happened


def check_drift(scene, sets, happened):
    """Exactly what was done by hand is found, each in its list."""
    compared = {item["collection"]: item for item in scene.compare()}
    assert sorted(compared) == sorted(sets)
    for collection, specs in sets.items():
        item, names = compared[collection], {spec["name"] for spec in specs}
        found = {(kind, index["name"]) for kind in ("missing", "redundant", "changed")
                 for index in item[f"{kind}_indexes"]}
        assert found == ({happened[collection]} if collection in happened else set()), (collection, found)
        matched = {index["name"] for index in item["matched_indexes"]}
        assert matched == names - {happened.get(collection, ("", ""))[1]}, collection


def take_in(scene, sets):
    """Imports the live indexes: all of them, none twice; then nothing differs and nothing is left to do."""
    body = {"database_id": scene.id}
    count = sum(len(specs) for specs in sets.values())
    answer = scene.api.post("/indexes/sync-from-database", body).expect(200).data
    assert (answer["imported_count"], answer["skipped"]) == (count, []), answer
    assert scene.no_drift() and scene.plan()["operations"] == []


def by_sync(scene, target, sets):
    """Drift, found, planned, repaired by a sync that names the plan: all is as it was, and no second run has work."""
    before = target.live(sets)
    happened = drift(target, sets)
    check_drift(scene, sets, happened)
    plan = scene.plan()
    assert {operation["collection"] for operation in plan["operations"]} == set(happened)
    sync = scene.sync(fingerprint=plan["fingerprint"])
    assert sync["status"] == "completed", [each for each in sync["records"] if each["error"]]
    assert scene.no_drift() and scene.plan()["operations"] == []
    assert target.live(sets) == before
    assert scene.sync()["total_tasks"] == 0


def by_reverse_sync(scene, target, sets):
    """Drift taken over into the registry: the target is not touched, and nothing differs afterwards."""
    happened = drift(target, sets, start=2)
    live = target.live(sets)
    sync = scene.sync(option_missing=2, option_extra=2, option_changed=2)
    assert sync["status"] == "completed", sync["error"]
    assert happened and scene.no_drift() and target.live(sets) == live


def by_script(shell, uri, journeys):
    """Drift in all of them at once, then forward and reverse, through three starts of the shell; the first two also
    again, and verified. Each script costs the shell half a second, most of it before the first line runs.

    `journeys`: [(scene, target, sets)]
    """
    before = [target.live(sets) for _, target, sets in journeys]
    for _, target, sets in journeys:
        assert drift(target, sets, start=1)
    drifted = [target.live(sets) for _, target, sets in journeys]
    packs = [scene.api.post("/indexes/generate-script", {"database_id": scene.id, "pack": True}).expect(200).data
             for scene, _, _ in journeys]
    refused = shell.run(uri, packs[0]["verify"]["script"])
    assert refused.returncode != 0 and "verified" not in refused.stdout, "there is drift still"
    again = [pack[part]["script"] for pack in packs[:2] for part in ("forward", "verify")]
    shell.succeed(uri, *(pack["forward"]["script"] for pack in packs), *again)
    for (scene, target, sets), expected in zip(journeys, before):
        assert target.live(sets) == expected and scene.no_drift(), scene.name
    shell.succeed(uri, *(pack["reverse"]["script"] for pack in packs + packs[:1]))
    for (_, target, sets), expected in zip(journeys, drifted):
        assert target.live(sets) == expected
