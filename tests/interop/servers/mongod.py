"""A real MongoDB, where there is a `mongod` on the PATH: alone, as a replica set, or asking who somebody is."""
import secrets
import shutil

import pymongo
import pymongo.errors

from serving import Running, Unavailable

import planted  # found through serving, as what follows
from waiting import eventually

SET = "rs"
ELECTION_SECONDS = 90
# Fail points hold a build where a test wants it; nothing else of these differs from what users run.
OPTIONS = ["--bind_ip", "127.0.0.1", "--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "128",
           "--setParameter", "enableTestCommands=1", "--setParameter", "diagnosticDataCollectionEnabled=false"]


def path():
    """Where it is; None where it is not installed."""
    return shutil.which("mongod")


class Mongod(Running):
    """One process. It may be killed and launched again, on the same port and with the same data."""

    def __init__(self, held=None, *more, name="mongod", access_control=False):
        binary = path()
        if binary is None:
            raise Unavailable("no mongod is on the PATH")
        super().__init__(name, lambda number, data: [binary, "--dbpath", data, "--port", number, *OPTIONS, *more,
                                                     *(key_file(data) if access_control else [])], held)
        self.client = pymongo.MongoClient(self.uri, directConnection=True, serverSelectionTimeoutMS=30_000)

    def stop(self):
        """Its data go with it, so that there is no need of a clean end."""
        if hasattr(self, "client"):
            self.client.close()
        self.kill()
        self.remove_data()


def key_file(data):
    """By such a key members of a set know each other; with it, whoever else comes says who he is."""
    file = data / "key"
    file.write_text(secrets.token_hex(32))
    file.chmod(0o600)
    return ["--keyFile", file]


class ReplicaSet:
    """So many members that vote; `uri` names them all."""

    def __init__(self, count, held=None, name="mongod-set", access_control=False):
        self.name, self.members = name, []
        try:
            for number in range(count):
                self.members.append(Mongod(held if number == 0 else None, "--replSet", SET, access_control=access_control))
            self._begin()
        except BaseException:
            self.stop()
            raise

    def _begin(self):
        hosts = [f"127.0.0.1:{member.port}" for member in self.members]
        self.address, self.version = ",".join(hosts), self.members[0].version
        self.uri = f"mongodb://{self.address}/?replicaSet={SET}"
        self.members[0].client.admin.command("replSetInitiate", {
            "_id": SET, "members": [{"_id": number, "host": host} for number, host in enumerate(hosts)],
            "settings": {"electionTimeoutMillis": 2000, "heartbeatIntervalMillis": 500}})
        self.client = pymongo.MongoClient(self.uri, serverSelectionTimeoutMS=60_000)
        eventually(self.primary, ELECTION_SECONDS, what="the set has a primary, and all the others follow it")

    def primary(self):
        """The member that is written to; None while there is none, or while a member is not ready yet."""
        states = [self.hello(member) for member in self.members]
        if sum(bool(state.get("isWritablePrimary") or state.get("secondary")) for state in states) < len(states):
            return None
        return next((member for member, state in zip(self.members, states) if state.get("isWritablePrimary")), None)

    def successor(self, of):
        """Whoever is the primary now and is not this member; None while nobody is."""
        return next((member for member in self.members
                     if member is not of and self.hello(member).get("isWritablePrimary")), None)

    def uri_of(self, database):
        """For whoever keeps his data in this one."""
        return f"mongodb://{self.address}/{database}?replicaSet={SET}"

    @staticmethod
    def hello(member):
        try:
            return member.client.admin.command("hello")
        except pymongo.errors.PyMongoError:
            return {}

    def stop(self):
        if hasattr(self, "client"):
            self.client.close()
        for member in self.members:
            member.stop()


def standalone(held=None):
    return Mongod(held)


def one_member(held=None):
    return ReplicaSet(1, held)


def three_members(held=None):
    return ReplicaSet(3, held, name="mongod-set-of-three")


def with_access_control(held=None):
    """A set of one member. Whoever wants something of it says who he is; `uri` names a user who may do everything."""
    return guarded(ReplicaSet(1, held, name="mongod-access", access_control=True), f"&replicaSet={SET}")


def standalone_with_access_control(held=None):
    return guarded(Mongod(held, "--auth", name="mongod-alone-access"))


def guarded(server, more=""):
    try:
        password = planted.new_password()
        # The first user may be made by anybody who comes from the same machine.
        server.client.admin.command("createUser", "root", pwd=password, roles=["root"])
        server.uri = f"mongodb://root:{password}@{server.address}/?authSource=admin{more}"
        server.client.close()
        server.client = pymongo.MongoClient(server.uri, serverSelectionTimeoutMS=30_000)
    except BaseException:
        server.stop()
        raise
    return server
