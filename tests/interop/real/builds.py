"""Builds on a real server that a fail point holds where a test wants them, and what the server tells of them."""
import contextlib

import pymongo.errors
import pytest

from scene import Scene
from waiting import eventually

DOCUMENTS = 200
HOLD = "hangIndexBuildDuringCollectionScanPhaseBeforeInsertion"


@contextlib.contextmanager
def held_at(server, document=DOCUMENTS // 2):
    """Every build that comes to this document stays there until the end of the block, or of the build."""
    admin = server.client.admin
    admin.command("configureFailPoint", HOLD, mode="alwaysOn", data={"fieldsToMatch": {"_id": document}})
    try:
        yield
    finally:
        admin.command("configureFailPoint", HOLD, mode="off")


@contextlib.contextmanager
def held_before_scanning(server):
    """Every build stays there, and holds no lock meanwhile: whoever ends it need not wait, nor does who looks at its collection."""
    admin = server.client.admin
    admin.command("configureFailPoint", "hangAfterStartingIndexBuild", mode="alwaysOn")
    try:
        yield
    finally:
        admin.command("configureFailPoint", "hangAfterStartingIndexBuild", mode="off")


def filled(scene):
    scene.db.c.insert_many([{"_id": number, "a": number} for number in range(DOCUMENTS)])
    return scene


def in_progress(client):
    """The builds that a server has under way. It shows their threads among the idle ones while they scan."""
    stages = [{"$currentOp": {"allUsers": True, "idleConnections": True}}, {"$match": {"msg": {"$regex": "^Index Build"}}}]
    try:
        return list(client.admin.aggregate(stages))
    except pymongo.errors.PyMongoError:
        return []


def builds(scene):
    """Those on the collection of the scene."""
    return [each for each in in_progress(scene.sandbox.client) if each["ns"] == f"{scene.db_name}.c"]


def waiting_for_one(scene):
    """Who asked for a build on the collection of the scene and has no answer yet, those included that went away. The
    namespace of one who waits for a build that was begun before is that of all commands."""
    stages = [{"$currentOp": {"allUsers": True}}, {"$match": {"command.createIndexes": "c", "ns": {"$regex": f"^{scene.db_name}[.]"}}}]
    return [each for each in scene.sandbox.client.admin.aggregate(stages) if each["desc"].startswith("conn")]


def times_told_to_end(server):
    """How often the server was asked for what ends a build. One that is held obeys as soon as it is let go."""
    told = server.client.admin.command("serverStatus")["metrics"]["commands"]
    return sum(told.get(name, {}).get("total", 0) for name in ("dropIndexes", "killOp"))


def record_of(scene, sync_id):
    return next(iter(scene.status(sync_id)["records"]), None)


def hangs(scene, sync_id):
    """The build stands still at the server, and the sync shows the operation."""
    eventually(lambda: builds(scene), 30, what="the server builds")
    return eventually(lambda: (row := record_of(scene, sync_id)) and row["status"] == "running" and row)


@pytest.fixture(params=["mongod", "mongod_set"])
def deployment(request):
    """A standalone lists what it builds like what is ready; a replica set does not."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def scene(api, deployment):
    made = filled(Scene(api, deployment))
    yield made
    deployment.client.drop_database(made.db_name)
