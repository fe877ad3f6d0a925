"""Secrets that the tests plant on purpose, all of one recognisable form, so that a leak can be searched for."""
import re
import uuid

MARK = "S3cr3t"
KEY = re.compile(r"mim_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")
TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}|mim_invite_[A-Za-z0-9_-]{12,}")


def new_password():
    return f"{MARK}-{uuid.uuid4().hex[:16]}"


def leaks(text):
    """What in this text looks like a planted password, a token or an API key; empty when it is clean."""
    found = [text[max(0, at.start() - 80):at.end() + 20] for at in re.finditer(MARK, text)]
    return found + [at.group()[:40] for kind in (TOKEN, KEY) for at in kind.finditer(text)]
