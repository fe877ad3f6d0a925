"""What is tried of the scripts on the sandbox, on MongoDB itself: quoting, halves, the first failure, replacements. The
applications of tests/interop/targets go there and back."""
import pytest

from test_mongosh_scripts import (  # noqa: F401: a fixture, and tests that are run here again
    shell, test_a_refused_replacement_leaves_the_index_before_it, test_one_half_only,
    test_strange_names_arrive_as_they_are, test_the_first_failure_ends_it)


@pytest.fixture(scope="session")
def shared_sandbox(mongod):
    """These tests ask for the deployment by this name."""
    return mongod
