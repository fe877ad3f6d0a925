"""A registry that an older version filled: it took what a collation leaves out for the same in every locale, and told identities so."""
import contextlib
import sqlite3

import pytest

from client import Api
from scene import Scene, unique

TOLD_THEN = 'a_1 collation={"locale":"da"}'
TOLD_NOW = 'a_1 collation={"locale":"da","caseFirst":"upper"}'


@pytest.fixture
def old(start_server, shared_sandbox):
    """A definition {locale: "da"} as that version stored it; `old.index` is its id."""
    server = start_server()
    scene = Scene(Api(server.address).sign_up(unique("admin")), shared_sandbox)
    scene.index = scene.define("c", {"a": 1}, "n", collation={"locale": "da"})
    assert scene.get(scene.index)["key_signature"] == TOLD_NOW
    with contextlib.closing(sqlite3.connect(server.file_named("mim.db"), timeout=30)) as store, store:
        assert store.execute("UPDATE definitions SET signature = ? WHERE id = ?", (TOLD_THEN, scene.index)).rowcount == 1
    return scene


@pytest.mark.parametrize("live", [{"locale": "da"}, {"locale": "da", "caseFirst": "off"}])
def test_whichever_is_live_was_meant(old, live):
    old.db.c.create_index("a", name="n", collation=live)
    before = old.live("c")
    assert old.no_drift() and old.lists("c")[1] == ["n"]
    assert old.sync()["status"] == "completed" and old.live("c") == before
    assert old.get(old.index)["key_signature"] == TOLD_THEN, "it stays as it was until somebody changes it"


def test_what_was_never_built_means_what_mongodb_means(old):
    assert old.sync()["status"] == "completed"
    assert old.live("c")["n"]["collation"]["caseFirst"] == "upper" and old.no_drift()


def test_neither_meaning_is_defined_beside_it(old):
    for collation in ({"locale": "da"}, {"locale": "da", "case_first": "upper"}, {"locale": "da", "case_first": "off"}):
        old.try_define("c", {"a": 1}, "another", collation=collation).expect(409)


def test_whoever_changes_it_says_what_is_meant(old):
    old.db.c.create_index("a", name="n", collation={"locale": "da", "caseFirst": "off"})
    definition = old.definition("c", {"a": 1}, "n", collation={"locale": "da"})
    old.api.put(f"/indexes/{old.index}", {name: definition[name] for name in ("name", "keys", "options")}).expect(200)
    assert old.get(old.index)["key_signature"] == TOLD_NOW
    assert old.lists("c")[3] == ["n"], "now it differs from what is live, and the comparison says so"
