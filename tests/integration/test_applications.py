"""What eight real applications declare, and one index of every kind, through every road: import, compare, plan, sync,
script, reverse sync."""
import pytest

import applications
from mongosh_shell import Shell
from scene import Scene


ALL = {**{name: applications.load(name) for name in applications.NAMES}, "every_kind": applications.every_kind()}


def settled(api, sandbox, name):
    """A database of the registry that holds the application's indexes, as its target does."""
    scene = Scene(api, sandbox)
    target = applications.Target(scene.db)
    sets = target.put(ALL[name])
    applications.take_in(scene, sets)
    return scene, target, sets


def test_there_are_enough_of_them():
    assert sum(len(specs) for name in applications.NAMES for specs in applications.load(name).values()) > 1000


@pytest.mark.parametrize("name", ALL)
def test_sync(api, shared_sandbox, name):
    applications.by_sync(*settled(api, shared_sandbox, name))


@pytest.mark.parametrize("name", ALL)
def test_reverse_sync(api, shared_sandbox, name):
    applications.by_reverse_sync(*settled(api, shared_sandbox, name))


def test_script(api, shared_sandbox, tmp_path):
    shell = Shell(tmp_path)
    applications.by_script(shell, shared_sandbox.uri,
                           [settled(api, shared_sandbox, name) for name in ALL])
