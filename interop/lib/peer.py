"""The scripted H.323 peer of a `shared/rigs` folder beside the checkout, where there is one: its PER is pycrate's, not ours."""
import os
import subprocess
import sys
from pathlib import Path

from . import gateway as gw

# Where it lies, or None.
RIGS = next((folder / "shared/rigs" for folder in gw.ROOT.parents if (folder / "shared/rigs/h323-peer").is_file()), None)
TOOLS = gw.WORLD / "pycrate"
# Ours and the peer's addresses; no other test uses them.
OURS, PEER, ASTERISK = "127.0.63.1", "127.0.63.2", "127.0.63.5"


def python():
    """A Python that has pycrate: this one, or one made for it."""
    if subprocess.run([sys.executable, "-c", "import pycrate_asn1rt"], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0:
        return sys.executable
    if not (TOOLS / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", TOOLS], check=True, stdin=subprocess.DEVNULL)
        subprocess.run([TOOLS / "bin/pip", "install", "-q", "--disable-pip-version-check", "pycrate==0.8.1"], check=True, stdin=subprocess.DEVNULL)
    return str(TOOLS / "bin/python")


def example(name):
    """An example of lhtt-h323, built as it stands in this work tree."""
    subprocess.run(["cargo", "build", "--release", "-q", "-p", "lhtt-h323", "--example", name], cwd=gw.ROOT, check=True, stdin=subprocess.DEVNULL)
    return str(Path(os.environ.get("CARGO_TARGET_DIR", gw.ROOT / "target")) / "release/examples" / name)


class Running:
    """A process that says when it listens, and ends with the block."""

    def __init__(self, *command, cwd=None):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, cwd=cwd)

    def __enter__(self):
        first = self.process.stdout.readline()
        assert first.startswith("listening"), first or "it ended at once"
        return self

    def end(self, seconds=20):
        """Its exit code and what it said."""
        try:
            said = self.process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            self.process.kill()
            said = self.process.communicate()[0] + "(it did not end)"
        return self.process.returncode, said

    def stop(self):
        """Ends it, and gives what it said."""
        self.process.terminate()
        return self.process.communicate(timeout=5)[0]

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def scenario(mode, name, *options):
    return [python(), str(RIGS / "h323-peer"), mode, name, *options]


def against_our_gatekeeper(name, *options):
    """Plays NAME.call.py; our gatekeeper has these options."""
    with Running(example("gatekeeper"), "--at", OURS, *options):
        run = subprocess.run(scenario("call", name, "--to", OURS, "--from", PEER), capture_output=True, text=True, timeout=90, stdin=subprocess.DEVNULL)
    assert run.returncode == 0, "\n".join(run.stdout.splitlines()[-8:])


def against_our_endpoint(name, *steps, good=True):
    """Plays NAME.gatekeeper.py; our endpoint does these steps. `good`: all of them are answered."""
    register = example("register")
    with Running(*scenario("gatekeeper", name, "--at", PEER)) as peer:
        ours = subprocess.run([register, "--gk", PEER, "--at", OURS, *steps], capture_output=True, text=True, timeout=90, stdin=subprocess.DEVNULL)
        code, said = peer.end()
    assert code == 0, "\n".join(said.splitlines()[-8:])
    assert (ours.returncode == 0) == good, "\n".join(ours.stdout.splitlines()[-4:])
    return ours.stdout
