"""The promise that users trust, over the wire: what is created, listed and imported is matched; what differs in one
option is not."""
import pymongo.errors

import chance
import written
from scene import Scene


def takes(database, collection, spec):
    try:
        written.create(database, collection, spec)
        return True
    except pymongo.errors.OperationFailure as refused:
        assert refused.code not in (1, 8, 11, 59), f"not a rule but a fault: {spec}: {refused}"
        return False


def matched(scene):
    return {item["collection"] for item in scene.compare() if item["matched_indexes"]
            and not (item["missing_indexes"] or item["redundant_indexes"] or item["changed_indexes"])}


class World:
    """So many specifications by chance, each alone in its collection of a live database, as far as its server takes them:
    all taken over into the registry."""

    def __init__(self, api, deployment, cases, seed):
        self.scene, self.taken, generator = Scene(api, deployment), {}, chance.Chance(seed)
        while len(self.taken) < cases:
            spec, collection = generator.spec(), f"c{len(self.taken):03d}"
            if takes(self.scene.db, collection, spec):
                self.taken[collection] = spec
        api.post("/indexes/sync-from-database", {"database_id": self.scene.id}).expect(200)

    def check_imported(self):
        overlooked = {name: self.taken[name] for name in set(self.taken) - matched(self.scene)}
        assert not overlooked, overlooked

    def check_declared(self, api, deployment):
        """Through the API instead of by hand: the same index to the last type of a number."""
        scene = Scene(api, deployment)
        for collection, spec in self.taken.items():
            api.post("/indexes/", written.api_definition(scene.id, collection, spec)).expect(201)
        sync = scene.sync()
        assert sync["status"] == "completed", [row for row in sync["records"] if row["error"]]
        assert matched(scene) == set(self.taken)
        for collection in self.taken:
            assert written.raw_specs(scene.db, collection) == written.raw_specs(self.scene.db, collection)

    def put_instead(self, collection, specs):
        """The first of these that the server takes and that says something else; those before it are used up."""
        self.scene.db.command("dropIndexes", collection, index="*")
        while specs:
            spec = specs.pop()
            if chance.differs(spec, self.taken[collection]) and takes(self.scene.db, collection, spec):
                return spec
        return None

    def check_changes(self):
        """One change away, and never matched. How many were tried."""
        left = {collection: list(chance.changes(spec)) for collection, spec in self.taken.items()}
        tried = 0
        while any(left.values()):
            changed = {name: spec for name, specs in left.items() if (spec := self.put_instead(name, specs))}
            overlooked = matched(self.scene) & set(changed)
            assert not overlooked, [(changed[each], self.taken[each]) for each in overlooked]
            tried += len(changed)
        for collection, spec in self.taken.items():
            self.scene.db.command("dropIndexes", collection, index="*")
            assert takes(self.scene.db, collection, spec)
        assert matched(self.scene) == set(self.taken), "and as it was before, it is matched again"
        return tried
