"""Hundreds of definitions by chance there and back, the same in every run; the unit tests try ten thousand in memory."""
import pytest

from round_trip import World

CASES = 300
SEED = 20261122


@pytest.fixture(scope="module")
def world(api, shared_sandbox):
    return World(api, shared_sandbox, CASES, SEED)


def test_what_is_imported_is_matched(world):
    world.check_imported()


def test_what_is_declared_is_created_and_matched(world, api, shared_sandbox):
    world.check_declared(api, shared_sandbox)


def test_one_change_is_never_matched(world):
    assert world.check_changes() > 5 * CASES
