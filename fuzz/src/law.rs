//! The regulation: cases, facts, and whatever may be asked of it in any order.

use lhtt_core::case::{Answer, Case};
use lhtt_core::journal::{Clear, Entry, Head, replay_with};
use lhtt_core::time::Wall;
use lhtt_core::{Facts, Outcome, Registry, Request, decide};

/// A case is answered twice the same, or refused with a place that is in it and in both languages.
pub fn case(data: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(data) else { return false };
    let answer = Case::from_json(text).and_then(|case| Ok((case.registry()?, case.answer()?, case.answer()?)));
    match answer {
        Ok((registry, first, second)) => {
            assert_eq!(first, second, "pure");
            assert_eq!(Registry::from_facts(registry.facts()).as_ref(), Ok(&registry), "facts make the registry");
            if let Answer::Decision(decision) = first {
                let read = serde_json::from_str(&serde_json::to_string(&decision).expect("it serialises"));
                assert_eq!(read.ok().as_ref(), Some(&*decision), "a decision reads back");
                assert!(decision.is_permit() || !decision.citations().is_empty(), "a refusal is cited");
                assert!(!decision.render_vi().is_empty() && decision.ascii().is_ascii());
            }
            true
        }
        Err(bad) => {
            let bad = bad.in_text(text);
            let (line, column) = bad.line_and_column().expect("the text is known");
            let found = text.split('\n').nth(line - 1).expect("the line is in the text");
            assert!(column <= found.chars().count() + 1, "{bad}");
            assert!(!bad.text().vi.is_empty() && !bad.text().en.is_empty());
            false
        }
    }
}

/// Facts make a registry that gives the same facts back, or are refused with a field.
pub fn facts(data: &[u8]) -> bool {
    let Ok(facts) = serde_json::from_slice::<Facts>(data) else { return false };
    match Registry::from_facts(facts) {
        Ok(registry) => {
            let again = serde_json::to_vec(&registry.facts()).expect("facts serialise");
            let again: Facts = serde_json::from_slice(&again).expect("what we print we can read");
            assert_eq!(Registry::from_facts(again), Ok(registry));
            true
        }
        Err(bad) => {
            assert!(!bad.field.is_empty() && !bad.why.is_empty());
            false
        }
    }
}

/// Commands in any order keep the invariants. Three octets a command: which, of what, and how long after the one before.
pub fn commands(data: &[u8]) -> bool {
    let (mut registry, mut head, mut now) = (Registry::default(), Head::default(), START);
    let (mut lines, mut records) = (Vec::new(), Vec::new());
    let chosen = data.chunks_exact(3).map(|octets| (octets[0], octets[1], octets[2]));
    for (which, of, after) in [(0, 0, 0), (1, 0, 0), (2, 0, 1)].into_iter().chain(chosen).take(COMMANDS_MAX) {
        now += i64::from(after) * i64::from(after) * MILLIS;
        let request = command(which, of);
        let at = Wall { unix_millis: now, trusted: of < 250 };
        let decision = decide(&registry, &request, at);
        let worst = decision.findings.iter().map(|finding| finding.outcome).min().unwrap_or(Outcome::Permit);
        assert_eq!(decision.outcome, worst);
        assert!(decision.is_permit() || !decision.citations().is_empty(), "a refusal is cited");
        let applied = registry.apply_all(&decision.changes);
        assert_eq!(applied, Ok(()), "a decision fits the registry it was made on: {request:?}");
        let entry = Entry::seal_apart(&head, at, &request, decision, &[of; 32]);
        head = entry.head();
        records.extend_from_slice(entry.personal());
        lines.push(entry.to_line().to_owned());
        slots_hold(&registry);
    }
    let clear = Clear::new(records).expect("records hold");
    assert_eq!(replay_with(&lines, &clear), Ok((registry, head)), "a replay gives the same registry");
    true
}

/// I6: each seat counts the legs that are in, and has no more than it may.
fn slots_hold(registry: &Registry) {
    for session in registry.sessions() {
        assert!(session.end > session.start);
        for seat in &session.seats {
            let inside =
                registry.joins().filter(|join| join.session == session.id && join.member == seat.member).count();
            assert_eq!(usize::from(seat.taken), inside);
            assert!(seat.taken <= seat.legs);
        }
    }
}

fn command(which: u8, of: u8) -> Request {
    let template = COMMANDS[usize::from(which) % COMMANDS.len()];
    let pick = |list: &[&'static str]| list[usize::from(of) % list.len()];
    let day = 13 + usize::from(of) % 5;
    let text = template
        .replace("NUMBER", &(usize::from(of) % 7 + 1).to_string())
        .replace("SITE", pick(&["so-y-te", "da-lat", "bao-loc", "nowhere"]))
        .replace("PEER", pick(&["chinh-phu", "vnpt", "hanoi"]))
        .replace(
            "ROLE",
            pick(&["technical_operator", "mcu_operator", "head_of_technical_operator", "site_operator", "office"]),
        )
        .replace("ALIAS", pick(&["1001", "1002", "1003"]))
        .replace("DAY", &day.to_string());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// 2023-06-13T08:00:00+07:00.
const START: i64 = 1_686_618_000_000;
const MILLIS: i64 = 1_000;
const COMMANDS_MAX: usize = 200;

/// What may be asked; capitals are filled in.
const COMMANDS: &[&str] = &[
    include_str!("../data/configure.json"),
    r#"{"submit":{"sent_from":"syt@lamdong.gov.vn","sent_to":"kythuat@lamdong.gov.vn","agency":"so-y-te","chair_site":"so-y-te","members":[{"site":"da-lat"},{"peer":"chinh-phu","legs":2}],"start":"2023-06-15T08:00:00+07:00","end":"2023-06-15T10:00:00+07:00","content":"Giao ban","contact":{"name":"Lan","phone":"0263"}}}"#,
    r#"{"accept":{"registration":NUMBER,"actor":{"name":"An","role":"technical_operator"},"alias":"ALIAS"}}"#,
    r#"{"accept":{"registration":NUMBER,"actor":{"name":"An","role":"ROLE"},"alias":"ALIAS","room":"9"}}"#,
    r#"{"submit":{"sent_from":"dalat@lamdong.gov.vn","sent_to":"kythuat@lamdong.gov.vn","agency":"ubnd-da-lat","chair_site":"SITE","members":[{"site":"bao-loc"}],"start":"2023-06-DAYT09:00:00+07:00","content":"Họp","urgency":{"urgent":"lũ quét"},"contact":{"name":"Bình","phone":"09"},"alias":"ALIAS"}}"#,
    r#"{"submit":{"sent_from":"syt@lamdong.gov.vn","agency":"so-y-te","chair_site":"so-y-te","members":[{"site":"SITE"}],"start":"2023-06-DAYT14:00:00+07:00","classification":"mat"}}"#,
    r#"{"reject":{"registration":NUMBER,"actor":{"name":"An","role":"ROLE"},"reason":"trùng giờ"}}"#,
    r#"{"override":{"registration":NUMBER,"actor":{"name":"Tuấn","role":"ROLE"},"reason":"lũ quét"}}"#,
    r#"{"join":{"join":NUMBER,"party":{"site":"SITE"},"called":{"alias":"ALIAS"}}}"#,
    r#"{"join":{"join":NUMBER,"party":{"peer":"PEER"},"called":{"alias":"1001"}}}"#,
    r#"{"join":{"join":NUMBER,"party":"mcu","called":{"dial_out":{"calling":"ALIAS","to":{"site":"SITE"}}}}}"#,
    r#"{"leave":{"join":NUMBER,"reason":{"code":"hang_up"}}}"#,
    r#"{"end":{"session":NUMBER,"actor":{"name":"An","role":"ROLE"}}}"#,
    r#"{"configure":{"peers":[],"organizations":[],"sites":[]}}"#,
];
