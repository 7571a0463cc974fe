"""Refusals by the regulation: what the caller is told, what the callee is not, what is written down."""
from lib import gateway as gw
from lib.pcap import wait_until

from .case import test


def told(final, article):
    """403 with the article in Warning and Reason."""
    assert final.status == 403, final.start
    warning, reason = final.get("Warning") or "", final.get("Reason") or ""
    assert warning.startswith(f"399 {gw.BORDER} ") and article in warning, f"Warning: {warning}"
    assert "Q.850" in reason and "cause=21" in reason and "text=" in reason, f"Reason: {reason}"


def refused(world, alias, article):
    before = len(world.gateway.joins())
    told(world.call(alias).answered(), article)
    new = world.gateway.joins()[before:]
    assert len(new) == 1, f"{len(new)} journal entries"
    decision = new[0]["decision"]
    assert decision["outcome"] != "permit" and decision["findings"], decision
    assert world.connections_to(gw.MCU) == [], "the MCU was called"


@test("a session that nobody registered: 403 with the article; nothing is sent to the MCU; one entry")
def refused_unregistered(world):
    refused(world, gw.UNREGISTERED, "Dieu 12 khoan 2 diem a")


@test("a registration that was not accepted: 403 with the article")
def refused_unaccepted(world):
    refused(world, gw.UNACCEPTED, "Dieu 1")


@test("a peer that is not on the session's list: a bare 403; the entry names Điều 3 khoản 7")
def refused_unlisted(world):
    before = len(world.gateway.joins())
    final = world.call(gw.UNLISTED).answered()
    assert final.status == 403, final.start
    assert not final.get("Warning"), final.get("Warning")
    new = world.gateway.joins()[before:]
    assert len(new) == 1 and "3.7/invited" in str(new[0]["decision"]["findings"]), new
    assert world.connections_to(gw.MCU) == [], "the MCU was called"


@test("a stranger with a certificate of our authority: a bare 403 without Warning or article")
def refused_stranger(world):
    for alias in (gw.SESSIONS["600"], gw.UNREGISTERED):
        final = world.call(alias, link=world.link("stranger"), host="stranger.example").answered()
        assert final.status == 403, final.start
        everything = final.raw.decode("utf8", "replace")
        assert not final.get("Warning") and "Dieu" not in everything and "Điều" not in everything, everything
    assert world.connections_to(gw.MCU) == [], "the MCU was called"


@test("the MCU dials out of no session: ReleaseComplete with cause 21, nothing is sent to the Government")
def refused_h323(world):
    outcomes, entries, mark = len(world.asterisk.outcomes()), len(world.gateway.joins()), world.baresip.mark()
    world.asterisk_dials("61000", room="123456")
    _, status = world.outcome(outcomes)
    assert status != "ANSWER", status
    assert len(world.gateway.joins()) == entries + 1, "not one journal entry"
    assert not [event for event in world.baresip.events[mark:] if event.get("type") == "CALL_INCOMING"]
    assert world.connections_to(gw.GOVERNMENT) == [], "the Government was called"
    assert world.released_with() == [21], world.released_with()


@test("a registration one second late is refused with its article; on the second it is taken")
def late_by_one_second(world):
    members = [{"peer": "gov"}]
    code, text = world.gateway.submit(gw.submission("970001", members, late_by=1, chair=f"site-{gw.UNACCEPTED}"), check=False)
    assert code == 1 and "Điều 12" in text, f"exit code {code}: {text}"
    code, text = world.gateway.submit(gw.submission("970002", members, late_by=0, chair=f"site-{gw.UNACCEPTED}"), check=False)
    assert code == 0, f"exit code {code}: {text}"


@test("a call that is answered is journalled started once and ended once")
def journalled(world):
    before = world.gateway.changes()
    call = world.call("7111")
    assert call.answered().status == 200
    call.bye()
    call.until(lambda status: status == 200)

    def ended():
        return [change for change in world.gateway.changes()[len(before) :] if "left" in change]

    wait_until(ended, 5, "the end is journalled")
    new = world.gateway.changes()[len(before) :]
    joined = [change["joined"]["join"] for change in new if "joined" in change]
    left = [change["left"]["join"] for change in new if "left" in change]
    assert len(joined) == 1 and joined == left, new
