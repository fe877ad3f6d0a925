"""Waiting for a condition with a deadline; the only place of the suite that waits."""
import time


class NotYet(AssertionError):
    pass


def eventually(condition, seconds=60.0, pause=0.01, what=None):
    """The first truthy result of `condition()`, asked again and again until the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() >= deadline:
            raise NotYet(f"still not so after {seconds} s: {what or condition}, last answer {result!r}")
        time.sleep(pause)  # the poll interval
        pause = min(pause * 1.5, 0.1)
