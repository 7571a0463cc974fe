//! What was stored and is read again: profiles as documents, snapshots of a registry.

use lhtt_core::deadline::{breaches, next_deadlines};
use lhtt_core::journal::{Entry, Head, read_snapshot, snapshot};
use lhtt_core::registry::Profile;
use lhtt_core::registry::profile::{BadProfile, LD_1095_2023, TWO_TIER};
use lhtt_core::report::{Period, Scope, usage};
use lhtt_core::time::Wall;
use lhtt_core::{Moment, Query, Registry, Request, decide};
use serde_json::{Value, json};

/// A document is a profile that reads back equal and can be decided by, or is refused with faults that say what is allowed. Octets
/// that begin with 0 or 1 are changes to a shipped profile, three each: where, what, and one more; all others are TOML.
pub fn profile(data: &[u8]) -> bool {
    let read = match data {
        [shipped @ (0 | 1), changes @ ..] => Profile::from_document(&changed(*shipped, changes)),
        other => match std::str::from_utf8(other) {
            Ok(text) => Profile::from_toml(text),
            Err(_) => return false,
        },
    };
    match read {
        Ok(profile) => {
            let again = serde_json::from_value(json!(profile));
            assert_eq!(again.ok().as_ref(), Some(&profile), "what we print we can read");
            decides(&profile);
            true
        }
        Err(BadProfile { faults }) => {
            assert!(!faults.is_empty(), "a refusal says why");
            assert!(faults.iter().all(|fault| !fault.field.is_empty() && !fault.allowed.is_empty()), "{faults:?}");
            false
        }
    }
}

/// A shipped profile in which some values are others, gone, or there twice.
fn changed(shipped: u8, changes: &[u8]) -> Value {
    let text = if shipped == 0 { LD_1095_2023 } else { TWO_TIER };
    let document: toml::Table = toml::from_str(text).expect("what is shipped is TOML");
    let mut document = serde_json::to_value(document).expect("TOML is a value");
    for change in changes.chunks_exact(3).take(CHANGES_MAX) {
        let mut places = Vec::new();
        collect("", &document, &mut places);
        let place = places[usize::from(change[0]) % places.len()].clone();
        let (which, of) = (change[1], change[2]);
        let value = document.pointer_mut(&place).expect("the place was found in it");
        *value = match which % 10 {
            0 => json!(i64::from(of) - 128),
            1 => json!(i64::from(of) << 40),
            2 => json!(u64::from(of) * 3_600),
            3 => json!("x".repeat(usize::from(of))),
            4 => json!(f64::from(of) / 7.0),
            5 => Value::from(["province", "district_and_affiliated", "commune", "nowhere"][usize::from(of % 4)]),
            6 => {
                json!({ "value": value.take(), "status": (["text", "chosen", "wrong"][usize::from(of % 3)]), "source": "s" })
            }
            7 => json!(format!("20{:02}-0{}-01T00:00:00+07:00", of % 100, of % 9 + 1)),
            8 => Value::from(&["province", "peoples_committee"][usize::from(of % 2)..]),
            _ => json!({ "a": { "b": of } }),
        };
    }
    document
}

/// Every place of a document but the whole: tables, too.
fn collect(place: &str, value: &Value, found: &mut Vec<String>) {
    if let Value::Object(fields) = value {
        fields.iter().for_each(|(name, value)| {
            let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
            found.push(place.clone());
            collect(&place, value, found);
        });
    }
}

/// Under any profile there is an answer.
fn decides(profile: &Profile) {
    let mut registry = Registry::default();
    let mut configure: Value = serde_json::from_str(include_str!("../data/configure.json")).expect("it is a request");
    configure["configure"]["profile"] = json!(profile);
    let submit: Value = serde_json::from_str(SUBMIT).expect("it is a request");
    let others = OTHERS.iter().map(|text| serde_json::from_str(text).expect("it is a request"));
    let start = profile.effective_from.unix_millis().clamp(EARLIEST, LATEST);
    for (hours, request) in (0..).zip([configure, submit].into_iter().chain(others)) {
        let request: Request = serde_json::from_value(request).expect("it is a request");
        let at = Wall::trusted(start + hours * 3_600_000);
        let decision = decide(&registry, &request, at);
        assert!(decision.is_permit() || !decision.citations().is_empty(), "a refusal is cited: {request:?}");
        assert_eq!(registry.apply_all(&decision.changes), Ok(()), "{request:?}");
        let now = Moment::from(at);
        let _ = (next_deadlines(&registry, now), breaches(&registry, now), profile.warnings(now));
        let cycle = registry.profile_at(now).reporting.cycle;
        let window = Period::half_of(now, cycle).window(cycle);
        assert!(!usage(&registry, Scope { window, now, cleared: true }).csv().is_empty());
        let query: Query =
            serde_json::from_value(json!({"planning": {"deadlines": {"start": now}}})).expect("it is a query");
        assert!(query.answer(&registry, at)["normal"].is_string());
    }
    assert_eq!(Registry::from_facts(registry.facts()).as_ref(), Ok(&registry), "facts make the registry");
}

/// A registry that is restored is written again equal and can be asked and decided by; one that does not hang together is refused. The
/// target makes head and hash itself, since no fuzzer guesses one.
pub fn restore(data: &[u8]) -> bool {
    let Ok(registry) = serde_json::from_slice::<Registry>(data) else { return false };
    let request: Request =
        serde_json::from_str(r#"{"leave":{"join":1,"reason":{"code":"hang_up"}}}"#).expect("it is a request");
    let at = Wall::trusted(EARLIEST);
    let entry = Entry::seal(&Head::default(), at, &request, decide(&Registry::default(), &request, at));
    let line = snapshot(&registry, &entry.head()).expect("it serialises");
    match read_snapshot(&line, |_| Some(entry.to_line().to_owned())) {
        Ok((restored, head)) => {
            assert_eq!((&restored, head), (&registry, entry.head()));
            assert_eq!(snapshot(&restored, &head).ok(), Some(line), "it is written again equal");
            for number in 0..3 {
                let query = format!(r#"{{"conduct":{{"state":{{"session":{number}}}}}}}"#);
                let query: Query = serde_json::from_str(&query).expect("it is a query");
                let _ = query.answer(&restored, at);
            }
            let _ = (next_deadlines(&restored, at.into()), breaches(&restored, at.into()));
            let others = OTHERS.iter().map(|text| serde_json::from_str::<Request>(text).expect("it is a request"));
            for request in others {
                let decision = decide(&restored, &request, at);
                assert!(decision.is_permit() || !decision.citations().is_empty(), "a refusal is cited: {request:?}");
            }
            true
        }
        Err(bad) => {
            assert!(!bad.to_string().is_empty());
            false
        }
    }
}

const SUBMIT: &str = r#"{"submit":{"sent_from":"syt@lamdong.gov.vn","sent_to":"kythuat@lamdong.gov.vn","agency":"so-y-te","chair_site":"so-y-te","members":[{"site":"da-lat"}],"start":"2023-06-15T08:00:00+07:00","content":"Giao ban","contact":{"name":"Lan","phone":"0263"}}}"#;
const OTHERS: [&str; 5] = [
    r#"{"accept":{"registration":1,"actor":{"name":"An","role":"technical_operator"},"alias":"1001"}}"#,
    r#"{"override":{"registration":1,"actor":{"name":"Phạm Minh Tuấn","role":"head_of_technical_operator"},"reason":"lũ quét"}}"#,
    r#"{"join":{"join":1,"party":{"site":"da-lat"},"called":{"alias":"1001"}}}"#,
    r#"{"estate":{"arrange":{"site":"don-duong","actor":{"name":"Hoa","role":"managing_authority"}}}}"#,
    r#"{"floor":{"request_control":{"session":1,"actor":{"name":"Lan","role":"site_operator","site":"so-y-te"}}}}"#,
];
/// 2023-06-13T08:00:00+07:00.
const EARLIEST: i64 = 1_686_618_000_000;
/// Some hundred years on.
const LATEST: i64 = 5_000_000_000_000;
const CHANGES_MAX: usize = 20;
