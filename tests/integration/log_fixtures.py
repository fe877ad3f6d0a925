"""The logs of a run, and the last word on them: none of them shows a secret that a test has planted."""
import pytest

import planted


@pytest.fixture(scope="session")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session", autouse=True)
def no_secret_in_any_log(logs):
    """Set up first, so it ends last: by then every process has written all that it has to say."""
    yield
    for path in sorted(logs.iterdir()):
        found = planted.leaks(path.read_text(errors="replace"))
        assert not found, f"{path.name} shows secrets: {found[:5]}"
