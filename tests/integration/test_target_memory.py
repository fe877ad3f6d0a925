"""What targets answer, and all that is made of it, takes no more memory than the settings say."""
import concurrent.futures

import bson
import pytest

from client import Api
from hostile_server import Batches, HostileServer, answer, catalog_entry, greeting
from processes import built_for_users, status_of
from scene import Scene, unique

MEBIBYTE = 1 << 20
OF_A_CALL, IN_ALL = 32, 128
SETTINGS = {"MIM_TARGET_CALL_MEGABYTES": OF_A_CALL, "MIM_TARGET_MEGABYTES": IN_ALL,
            "MIM_TARGET_DEADLINE_SECONDS": 300}  # no call shall end by its time, however busy the machine
# Beside it: threads, connections, and what the allocator keeps of what was given back.
APART = 96
CALLS = 8  # as many as may ask one deployment
PATIENCE_SECONDS = 300  # a build under AddressSanitizer takes minutes for the largest of them


def unreadable(size):
    """Indexes that nobody looks at, as they are too large: all of it is messages and documents."""
    return bson.encode({"v": 2, "key": {"a": 1}, "name": "a", "partialFilterExpression": {"text": "x" * size}})


def small(collections, each):
    """Indexes of a few bytes: almost all of it is what is made of them."""
    entry = catalog_entry("c_000000", [{"key": {f"a{number}": 1}, "name": f"b{number}"} for number in range(each)])
    return [entry.replace(b"c_000000", f"c_{number:06}".encode()) for number in range(collections)]


def escaped(collections, size):
    """Texts of which each byte takes six where it is shown."""
    entry = catalog_entry("c_000000", [{"key": {"a": 1}, "name": "b", "partialFilterExpression": {"t": "\x01" * size}}])
    return [entry.replace(b"c_000000", f"c_{number:06}".encode()) for number in range(collections)]


LISTED = Batches("shop.c", [unreadable(MEBIBYTE)] * (OF_A_CALL - 3)).tricks("listIndexes")


def catalog(entries):
    return {**Batches("shop.$cmd.aggregate", entries).tricks("aggregate"),
            "greeting": lambda request: answer(request, greeting(maxWireVersion=17)),
            "buildInfo": lambda request: answer(request, {"version": "6.0.0", "ok": 1.0})}


# What just fits, and what does not.
ANSWERED = {"large documents": LISTED, "small indexes": catalog(small(450, 60)), "escaped texts": catalog(escaped(80, 10_000))}
REFUSED = {"small indexes": catalog(small(2_400, 60)), "escaped texts": catalog(escaped(800, 10_000)),
           "one large collection": catalog(escaped(1, 900_000))}


def rose_less_than(bound, risen):
    if built_for_users():
        assert risen < bound, "MiB"
    else:
        pytest.skip("the memory of a build under AddressSanitizer is mostly that of its own checks; all else held")


@pytest.fixture
def compared(start_server):
    """The replies to so many comparisons at once with such a target, and how far the memory of the server rose, in MiB."""
    servers = []

    def compare(tricks, calls):
        servers.append(HostileServer(tricks))
        server = start_server(**SETTINGS)
        api = Api(server.address).sign_up(unique("user"))
        scene = Scene(api, None, uri=f"mongodb://{servers[-1].address}/?directConnection=true", db_name="shop")
        before = status_of(server, "VmRSS")
        body = {"database_id": scene.id, "include_unmanaged": True}
        with concurrent.futures.ThreadPoolExecutor(calls) as pool:
            asked = [pool.submit(api.again().post, "/indexes/compare-by-database", body, timeout=PATIENCE_SECONDS)
                     for _ in range(calls)]
            replies = [call.result() for call in asked]
        return replies, (status_of(server, "VmHWM") - before) / 1_024
    yield compare
    for server in servers:
        server.close()


@pytest.mark.parametrize("kind", ANSWERED)
def test_one_answer_that_just_fits(compared, kind):
    (reply,), risen = compared(ANSWERED[kind], 1)
    reply.expect(200)
    rose_less_than(4 * 16 + OF_A_CALL + APART, risen)  # the message under way has four copies


@pytest.mark.parametrize("kind", ANSWERED)
def test_many_at_once(compared, kind):
    replies, risen = compared(ANSWERED[kind], CALLS)
    assert {reply.status for reply in replies} <= {200, 412, 503}, [reply.body for reply in replies]
    rose_less_than(IN_ALL + APART, risen)


@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_take_more_is_the_error_of_that_target(compared, kind):
    replies, risen = compared(REFUSED[kind], 2)
    assert all(reply.status in (412, 503) for reply in replies), [reply.status for reply in replies]
    assert any(f"more than the {OF_A_CALL * MEBIBYTE} bytes that one call may hold" in reply.error for reply in replies)
    rose_less_than(IN_ALL + APART, risen)


def test_more_indexes_than_a_collection_can_have(compared):
    indexes = [bson.encode({"v": 2, "key": {f"a{number}": 1}, "name": f"a{number}"}) for number in range(513)]
    (reply,), _ = compared(Batches("shop.c", indexes).tricks("listIndexes"), 1)
    assert reply.status == 412 and "513 indexes of the collection c, where at most 512" in reply.error
