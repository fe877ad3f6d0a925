"""The binary has what keeps a fault in it from becoming somebody else's code: read from its own tables by binutils."""
import platform
import re
import subprocess

import pytest

from processes import BINARY, built_for_users, foreign_symbols


def told(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def compiled_for_users():
    """What the compiler adds for users is left out of a build under sanitizers: they watch the same places themselves."""
    if not built_for_users():
        pytest.skip("the binary is a build under AddressSanitizer, which has checks of its own in their place")


def test_its_place_in_memory_is_random():
    assert re.search(r"Type:\s+DYN", told("readelf", "--file-header", BINARY))
    assert re.search(r"FLAGS_1.*\bPIE\b", told("readelf", "--dynamic", BINARY))


def test_its_tables_of_addresses_are_read_only_once_it_runs():
    assert "GNU_RELRO" in told("readelf", "--wide", "--program-headers", BINARY)
    assert re.search(r"FLAGS_1.*\bNOW\b", told("readelf", "--dynamic", BINARY))


def test_its_stack_holds_no_code():
    stack = re.search(r"GNU_STACK.*", told("readelf", "--wide", "--program-headers", BINARY))
    assert "RWE" not in stack.group(0)


def test_an_overwritten_stack_ends_it(compiled_for_users):
    assert "__stack_chk_fail" in foreign_symbols()


def test_copies_beyond_a_buffer_end_it(compiled_for_users):
    checked = {name for name in foreign_symbols() if name.endswith("_chk")}
    assert checked, "no function of the C library is called in its checked form"


def test_jumps_land_only_where_they_may(compiled_for_users):
    landing = {"x86_64": "endbr64", "aarch64": "paciasp"}.get(platform.machine())
    if landing is None:
        pytest.skip(f"compilers have no such protection for {platform.machine()}")
    assert landing in told("objdump", "--disassemble=main", BINARY)
