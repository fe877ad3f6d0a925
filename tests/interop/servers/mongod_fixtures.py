"""The real MongoDB of a run, in the forms that tests ask for; what needs it is skipped where it is not installed."""
import pytest

import mongod as real
from serving import Unavailable


def _started(start):
    try:
        return start()
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def mongod():
    """A standalone; each test has databases of its own there."""
    server = _started(real.standalone)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def mongod_set():
    """A replica set of one member; each test has databases of its own there."""
    server = _started(real.one_member)
    yield server
    server.stop()


@pytest.fixture
def own_mongod_set():
    """A replica set of one member, for what would disturb other tests."""
    server = _started(real.one_member)
    yield server
    server.stop()


@pytest.fixture
def three_mongods():
    """A replica set of three members, whose members may be killed."""
    server = _started(real.three_members)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def guarded_mongod():
    """A replica set of one member with access control."""
    server = _started(real.with_access_control)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def guarded_standalone():
    """A standalone with access control."""
    server = _started(real.standalone_with_access_control)
    yield server
    server.stop()
