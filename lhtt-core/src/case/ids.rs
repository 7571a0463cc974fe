//! Where the elements of a list stand, by their ids: found once, so that a document of many sessions is read in a time that grows
//! with its length and not with its square.

use serde_json::Value;
use std::collections::BTreeMap;

/// The places of a list's elements by `id`; of two with one id, the first.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeMap<String, usize>);

impl Ids {
    /// Of this list.
    pub(super) fn of(list: &[Value]) -> Self {
        let mut ids = Self::default();
        list.iter().enumerate().for_each(|(at, one)| ids.add(one, at));
        ids
    }

    /// Takes note of an element.
    pub(super) fn add(&mut self, one: &Value, at: usize) {
        step();
        if let Some(id) = one.get("id") {
            self.0.entry(id.to_string()).or_insert(at);
        }
    }

    /// Where the element with this id stands.
    pub(super) fn at(&self, id: &Value) -> Option<usize> {
        step();
        self.0.get(&id.to_string()).copied()
    }

    /// Where the element stands whose id, a text or a number, is written like this.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let number = name.parse::<serde_json::Number>().ok().filter(|number| number.to_string() == name);
        let number = number.and_then(|number| self.at(&Value::Number(number)));
        self.at(&Value::from(name)).into_iter().chain(number).min()
    }
}

/// The name that an id, a text or a number, is written by.
pub(super) fn name_of(id: &Value) -> Option<String> {
    match id {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

#[cfg(not(test))]
fn step() {}

#[cfg(test)]
fn step() {
    STEPS.with(|steps| steps.set(steps.get() + 1));
}

#[cfg(test)]
thread_local! {
    /// Elements looked at: what a test counts instead of time.
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, document};
    use serde_json::json;

    /// A document with this many sessions, each with a registration and a leg.
    fn steps(sessions: u64, by_name: bool) -> usize {
        let session = |id: u64| {
            json!({ "id": id, "agency": "so-y-te", "chair_site": "so-y-te", "start": "2023-07-15T08:00:00+07:00",
                "members": [{ "site": "da-lat" }, { "peer": "vnpt" }] })
        };
        let numbers = 2..sessions + 2;
        let joins: Vec<_> =
            numbers.clone().map(|id| json!({ "join": id, "session": id, "member": { "site": "da-lat" } })).collect();
        let sessions: Value = match by_name {
            true => numbers.map(|id| (id.to_string(), session(id))).collect::<serde_json::Map<_, _>>().into(),
            false => numbers.map(session).collect(),
        };
        let case = json!({ "at": "2023-06-14T08:00:00+07:00", "facts": { "sessions": sessions, "joins": joins },
            "query": { "planning": { "version": {} } } });
        let case = Case::from_json(&case.to_string()).unwrap();
        STEPS.with(|steps| steps.set(0));
        document::Document::of(&case).unwrap();
        STEPS.with(|steps| steps.get())
    }

    #[test]
    fn twice_the_sessions_take_twice_the_steps() {
        for by_name in [false, true] {
            let (once, twice) = (steps(200, by_name), steps(400, by_name));
            assert!(once > 200 && twice < 2 * once + 200, "{once} steps, then {twice}");
        }
    }

    #[test]
    fn ids_are_texts_or_numbers_and_the_first_counts() {
        let list = [json!({ "id": "1" }), json!({ "id": 1 }), json!({ "id": "a" }), json!({ "id": "a" }), json!({})];
        let ids = Ids::of(&list);
        assert_eq!((ids.at(&json!(1)), ids.at(&json!("1")), ids.at(&json!("a"))), (Some(1), Some(0), Some(2)));
        assert_eq!((ids.named("1"), ids.named("a"), ids.named("01"), ids.named("b")), (Some(0), Some(2), None, None));
    }
}
