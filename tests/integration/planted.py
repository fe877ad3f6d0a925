"""Secrets that the tests plant on purpose, all of one recognisable form, so that a leak can be searched for; and those
that the servers make themselves, remembered as they are seen."""
import base64
import re
import uuid

MARK = "S3cr3t"


def _in_base64(text, offset):
    """What stands for this text wherever it begins among the three bytes that four digits stand for."""
    digits = base64.b64encode(b"\0" * offset + text.encode()).decode().rstrip("=")
    whole = 8 * (offset + len(text)) // 6  # the digits that hold nothing of what follows
    return digits[-(-8 * offset // 6):whole]


# Plain, and as it is written where bytes are not text.
MARKS = re.compile("|".join([MARK, MARK.encode().hex(), *(_in_base64(MARK, offset) for offset in range(3))]))
KEY = re.compile(r"mim_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
# An invite is known by its first six digits; in a store these lie just before the hash of the whole.
TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}|mim_(?:invite|reset)_[A-Za-z0-9_-]{6}(?![0-9a-f]{12})[A-Za-z0-9_-]{6,}")
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
SHORTEST = 16

_remembered = {}


def new_password():
    return f"{MARK}-{uuid.uuid4().hex[:16]}"


def new_awkward_password():
    """One that a connection string must write in another way, and that is found also when only its end is shown."""
    return f"{new_password()}@:/?#[]%&=+ {MARK}"


def remember(kind, value):
    """A secret without a form of its own: a key that was made, an API key that was shown once."""
    if isinstance(value, str) and len(value) >= SHORTEST:
        _remembered[value] = kind


def leaks(text):
    """What in this text looks like a planted password, a token or a private key; empty when it is clean."""
    found = [text[max(0, at.start() - 80):at.end() + 20] for at in MARKS.finditer(text)]
    found += [at.group()[:40] for kind in (TOKEN, KEY) for at in kind.finditer(text)]
    return found + [text[at.start():at.end() + 20] for at in PRIVATE_KEY.finditer(text)]


def all_leaks(text):
    """The same, and every secret that was remembered."""
    return leaks(text) + [f"{kind} {value[:6]}…" for value, kind in _remembered.items() if value in text]
