"""So many definitions at once, there and back: saved, built by one sync, listed, imported, compared; and each changed in one thing
by hand. What the real server lists, takes and refuses is the judge of all of it."""
import re

from bson.son import SON

import written
from differences import general
from listings import comparable, listing, refusal, told
from scene import Scene, unique

INDEXES_OF_A_COLLECTION = 60
FORETOLD = "MongoDB will refuse it: "
CHANGES_TRIED = 6
PATIENCE_SECONDS = 900
# Every third collection has one of its own, which its indexes inherit.
COLLATION = {"locale": "fr", "strength": 2}
# What a refusal says of the server whose rules they are.
WHOSE_RULES = re.compile(r" \((by the newest rules: |MongoDB )[^)]*\)")


def reasons(reply):
    """The rules by which a definition was not saved: where they look, and their words without what they were applied to."""
    if not isinstance(reply.error, dict):
        return f"{reply.status} {general(reply.body.get('detail', reply.error))}"
    fields = {".".join(field.split("[")[0].split(".")[:3 if ".other." in field else 2]): words for field, words in reply.error.items()}
    return "; ".join(f"{field}: {general(WHOSE_RULES.sub('', words))}" for field, words in sorted(fields.items()))


def api_definition(database_id, collection, spec):
    """With the version too, for which the contract has no word of its own, and with weights of any type of number."""
    body = written.api_definition(database_id, collection, spec)
    if "weights" in spec:
        body["options"]["weights"] = written.extended(spec["weights"])
    if "v" in spec:
        body["options"].setdefault("other", {})["v"] = written.extended(spec["v"])
    if "version" in spec.get("collation", {}):
        body["options"]["collation"]["version"] = spec["collation"]["version"]
    return body


def said_in_full(listed, declared):
    """A listed index as MongoDB makes it anew, in a collection with a collation too: no collation means none, but for the
    first version of indexes, which has none anyway. A text index is listed with two fields, beside which no lifetime may
    stand: one that has it bears the key that it was declared with."""
    if "_fts" in listed["key"] and "expireAfterSeconds" in listed:
        listed = SON({**listed, "key": declared["key"]})
    return SON(listed) if listed["v"] == 1 else SON({"collation": {"locale": "simple"}, **listed})


class Rooms:
    """Puts each definition into the first collection that has no other with its key or name, and one text index at most."""

    def __init__(self):
        self.rooms = []

    def place(self, spec):
        takes = {("key", *spec["key"]), ("name", spec["name"])}
        takes |= {"text"} if "text" in spec["key"].values() else set()
        for number, room in enumerate(self.rooms):
            if not room & takes and len(room) < 2 * INDEXES_OF_A_COLLECTION:
                room |= takes
                return f"c{number}"
        self.rooms.append(takes)
        return f"c{len(self.rooms) - 1}"


class Batch:
    def __init__(self, api, deployment, definitions, findings):
        self.api, self.deployment, self.findings = api, deployment, findings
        self.scene, rooms = Scene(api, deployment), Rooms()
        self.placed = {(rooms.place(each.spec), each.spec["name"]): each for each in definitions}
        self.changed_db = deployment.client[unique("changed")]
        for collection in sorted({where[0] for where in self.placed})[::3]:
            for database in (self.scene.db, self.changed_db):
                database.create_collection(collection, collation=COLLATION)
        self.built = {}

    def run(self):
        saved = self._save()
        self._build(saved)
        compared = self.scene.compare()
        self._must_match("built and not matched", compared, self.built)
        self._import()
        self._change()
        for name in (self.scene.db_name, self.changed_db.name):
            self.deployment.client.drop_database(name)

    def _save(self):
        """Those saved. What is not is asked of the server as it stands."""
        saved = []
        for where, each in self.placed.items():
            reply = self.api.post("/indexes/", api_definition(self.scene.id, where[0], each.spec))
            if reply.status == 201:
                saved.append(where)
                continue
            assert reply.status == 400, reply.text
            self.findings.refused(each, reasons(reply), refusal(self.changed_db, "tried", each.spec))
            self.changed_db.drop_collection("tried")
        return saved

    def _build(self, saved):
        sync = self.scene.finished(self.scene.start(), PATIENCE_SECONDS)
        records = {(row["collection"], row["index"]): row for row in sync["records"]}
        assert set(records) == set(saved), "a record for each definition"
        now = listing(self.scene.db, {collection for collection, _ in saved})
        for where, row in records.items():
            foretold = row["reason"].partition(FORETOLD)[2]
            if row["status"] == "completed":
                self.built[where] = now[where]
            self.findings.built(self.placed[where], general(foretold), None if row["status"] == "completed" else told(row["error"]))

    def _must_match(self, what, compared, wanted):
        for where in set(wanted) - matched(compared):
            self.findings.wrong(what, self.placed[where], listed=wanted[where])

    def _import(self):
        """Into a database entry that knows nothing yet: it has all of it, and nothing is left to do."""
        self.imported = Scene(self.api, self.deployment, db_name=self.scene.db_name)
        told_of = self.api.post("/indexes/sync-from-database", {"database_id": self.imported.id}).expect(200).data
        for skipped in told_of["skipped"]:
            self.findings.wrong("not imported", self.placed[skipped["collection"], skipped["name"]], skipped=skipped)
        self._must_match("imported and not matched", self.imported.compare(), self.built)
        script = self.api.post("/indexes/generate-script", {"database_id": self.imported.id}).expect(200).data
        if script["creates"] or script["drops"] or script["modifies"]:
            self.findings.wrong("the script is not empty", None, script=script["script"])

    def _change(self):
        """By hand in another database, which both entries are then bound to."""
        changes = {where: change for where in self.built if (change := self._put_changed(where))}
        now = listing(self.changed_db, {collection for collection, _ in changes})
        for kind, scene in (("declared", self.scene), ("imported", self.imported)):
            body = {"name": scene.name, "uri": scene.uri, "db_name": self.changed_db.name}
            self.api.put(f"/databases/{scene.id}", body).expect(200)
            alike = matched(scene.compare())
            for where, change in changes.items():
                self._judge(kind, where, change, now[where], where in alike)

    def _put_changed(self, where):
        """The first change of some that MongoDB takes."""
        for _ in range(CHANGES_TRIED):
            change = self.placed[where].changed()
            if refusal(self.changed_db, where[0], change) is None:
                return change
        return None

    def _judge(self, kind, where, change, listed, is_matched):
        before, after = comparable(self.built[where]), comparable(listed)
        differing = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
        self.findings.changed(kind, self.placed[where], change, differing, is_matched,
                              lambda: refusal(self.scene.db, where[0], said_in_full(listed, change)))


def matched(compared):
    """The definitions that a comparison finds as they are, under their names."""
    return {(item["collection"], index["name"]) for item in compared for index in item["matched_indexes"]}
