"""Examples of lhtt-sip as parties of a test: one end of a conversation of ours, without the gateway."""
import subprocess
import time

from . import gateway as gw
from .pcap import wait_until


def binary(name):
    return gw.binary().parent / "examples" / name


class Example:
    """An example that runs in the background, with its words in a file; ends with its block."""

    def __init__(self, name, *arguments):
        assert binary(name).exists(), f"{binary(name)} is not there: cargo build --release -p lhtt-sip --examples"
        gw.WORLD.mkdir(parents=True, exist_ok=True)
        self.out = gw.WORLD / f"{name}.out"
        self.command = ["timeout", "120", str(binary(name)), *map(str, arguments)]

    def __enter__(self):
        self.file = open(self.out, "w")
        self.process = subprocess.Popen(self.command, stdout=self.file, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        time.sleep(0.3)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        self.file.close()

    def told(self):
        return self.out.read_text()

    def ends(self, seconds=30):
        """Its exit code once it ends by itself."""
        wait_until(lambda: self.process.poll() is not None, seconds, f"{self.command[2]} ends")
        return self.process.returncode
