"""Stands between a MongoDB client and a server and answers one command itself: connectionStatus, with the account and
the privileges that a test wants to be told."""
from wire_tap import Tap


class ToldPrivileges(Tap):
    def __init__(self, host, port, status):
        self.status = status
        super().__init__(host, port)

    def _own_answer(self, command):
        return {"authInfo": self.status, "ok": 1.0} if "connectionStatus" in command else None
