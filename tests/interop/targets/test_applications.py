"""The index sets of real applications, and one index of every kind, on each server, as far as it takes them;
what it refuses is said aloud."""
import pytest

import applications
from mongosh_shell import Shell
from scene import Scene


ALL = {**{name: applications.load(name) for name in applications.NAMES}, "every_kind": applications.every_kind()}


@pytest.fixture(scope="module")
def refused(deployment, report):
    noted = applications.Refused()
    yield noted
    for line in noted.lines():
        report(f"{deployment.name}: applications: {line}")


@pytest.fixture
def settle(api, deployment, refused):
    """Makes databases of the registry that hold an application's indexes, as their targets do."""
    made = []

    def settled(name):
        scene = Scene(api, deployment)
        made.append(scene)
        target = applications.Target(scene.db, refused)
        sets = target.put(ALL[name])
        assert sum(map(len, sets.values())) > 10, "the server takes next to nothing"
        applications.take_in(scene, sets)
        return scene, target, sets

    yield settled
    for scene in made:
        deployment.client.drop_database(scene.db_name)


@pytest.mark.parametrize("name", ALL)
def test_sync(settle, name):
    applications.by_sync(*settle(name))


@pytest.mark.parametrize("name", ALL)
def test_reverse_sync(settle, name):
    applications.by_reverse_sync(*settle(name))


def test_script(settle, deployment, tmp_path):
    applications.by_script(Shell(tmp_path), deployment.uri, [settle(name) for name in ALL])
