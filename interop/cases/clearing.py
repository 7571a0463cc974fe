"""How calls end, and that the other side is told why: RFC 3398 7.2.4.1 and 8.2.6.1."""
from lib import gateway as gw
from lib import sip
from lib.pcap import wait_until

from .case import test


def ends_with(world, room, status):
    final = world.call(room).answered(15)
    assert final.status == status, f"expected {status}, got {final.start}"


@test("a busy room: 486")
def sip_busy(world):
    ends_with(world, "486", 486)


@test("a room that does not exist: 404")
def sip_unallocated(world):
    ends_with(world, "404", 404)


@test("nobody answers: after the configured time 480, and the MCU is released with cause 19")
def sip_no_answer(world):
    final = world.call("408").answered(20)
    assert final.status == 480, final.start
    wait_until(lambda: world.asterisk.channels() == 0, 5, "the MCU has no channel left")
    assert world.released_with() == [19], world.released_with()


@test("it rings, then answers: 180, 200")
def sip_ringing(world):
    call = world.call("4000")
    call.until(lambda status: status == 180)
    assert call.answered().status == 200
    call.bye()
    call.until(lambda status: status == 200)


@test("the caller cancels while it rings: 487, and the MCU is released with cause 16")
def sip_caller_cancels(world):
    call = world.call("408")
    call.until(lambda status: status == 180)
    call.cancel()
    final = call.until(lambda status: status == 487)
    assert final.get("CSeq").endswith("INVITE"), final.start
    wait_until(lambda: world.asterisk.channels() == 0, 5, "the MCU has no channel left")
    assert world.released_with() == [16], world.released_with()


@test("an INVITE without an offer gets one in the 200; the call stands")
def sip_delayed_offer(world):
    call = world.call("7111", offers=False)
    final = call.answered()
    assert final.status == 200 and b"m=audio" in final.body, final.raw
    call.bye()
    call.until(lambda status: status == 200)


@test("a carrier's call over plain UDP from its own network is answered and ended")
def sip_carrier(world):
    link = sip.Link((gw.GATEWAY, gw.SIP_PLAIN), source=gw.CARRIER, udp=True)
    try:
        call = world.call("7111", link=link, host=gw.CARRIER, ip=gw.CARRIER)
        assert call.answered().status == 200
        call.bye()
        call.until(lambda status: status == 200)
    finally:
        link.close()


@test("the SIP caller hangs up: the MCU's session is ended, in good order")
def sip_caller_hangs_up(world):
    call = world.call("7111")
    assert call.answered().status == 200
    call.bye()
    call.until(lambda status: status == 200)
    wait_until(lambda: world.asterisk.channels() == 0, 5, "the MCU has no channel left")
    world.session_was_ended()


@test("the MCU hangs up: BYE with Q.850 cause 16")
def sip_callee_hangs_up(world):
    call = world.call("83")
    assert call.answered().status == 200
    bye = call.request("BYE", 10)
    reason = bye.get("Reason") or ""
    assert "Q.850" in reason and "cause=16" in reason, f"Reason: {reason}"


@test("baresip is busy: the MCU gets cause 17")
def h323_busy(world):
    before = len(world.asterisk.outcomes())
    mark = world.asterisk_dials("61000")
    world.baresip.event("CALL_INCOMING", mark)
    world.baresip.command("hangup")
    cause, status = world.outcome(before)
    assert (cause, status) == ("17", "BUSY"), (cause, status)
    assert world.released_with() == [17], world.released_with()


@test("a number that is nobody's: cause 1 or the regulation's 21, nothing dialled")
def h323_nobody(world):
    before = len(world.asterisk.outcomes())
    world.asterisk_dials("99999")
    world.outcome(before)
    assert world.released_with() in ([1], [21]), world.released_with()


@test("baresip rings and nobody answers: after the configured time the MCU gets cause 19, baresip stops ringing")
def h323_no_answer(world):
    before = len(world.asterisk.outcomes())
    mark = world.asterisk_dials("61000")
    world.baresip.event("CALL_INCOMING", mark)
    world.baresip.event("CALL_CLOSED", mark, 12)
    _, status = world.outcome(before)
    assert status != "ANSWER" and world.released_with() == [19], (status, world.released_with())


@test("the MCU cancels while baresip rings: baresip is told")
def h323_caller_cancels(world):
    mark = world.asterisk_dials("61000")
    world.baresip.event("CALL_INCOMING", mark)
    world.asterisk.hang_up()
    world.baresip.event("CALL_CLOSED", mark)


@test("baresip hangs up: the MCU's session is ended, in good order")
def h323_callee_hangs_up(world):
    before = len(world.asterisk.outcomes())
    mark = world.asterisk_dials("61000")
    world.baresip.event("CALL_INCOMING", mark)
    world.baresip.command("accept")
    world.baresip.event("CALL_ESTABLISHED", mark)
    world.baresip.command("hangup")
    cause, status = world.outcome(before)
    assert cause in ("16", "31") and status == "ANSWER", (cause, status)
    world.session_was_ended()


@test("the MCU hangs up: baresip is told")
def h323_caller_hangs_up(world):
    mark = world.asterisk_dials("61000")
    world.baresip.event("CALL_INCOMING", mark)
    world.baresip.command("accept")
    world.baresip.event("CALL_ESTABLISHED", mark)
    world.asterisk.hang_up()
    world.baresip.event("CALL_CLOSED", mark)
