"""The configuration file: what it sets, what wins over it, and what it refuses."""
import signal
import subprocess

import pytest

from processes import BINARY, clean_environment
from test_process import refused


def written(tmp_path, *lines):
    file = tmp_path / "mim.ini"
    file.write_text("\n".join(lines) + "\n")
    return file


def served_data_folder(tmp_path, *arguments, **settings):
    """Serves until it listens, and tells which data folder it made."""
    with subprocess.Popen([BINARY, "serve", *map(str, arguments)], env=clean_environment(**settings), cwd=tmp_path,
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert "mim listening on http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    made = [folder.name for folder in tmp_path.iterdir() if (folder / "mim.db").exists()]
    assert len(made) == 1, made
    return made[0]


LISTEN = "listen = 127.0.0.1:0"


def test_file_sets_what_nothing_else_sets(tmp_path):
    file = written(tmp_path, "# ours", "[serve]", LISTEN, "data = of-the-file")
    assert served_data_folder(tmp_path, "--config", file) == "of-the-file"


def test_file_named_by_the_environment(tmp_path):
    file = written(tmp_path, "[serve]", LISTEN, "data = of-the-file")
    assert served_data_folder(tmp_path, MIM_CONFIG=file) == "of-the-file"


def test_environment_wins_over_the_file(tmp_path):
    file = written(tmp_path, "[serve]", LISTEN, "data = of-the-file")
    assert served_data_folder(tmp_path, "--config", file, MIM_DATA="of-the-environment") == "of-the-environment"


def test_flag_wins_over_both(tmp_path):
    file = written(tmp_path, "[serve]", LISTEN, "data = of-the-file")
    made = served_data_folder(tmp_path, "--config", file, "--data", "of-the-flag", MIM_DATA="of-the-environment")
    assert made == "of-the-flag"


@pytest.mark.parametrize("line,named", [("listne = 127.0.0.1:0", "listne"), ("listen = nowhere", "listen"),
                                        ("access-token-seconds = soon", "access-token-seconds")])
def test_what_is_wrong_in_the_file_is_named(tmp_path, line, named):
    refused("serve", "--config", written(tmp_path, "[serve]", line), "--data", tmp_path / "data", names=[named])


def test_file_that_is_not_there(tmp_path):
    refused("serve", "--config", tmp_path / "none.ini", "--data", tmp_path / "data", names=["none.ini"])
