"""RAS: Asterisk at our gatekeeper; a scripted peer as endpoint of our gatekeeper and as gatekeeper of our endpoint, where its scenarios are."""
import contextlib
import subprocess
import time

from lib import peer
from lib.peers import Asterisk

from .case import test

ELSEWHERE = "127.0.63.3:1720"


def ras(what):
    """Registers a test that needs none of the world's peers, where the scenarios are."""
    return test(what, alone=True, keeps_quiet=True) if peer.RIGS else lambda body: body


@test("Asterisk registers with our gatekeeper, calls and is called by its leave, and stays registered past its time to live", alone=True, keeps_quiet=True)
def ras_gatekeeper_asterisk(_):
    asterisk = Asterisk("zone", peer.ASTERISK, peer.PEER)
    endpoint = peer.example("endpoint")
    with contextlib.ExitStack() as stack:
        gatekeeper = stack.enter_context(peer.Running(peer.example("gatekeeper"), "--at", peer.OURS, "--ttl", "12", "--callee", f"{peer.PEER}:1720"))
        stack.enter_context(peer.Running(endpoint, "answer", "--at", f"{peer.PEER}:1720"))
        stack.callback(asterisk.down)
        asterisk.up(gatekeeper=peer.OURS)
        time.sleep(5)
        asterisk.dial("601")
        called = subprocess.run([endpoint, "call", "--to", f"{peer.ASTERISK}:1720", "--from", peer.PEER, "600"], capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)
        assert called.returncode == 0, called.stdout[-300:]
        asterisk.hang_up()
        time.sleep(15)
        said = gatekeeper.stop()
    for words, times in (("registers:", 1), ("Admitted", 2), ("why: Endpoint", 2), ("Unregistered", 0), ("Malformed", 0)):
        assert said.count(words) == times, f"`{words}` {said.count(words)} times: {said[-600:]}"


@ras("an endpoint's life with our gatekeeper, from discovery to leaving, and a keep-alive after that")
def ras_gatekeeper_register(_):
    peer.against_our_gatekeeper("register", "--callee", ELSEWHERE)


@ras("the least an endpoint says to our gatekeeper")
def ras_gatekeeper_registrar(_):
    peer.against_our_gatekeeper("registrar", "--callee", ELSEWHERE)


@ras("our gatekeeper says every reason for which a call is not admitted")
def ras_gatekeeper_arj_reasons(_):
    peer.against_our_gatekeeper("arj_reasons", "--refuse", "in-turn")


@ras("broken RAS: our gatekeeper answers good discoveries after each")
def ras_gatekeeper_malformed(_):
    peer.against_our_gatekeeper("malformed_ras")


@ras("our endpoint's life with a gatekeeper: keep-alives, a call with its bandwidth and status, location, leaving, resuming")
def ras_endpoint_register(_):
    # The second keep-alive comes 9.5 s after the first registration.
    steps = ["wait=10000", "admit=600", "bandwidth=3840", "wait=200", "disengage", "locate=600", "leave", "resume", "wait=300"]
    said = peer.against_our_endpoint("register", *steps)
    assert "bandwidth: 3840" in said and "NotLocated" in said, said


@ras("our endpoint registers, calls and leaves at a plain gatekeeper")
def ras_endpoint_registrar(_):
    peer.against_our_endpoint("registrar", "admit=600", "disengage", "leave")


@ras("our endpoint tells every reason apart for which a call is not admitted")
def ras_endpoint_arj_reasons(_):
    said = peer.against_our_endpoint("arj_reasons", *["admit=600"] * 20)
    reasons = {line.partition("why: ")[2] for line in said.splitlines() if line.startswith("NotAdmitted")}
    assert len(reasons) == 20, sorted(reasons)


@ras("our endpoint at a gatekeeper that answers discoveries and nothing else gives up, and not before its time")
def ras_endpoint_silence(_):
    said = peer.against_our_endpoint("malformed_ras", good=False)
    assert "was not answered" in said, said
