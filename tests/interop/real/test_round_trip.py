"""Definitions by chance there and back on MongoDB itself. The same in every run; `MIM_TEST_DEFINITIONS_SEED` begins
elsewhere, and `MIM_TEST_DEFINITIONS_CASES` goes on for longer."""
import os

import pytest

from round_trip import World

CASES = int(os.environ.get("MIM_TEST_DEFINITIONS_CASES", "40"))
SEED = int(os.environ.get("MIM_TEST_DEFINITIONS_SEED", "20261130"))


@pytest.fixture(scope="module")
def world(api, mongod):
    yield (made := World(api, mongod, CASES, SEED))
    mongod.client.drop_database(made.scene.db_name)


def test_what_is_imported_is_matched(world):
    world.check_imported()


def test_what_is_declared_is_created_and_matched(world, api, mongod):
    world.check_declared(api, mongod)


def test_one_change_is_never_matched(world):
    assert world.check_changes() > 4 * CASES
