"""A MongoDB that hears what its clients sign in with, and repeats all of it where it tells why it refuses something."""
import base64

import bson

from hostile_server import GREETINGS, HostileServer, answer

CHALLENGE = "r=%s,s=QSXCR+Q6sek8bf92QSXCRQ==,i=15000"
AT_SIGN_IN, IN_GREETINGS, AFTERWARDS, BY_A_SHARD = (
    "at the sign-in", "in later greetings", "once somebody is signed in", "by one of its shards")


def forms_of(payload):
    """A payload in base64, and all that can be read in it."""
    content = base64.b64decode(payload + "===") if isinstance(payload, str) else payload
    found = [base64.b64encode(content).decode()]
    try:
        return found + [str(value) for value in bson.decode(content).values()]
    except bson.errors.InvalidBSON:
        return found + [content.decode("latin-1").replace("\0", " ")]


class EchoingServer(HostileServer):
    """`refuses` tells what: the sign-in, the greetings that follow one, every command after it, or a shard's part."""

    def __init__(self, refuses):
        self.refuses, self.heard = refuses, []
        super().__init__({})

    def _answer(self, request):
        if request.name in ("saslStart", "saslContinue"):
            return self._sign_in(request)
        where = IN_GREETINGS if request.name in GREETINGS else AFTERWARDS
        if self.heard and self.refuses == where:
            return answer(request, self._refusal())
        if self.refuses == BY_A_SHARD and request.name == "createIndexes":
            return answer(request, {"ok": 1.0, "raw": {"shard-1": self._refusal()}})
        return super()._answer(request)

    def _sign_in(self, request):
        payload = request.document["payload"]
        self.heard += forms_of(payload)
        if request.name == "saslStart" and request.document["mechanism"] == "MONGODB-AWS":
            return self._go_on(request, bson.encode({"s": bson.decode(payload)["r"] + b"x" * 32, "h": "sts.amazonaws.com"}))
        if request.name == "saslStart" and request.document["mechanism"].startswith("SCRAM"):
            return self._go_on(request, (CHALLENGE % (bytes(payload).decode().split("r=")[1] + "abc")).encode())
        if self.refuses in (AFTERWARDS, BY_A_SHARD):
            return answer(request, {"conversationId": 1, "done": True, "payload": b"", "ok": 1.0})
        return answer(request, self._refusal())

    @staticmethod
    def _go_on(request, payload):
        return answer(request, {"conversationId": 1, "done": False, "payload": payload, "ok": 1.0})

    def _refusal(self):
        """The latest first: words are cut off at their end."""
        return {"ok": 0.0, "errmsg": f"we heard {' '.join(reversed(self.heard))}", "code": 18, "codeName": self.heard[-1]}
