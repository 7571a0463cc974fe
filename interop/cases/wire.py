"""What an independent dissector says of every packet of ours in the whole run."""
from lib import gateway as gw
from lib import pcap, peer

from .case import test


@test("tshark flags no packet of ours as malformed, nor a SIP message that came inside TLS", keeps_quiet=True, last=True)
def no_packet_malformed(world):
    world.wire()
    packets = 0
    for path in world.captures:
        ours = f"(ip.src == {gw.GATEWAY} || ip.src == {peer.OURS})"
        packets += len(pcap.tshark(path, f"{ours} && (h225 || h245 || sip || q931)", "frame.number"))
        if path.stem.endswith("slow_separate"):
            assert pcap.tshark(path, f"{ours} && h245 && !q931", "frame.number"), f"{path}: no H.245 on a connection of its own"
        flagged = pcap.tshark(path, f"{ours} && (_ws.malformed || _ws.unreassembled)", "frame.number", "_ws.col.Protocol", "_ws.col.Info")
        assert not flagged, f"{path}: {flagged[:3]}"
    inside = gw.WORLD / "inside-tls.pcap"
    pcap.write_udp(inside, [((gw.GATEWAY, 5060), (gw.GOVERNMENT, 5060), message.raw) for message in world.received])
    if world.received:
        seen = pcap.tshark(inside, "sip", "frame.number")
        assert len(seen) == len(world.received), f"{len(seen)} of {len(world.received)} messages are SIP to tshark"
        flagged = pcap.tshark(inside, "_ws.malformed", "frame.number", "_ws.col.Info")
        assert not flagged, flagged[:3]
        packets += len(seen)
    assert packets > 0, "no packet of ours was captured"
