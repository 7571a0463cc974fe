"""RAS with a scripted peer: our gatekeeper and its endpoints, our endpoint and its gatekeepers. Only where the scenarios are."""
from lib import peer

from .case import test

ELSEWHERE = "127.0.63.3:1720"


def ras(what):
    """Registers a test that needs none of the world's peers, where the scenarios are."""
    return test(what, alone=True, keeps_quiet=True) if peer.RIGS else lambda body: body


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
