"""The sandbox is held to MongoDB: both get the same commands, and where they answer otherwise, the difference stands in a list
of MongoDB's version with its reason. `MIM_TEST_COMMANDS_SEED` begins elsewhere, `MIM_TEST_COMMANDS_STORIES` goes on for longer."""
import json
import os
import pathlib

import pytest

import vectors
from commands import LOOKS, Stories
from differences import ask, between
from processes import Sandbox
from scene import unique

SEED = int(os.environ.get("MIM_TEST_COMMANDS_SEED", "20261130"))
STORIES = int(os.environ.get("MIM_TEST_COMMANDS_STORIES", "120"))
USUAL = "MIM_TEST_COMMANDS_SEED" not in os.environ and "MIM_TEST_COMMANDS_STORIES" not in os.environ
FOLDER = pathlib.Path(__file__).resolve().parent / "sandbox-differs"


@pytest.fixture(scope="module")
def both(mongod, logs):
    """(client of a sandbox that says it is of MongoDB's version, client of MongoDB)"""
    sandbox = Sandbox(logs, version=mongod.version)
    yield sandbox.client, mongod.client
    sandbox.kill()


class Held:
    """What was found: {difference: the first command that showed it}, and how many answers there were."""

    def __init__(self, both):
        self.both, self.found, self.answers = both, {}, 0

    def ask(self, database, command):
        """Whether both answered alike."""
        sandbox, real = (ask(client[database], command) for client in self.both)
        self.answers += 1
        for difference in between(command, sandbox, real):
            self.found.setdefault(difference, str(dict(command))[:400])
        return sandbox[0] == real[0]

    def tell(self, commands):
        """A story in a database of its own; it ends where one took what the other refused, since all that follows
        would differ because of it."""
        name = unique("held")
        for database, command in commands:
            if not self.ask(f"{name}-{database}", command):
                break
            for look in LOOKS:
                self.ask(f"{name}-{database}", look)
        for client in self.both:
            for database in client.list_database_names():
                if database.startswith(name):
                    client.drop_database(database)


def told_by_vectors():
    for vector in vectors.load():
        if not vectors.reason_to_skip(vector) and not {step.get("db", "t") for step in vector["steps"]} & {"admin", "config", "local"}:
            yield [vectors.command(step) for step in vector["steps"]]


def check(held, name):
    file = FOLDER / f"{name}.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    if os.environ.get("MIM_INTEROP_RECORD"):
        known = {each: known.get(each, "") for each in sorted(held.found)}
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n")
    assert not (new := {each: command for each, command in held.found.items() if each not in known}), new
    assert all(known.values()), "each difference has a reason, written by hand"
    assert not USUAL or (gone := sorted(set(known) - set(held.found))) == [], f"no difference any more: {gone}"


def test_commands_by_chance(both, mongod, capsys):
    held, stories = Held(both), Stories(SEED)
    for _ in range(STORIES):
        held.tell(("t", command) for command in stories.story())
    with capsys.disabled():
        print(f"\nNOTE: {held.answers} answers of sandbox and MongoDB {mongod.version}, {len(held.found)} kinds of difference")
    check(held, f"chance-{mongod.version}")


def test_commands_of_the_vectors(both, mongod):
    held = Held(both)
    for story in told_by_vectors():
        held.tell(story)
    check(held, f"vectors-{mongod.version}")
