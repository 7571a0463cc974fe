//! REFER, Replaces and INFO within a dialog: RFC 3515, RFC 3891, RFC 4579, RFC 5168.

mod support;

use lhtt_core::io::Transport;
use lhtt_sip::message::{Method, ReferTo, Replaces, Request, StatusCode, accept};
use lhtt_sip::{Endpoint, Event, ReferId};
use support::{Desk, SDP, crlf, header};

fn call(referrals: bool) -> Desk {
    let mut d = Desk::with(Transport::Tcp, |config| config.referrals = referrals);
    d.asks("INVITE", "1", 1, SDP);
    d.accepts();
    d.asks("ACK", "2", 1, "");
    d
}

fn with(text: &str, headers: &str) -> String {
    text.replacen("Contact:", &format!("{headers}\nContact:"), 1)
}

fn refers(d: &mut Desk, branch: &str, cseq: u32, headers: &str) {
    let refer = d.request("REFER", branch, cseq, "");
    d.hears(&with(&refer, headers));
}

#[test]
fn by_default_a_referral_is_declined() {
    let mut d = call(false);
    refers(&mut d, "3", 2, "Refer-To: <sip:bo@example.vn>");
    assert!(d.last().starts_with("SIP/2.0 603 Decline"));
    d.asks("NOTIFY", "4", 3, "");
    assert!(d.last().starts_with("SIP/2.0 489 "));
    d.asks("BYE", "5", 4, "");
    assert!(!d.finished().contains("Referred"));
}

#[test]
fn a_referral_goes_to_the_owner_and_its_course_back() {
    let mut d = call(true);
    refers(&mut d, "3", 2, "Refer-To: <sip:bo@example.vn;method=BYE>\nReferred-By: <sip:an@example.vn>");
    let refer = refer_id(&d, 2);
    d.says("accept", |endpoint, now, _| endpoint.refer_accept(now, refer));
    let titles: Vec<&str> =
        d.sent.iter().rev().take(2).map(|text| text.split("\r\n").next().unwrap_or_default()).collect();
    assert!(titles[0].starts_with("NOTIFY ") && titles[1] == "SIP/2.0 202 Accepted", "{titles:?}");
    assert_eq!(header(d.last(), "Event"), "refer;id=2");
    assert!(header(d.last(), "Subscription-State").starts_with("active"));
    assert!(d.last().ends_with("\r\n\r\nSIP/2.0 100 Trying\r\n"), "{}", d.last());
    d.answers("NOTIFY", "200 OK", "a1", "");
    d.says("progress", |endpoint, now, _| endpoint.refer_progress(now, refer, 180));
    d.answers("NOTIFY", "200 OK", "a1", "");
    d.says("progress", |endpoint, now, _| endpoint.refer_progress(now, refer, 200));
    assert_eq!(header(d.last(), "Subscription-State"), "terminated;reason=noresource");
    d.answers("NOTIFY", "200 OK", "a1", "");
    d.says("progress", |endpoint, now, _| endpoint.refer_progress(now, refer, 200));
    d.asks("BYE", "5", 3, "");
    let ladder = d.finished();
    assert!(ladder.contains("* Referred BYE sip:bo@example.vn;method=BYE by <sip:an@example.vn>"), "{ladder}");
    assert!(ladder.contains("misuse: `refer` does not fit"), "{ladder}");
}

fn refer_id(d: &Desk, number: u32) -> ReferId {
    let refer = d.refers.last().copied().expect("a referral");
    assert!(format!("{refer:?}").contains(&format!("number: {number}")));
    refer
}

#[test]
fn a_referral_that_cannot_be_read_or_is_one_too_many_is_refused() {
    let mut d = call(true);
    for (number, headers) in
        ["Subject: none", "Refer-To: <sip:a@b>\nRefer-To: <sip:c@d>", "Refer-To: <"].iter().enumerate()
    {
        refers(&mut d, &format!("x{number}"), 2 + number as u32, headers);
        assert!(d.last().starts_with("SIP/2.0 400 "), "{headers}: {}", d.last());
    }
    for number in 0..lhtt_sip::limits::REFERRALS_MAX as u32 {
        refers(&mut d, &format!("y{number}"), 10 + number, "Refer-To: <sip:bo@example.vn>");
    }
    refers(&mut d, "z", 20, "Refer-To: <sip:bo@example.vn>");
    assert!(d.last().starts_with("SIP/2.0 480 "));
    let refer = refer_id(&d, 13);
    d.says("reject", |endpoint, now, _| endpoint.refer_reject(now, refer, 403));
    assert!(d.last().starts_with("SIP/2.0 403 "));
    // The owner says nothing of the others.
    d.passes(20_000);
    assert!(d.last().starts_with("SIP/2.0 500 "));
    refers(&mut d, "w", 30, "Refer-To: <sip:bo@example.vn>");
    d.asks("BYE", "b", 31, "");
    d.finish();
}

fn asks_to_call(
    endpoint: &mut Endpoint,
    now: lhtt_core::time::Instant,
    id: lhtt_sip::InviteId,
) -> Result<(), lhtt_sip::Misuse> {
    endpoint.refer(now, id, &"<sip:600@mcu.example.vn>".parse().expect("an address"))
}

#[test]
fn we_ask_an_mcu_to_call_somebody() {
    let mut d = call(false);
    d.says("refer", asks_to_call);
    assert_eq!(header(d.last(), "Refer-To"), "<sip:600@mcu.example.vn>");
    let number = header(d.last(), "CSeq").split(' ').next().unwrap_or_default().to_owned();
    let notify = |d: &Desk, branch: &str, cseq: u32, event: &str, state: &str, status: &str| {
        let text = d.request("NOTIFY", branch, cseq, &format!("SIP/2.0 {status}\n"));
        with(&text, &format!("Event: {event}\nSubscription-State: {state}"))
            .replace("application/sdp", "message/sipfrag;version=2.0")
    };
    // The first NOTIFY may overtake the 202.
    let text = notify(&d, "n1", 2, &format!("refer;id={number}"), "active;expires=60", "100 Trying");
    d.hears(&text);
    d.answers("REFER", "202 Accepted", "a1", "");
    for (number, event) in ["refer;id=77", "presence", "refer;id=x"].iter().enumerate() {
        let text = notify(&d, &format!("w{number}"), 3 + number as u32, event, "active", "200 OK");
        d.hears(&text);
        assert!(d.last().starts_with("SIP/2.0 4"), "{event}: {}", d.last());
    }
    let text = notify(&d, "n2", 10, "refer", "active", "nothing");
    d.hears(&text);
    assert!(d.last().starts_with("SIP/2.0 400 "));
    let text = notify(&d, "n3", 11, "refer", "terminated;reason=noresource", "603 Decline");
    d.hears(&text);
    let text = notify(&d, "n4", 12, "refer", "terminated;reason=noresource", "200 OK");
    d.hears(&text);
    assert!(d.last().starts_with("SIP/2.0 481 "), "it is over");
    d.says("refer", asks_to_call);
    d.answers("REFER", "603 Decline", "a1", "");
    d.says("refer", asks_to_call);
    d.passes(32_000);
    d.asks("BYE", "b", 20, "");
    let ladder = d.finished();
    let told: Vec<&str> = ladder.lines().filter_map(|line| line.split("* Refer").nth(1)).collect();
    assert_eq!(
        told,
        ["Progress 100", "Answered 202", "Progress 603, over", "Answered 603", "Answered 408"],
        "{ladder}"
    );
}

#[test]
fn what_a_refer_to_may_say() {
    let read = |text: &str| ReferTo::read(&text.into());
    let to = read("\"Bo\" <sip:bo@example.vn?Replaces=c1%40x%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bearly-only&Subject=x>")
        .expect("it reads");
    let replaces = to.replaces.expect("a Replaces");
    assert_eq!((to.method, replaces.to_string().as_str()), (Method::Invite, "c1@x;to-tag=1;from-tag=2;early-only"));
    assert_eq!(read("sip:bo@example.vn;method=BYE").map(|to| to.method), Ok(Method::Invite), "that is the header's");
    assert_eq!(read("<sip:bo@example.vn;method=BYE>").map(|to| to.method), Ok(Method::Bye));
    for bad in [
        "<sip:bo@example.vn?Replaces=c1>",
        "<sip:bo@x?Replaces=c1%3Bto-tag%3D1>",
        "<sip:bo@x?Replaces=%ff%3Bto-tag%3D1%3Bfrom-tag%3D1>",
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
    assert!(Replaces::read(&"a b;to-tag=1;from-tag=2".into()).is_err());
}

#[test]
fn an_invite_that_replaces_a_call_is_matched() {
    let mut d = call(false);
    let tag = d.tag.clone();
    let invite = |replaces: &str| -> Request {
        let text = d.request_to("INVITE", "r", 1, "", "").replace("{length}", "0");
        let text = if replaces.is_empty() { text } else { with(&text, replaces) };
        accept(crlf(&text).into()).expect("it reads").into_request().expect("a request")
    };
    let id = d.id.expect("a session");
    for (header, expected) in [
        (String::new(), Ok(None)),
        (format!("Replaces: c1@192.0.2.9;to-tag={tag};from-tag=a1"), Ok(Some(id))),
        (format!("Replaces: c1@192.0.2.9;from-tag=a1;to-tag={tag};early-only"), Err(StatusCode::BUSY_HERE)),
        (format!("Replaces: c2@192.0.2.9;to-tag={tag};from-tag=a1"), Err(StatusCode::CALL_DOES_NOT_EXIST)),
        (format!("Replaces: c1@192.0.2.9;to-tag={tag};from-tag=a2"), Err(StatusCode::CALL_DOES_NOT_EXIST)),
        ("Replaces: c1@192.0.2.9;to-tag=x;from-tag=a1".to_owned(), Err(StatusCode::CALL_DOES_NOT_EXIST)),
        ("Replaces: c1@192.0.2.9".to_owned(), Err(StatusCode::BAD_REQUEST)),
    ] {
        assert_eq!(d.endpoint.replaced_by(&invite(&header)), expected, "{header}");
    }
    let request = invite(&format!("Replaces: c1@192.0.2.9;to-tag={tag};from-tag=a1"));
    d.asks("BYE", "5", 4, "");
    assert_eq!(d.endpoint.replaced_by(&request), Err(StatusCode::DECLINE));
    d.finish();
}

#[test]
fn fast_updates_are_bounded_both_ways() {
    let mut d = call(false);
    let body =
        "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder></vc_primitive></media_control>";
    for number in 0..10 {
        let info = d.request("INFO", &format!("i{number}"), 2 + number, body);
        d.hears(&info.replace("application/sdp", "application/media_control+xml"));
        assert!(d.last().starts_with("SIP/2.0 200 "));
        d.passes(250);
    }
    let mut sent = Vec::new();
    for _ in 0..3 {
        d.says("update", |endpoint, now, id| {
            sent.push(endpoint.fast_update(now, id)?);
            Ok(())
        });
        d.passes(600);
    }
    assert_eq!(sent, [true, false, true]);
    assert!(d.last().contains("picture_fast_update") && d.last().starts_with("INFO "));
    d.says("info", |endpoint, now, id| endpoint.info(now, id, "application/dtmf-relay", "Signal=5\r\n".into()));
    d.asks("BYE", "5", 40, "");
    let ladder = d.finished();
    assert_eq!(ladder.matches("* FastUpdate").count(), 3, "{ladder}");
}

#[test]
fn a_referral_has_an_event_of_its_own() {
    let mut d = call(true);
    let refer = d.request("REFER", "3", 2, "").replace("{length}", "0");
    let data = crlf(&with(&refer, "Refer-To: <sip:bo@example.vn>")).into();
    let stream = d.stream.expect("a stream");
    d.endpoint.handle_input(d.now, lhtt_core::io::Input::Data { stream, data });
    let event = d.endpoint.poll_event();
    assert!(matches!(event, Some(Event::Referred { refer, .. }) if Some(refer.session()) == d.id), "{event:?}");
    d.asks("BYE", "5", 3, "");
    d.finish();
}
