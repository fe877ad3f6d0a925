"""`make demo TARGET=…`: the main job in a scratch database of a deployment, of which nothing is left."""
import subprocess
import sys

from processes import BINARY, ROOT, clean_environment

# FerretDB holds none of the options that the demo shows; the demo must say so and clean up all the same.
WORKS = {"secantusdb": True, "ferretdb": False, "mongod": True, "mongodb": True}


def test_the_demo_leaves_nothing_behind(deployment, tmp_path):
    before = set(deployment.client.list_database_names())
    demo = subprocess.run([sys.executable, ROOT / "scripts/demo.py", "--oneshot", "--target", deployment.uri],
                          env=clean_environment(MIM_DEMO_BINARY=BINARY, TMPDIR=tmp_path), capture_output=True, text=True,
                          timeout=120)
    assert (demo.returncode == 0) == WORKS[deployment.name], demo.stdout[-3000:] + demo.stderr[-3000:]
    assert ("The demo worked." in demo.stdout) == WORKS[deployment.name]
    assert "Traceback" not in demo.stderr and "dropped the scratch database" in demo.stdout
    assert set(deployment.client.list_database_names()) <= before
