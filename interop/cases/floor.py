"""Floor control (RFC 8855) over UDP between our two ends and libre, and what tshark says of our messages."""
from lib import gateway as gw
from lib import pcap
from lib.example import Example
from lib.peers import script

from .case import test

OURS, THEIRS = "127.0.70.1", "127.0.70.2"
PORT, CONFERENCE = 3238, 4321


def judged(world, least):
    """tshark's dissector knows version 1 alone and guesses no other, so it is given our messages under that version; the octets behind
    are the same in both."""
    datagrams = [(src, dst, data) for _, src, dst, data in pcap.datagrams(world.wire()) if src == (OURS, PORT)]
    # Bits of the first octet: version 2, R, and no fragment.
    messages = [(src, dst, b"\x20" + data[1:]) for src, dst, data in datagrams if data[0] in (0x40, 0x50)]
    assert len(messages) >= least, f"{len(messages)} messages of ours"
    path = gw.WORLD / "bfcp-as-version-1.pcap"
    pcap.write_udp(path, messages)
    heuristic = ("--enable-heuristic", "bfcp_udp")
    seen = pcap.tshark(path, "bfcp", "frame.number", options=heuristic)
    assert len(seen) == len(messages), f"{len(seen)} of {len(messages)} messages are BFCP to tshark"
    flagged = pcap.tshark(path, "_ws.malformed || _ws.expert", "frame.number", "_ws.col.Info", options=heuristic)
    assert not flagged, flagged[:3]


@test("our floor control client asks, holds and gives back a floor of libre's server", alone=True)
def floor_client_and_libre(world):
    script("bfcp", "server", "floor", f"{THEIRS}:{PORT}")
    try:
        with Example("floor_client", f"{OURS}:{PORT}", f"{THEIRS}:{PORT}", CONFERENCE, 1, 1) as client:
            assert client.ends() == 0, client.told()
            for word in ("Some(Pending)", "Some(Granted)", "Some(Released)", "Gone(Left)"):
                assert word in client.told(), client.told()
        heard = script("bfcp", "log", "floor").split("\n")
        assert heard[:6] == ["Hello", "UserQuery", "FloorQuery", "FloorRequest", "FloorRelease", "Goodbye"], heard
    finally:
        script("bfcp", "down", "floor", check=False)
    judged(world, 7)


@test("libre's floor control client asks, holds and gives back a floor of our server", alone=True)
def floor_server_and_libre(world):
    with Example("floor_server", f"{OURS}:{PORT}", CONFERENCE) as server:
        heard = script("bfcp", "client", f"{THEIRS}:{PORT}", f"{OURS}:{PORT}").split("\n")
        for word in ("HelloAck", "UserStatus", "FloorStatus", "FloorRequestStatus 1 Granted", "FloorRequestStatus 1 Released", "GoodbyeAck"):
            assert word in heard, heard
        assert "how: Goodbye" in server.told(), server.told()
    judged(world, 7)
