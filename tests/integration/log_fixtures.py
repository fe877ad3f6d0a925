"""The outputs of a run, and the last word on them: none of them shows a secret that a test has planted."""
import pytest

import outputs


@pytest.fixture(scope="session")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session", autouse=True)
def no_secret_in_any_output(logs):
    """Set up first, so it ends last: by then every process has written all that it has to say."""
    outputs.keep_in(logs)
    outputs.record_answers()
    yield
    found = outputs.search()
    assert not found, f"{len(found)} secrets are shown: {found[:5]}"
