//! The regulation: cases and facts.

use lhtt_core::case::{Answer, Case};
use lhtt_core::{Facts, Registry};

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
