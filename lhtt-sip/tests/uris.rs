//! URIs and addresses: parts, refusals, building, and when two are one (RFC 3261 19.1.4).
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests fail loudly")]

use lhtt_sip::message::{NameAddr, Scheme, Uri};

fn uri(text: &str) -> Uri {
    text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"))
}

#[test]
fn parts() {
    let whole = uri("sips:a%20b;c=1:secret@[2001:db8::9]:5061;transport=tcp;lr?Subject=x&Priority=y");
    assert_eq!(whole.scheme(), Scheme::Sips);
    assert_eq!(whole.user(), Some("a%20b;c=1"));
    assert_eq!(whole.user_unescaped().as_deref(), Some("a b;c=1"));
    assert_eq!(whole.password(), Some("secret"));
    assert_eq!((whole.host(), whole.port()), ("[2001:db8::9]", Some(5061)));
    assert_eq!(whole.ip(), Some("2001:db8::9".parse().unwrap()));
    assert_eq!((whole.param("Transport"), whole.param("lr"), whole.param("x")), (Some("tcp"), Some(""), None));
    assert_eq!(whole.headers(), Some("Subject=x&Priority=y"));
    assert_eq!(whole.without_params().as_str(), "sips:a%20b;c=1:secret@[2001:db8::9]:5061");
    assert_eq!(uri("sip:example.vn").user(), None);
    assert_eq!(uri("sip:example.vn;transport=tls").port_or_default(), 5061);
    let tel = uri("tel:+84-203-383-5678;phone-context=+84");
    assert_eq!((tel.scheme(), tel.user(), tel.host()), (Scheme::Tel, Some("+84-203-383-5678"), ""));
    let other = uri("urn:service:sos");
    assert_eq!((other.scheme(), other.scheme_str(), other.opaque()), (Scheme::Other, "urn", "service:sos"));
}

#[test]
fn what_is_no_uri() {
    for text in [
        "",
        "sip",
        "sip:",
        ":a",
        "1sip:a",
        "sip:@b",
        "sip:a@",
        "sip:a b@c",
        "sip:a@b c",
        "<sip:a@b>",
        "sip:a@[::1",
        "sip:a@[]",
        "sip:a@[::g]",
        "sip:a@b:",
        "sip:a@b:99999",
        "sip:a@b:x",
        "sip:2001:db8::1",
        "sip:a@b;;x",
        "sip:a@b;",
        "sip:a%2@b",
        "sip:a%zz@b",
        "sip:a@b/c",
        "tel:",
        "tel:abcxyz",
        "urn:",
    ] {
        assert!(text.parse::<Uri>().is_err(), "{text}");
    }
}

#[test]
fn building() {
    let built = Uri::sip(Some("Hải Phòng@1"), "2001:db8::1", Some(5070)).unwrap();
    assert_eq!(built.as_str(), "sip:H%E1%BA%A3i%20Ph%C3%B2ng%401@[2001:db8::1]:5070");
    let with = built.with_param("transport", Some("tcp")).unwrap().with_param("lr", None).unwrap();
    assert_eq!(with.params().as_str(), ";transport=tcp;lr");
    assert_eq!(with.with_param("TRANSPORT", Some("tls")).unwrap().params().as_str(), ";TRANSPORT=tls;lr");
    assert!(Uri::sip(None, "a b", None).is_err());
    assert!(Uri::sip(None, "a\r\nVia: x", None).is_err());
}

/// The pairs of RFC 3261 19.1.4, and a few more.
#[test]
fn equivalence() {
    for (a, b) in [
        ("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com;security=on"),
        ("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on"),
        (
            "sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
            "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
        ),
        (
            "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
            "sip:alice@atlanta.com?priority=urgent&subject=project%20x",
        ),
        ("tel:+84-203-383", "tel:+84203383"),
        ("URN:service:sos", "urn:service:sos"),
    ] {
        assert!(uri(a).equivalent(&uri(b)) && uri(b).equivalent(&uri(a)), "{a} {b}");
    }
    for (a, b) in [
        ("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"),
        ("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"),
        ("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"),
        ("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"),
        ("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"),
        ("sip:carol@chicago.com", "sips:carol@chicago.com"),
        ("tel:+84203383", "sip:+84203383@example.vn"),
    ] {
        assert!(!uri(a).equivalent(&uri(b)) && !uri(b).equivalent(&uri(a)), "{a} {b}");
    }
}

#[test]
fn addresses() {
    for (text, display, address, tag) in [
        ("sip:a@b", None, "sip:a@b", None),
        ("sip:a@b;tag=1;x", None, "sip:a@b", Some("1")),
        ("<sip:a@b;lr>;tag=1", None, "sip:a@b;lr", Some("1")),
        ("<sip:a@b>  ; tag = 1 ", None, "sip:a@b", Some("1")),
        ("A  B <sip:a@b>", Some("A  B"), "sip:a@b", None),
        ("\"A \\\"<\\\\\" <sip:a@b>", Some("A \"<\\"), "sip:a@b", None),
        ("\"\"<sip:a@b>", Some(""), "sip:a@b", None),
        ("sip:a;b=c@d;tag=2", None, "sip:a;b=c@d", Some("2")),
        ("sip:a@b;x=\"c@d\";tag=3", None, "sip:a@b", Some("3")),
        ("tel:+84;tag=4", None, "tel:+84", Some("4")),
    ] {
        let read: NameAddr = text.parse().unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!((read.display().as_deref(), read.uri.as_str(), read.tag()), (display, address, tag), "{text}");
        assert_eq!(read.to_string().parse(), Ok(read), "{text}");
    }
    for text in
        ["", "\"A <sip:a@b>", "A <sip:a@b", "<sip:a@b>x", "<sip:a@b>;", "sip:a@b?h=1", "<sip:a@b>;t=\"x\"y", "*"]
    {
        assert!(text.parse::<NameAddr>().is_err(), "{text}");
    }
}
