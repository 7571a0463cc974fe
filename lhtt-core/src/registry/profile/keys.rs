//! The keys of a profile document: where they are written otherwise than the fields are called, which must be stated, and
//! what numbers and texts are allowed.

use super::super::Profile;
use serde_json::Value;
use std::ops::RangeInclusive;

/// Keys as they are written, and the field that they mean. A key that ends in a dot means all below it.
const WRITTEN: [(&str, &str); 12] = [
    ("mailbox", "operator_mailbox"),
    ("lead.late_normal", "late_normal"),
    ("override.heads", "override_heads"),
    ("session.early_window", "early_window_s"),
    ("session.overrun", "overrun_s"),
    ("session.default_length", "default_length_s"),
    ("mcu.ports", "mcu_ports"),
    ("urgent.followup", "urgent_followup_s"),
    ("secret.grace", "secret_grace_s"),
    ("secret.citations", "secret_citations"),
    ("report.tt01.deadlines", "reporting.tt01"),
    ("report.", "reporting."),
];

/// Without these nothing can stand in: a profile says who it is and since when, and how many sites there may be.
const NEEDED: [&str; 2] = ["id", "effective_from"];
const NEEDED_BELOW: [&str; 1] = ["quota"];

/// Numbers that have a bound of their own.
const NUMBERS: [(&str, RangeInclusive<i64>); 12] = [
    ("early_window_s", 0..=86_400),
    ("overrun_s", 0..=86_400),
    ("default_length_s", 60..=86_400),
    ("lead.normal_hours", 0..=720),
    ("lead.urgent_hours", 0..=720),
    ("mcu_ports", 1..=100_000),
    ("urgent_followup_s", 60..=604_800),
    ("secret_grace_s", 0..=3_600),
    ("gov_peer.rehearsal_lead", 0..=604_800),
    ("audit.retention_days", 1..=36_500),
    ("security_level", 1..=5),
    ("quota.", 0..=1_000),
];

/// The field that a key means.
pub(super) fn field(key: &str) -> String {
    for (written, field) in WRITTEN {
        if key == written {
            return field.to_owned();
        }
        if let (true, Some(rest)) = (written.ends_with('.'), key.strip_prefix(written)) {
            return format!("{field}{rest}");
        }
    }
    key.to_owned()
}

/// The key that a field is written by.
pub(super) fn written(field: &str) -> String {
    let found = WRITTEN.into_iter().find(|(_, one)| *one == field);
    found.map_or_else(|| field.to_owned(), |(written, _)| written.to_owned())
}

/// The fields of a profile, by the keys that they are written by.
pub(super) fn all() -> Vec<String> {
    let form = Profile::default().document();
    let mut found = Vec::new();
    branches("", &form, &mut found);
    found.extend(UNSTATED.map(str::to_owned));
    let mut found: Vec<_> = found.iter().map(|field| written(field)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Fields that a profile need not have, and the built-in one has not.
const UNSTATED: [&str; 9] = [
    "effective_to",
    "gov_peer.rehearsal_lead",
    "audit.retention_days",
    "mcu_ports",
    "urgent_followup_s",
    "security_level",
    "idle_end_s",
    "assessment.validity_days",
    "calendar",
];

fn branches(place: &str, value: &Value, found: &mut Vec<String>) {
    let Value::Object(fields) = value else { return found.push(place.to_owned()) };
    for (name, value) in fields {
        branches(&if place.is_empty() { name.clone() } else { format!("{place}.{name}") }, value, found);
    }
}

/// Fields that must be given, out of a profile's own form.
pub(super) fn needed(form: &Value) -> Vec<String> {
    let mut fields: Vec<_> = NEEDED.map(str::to_owned).to_vec();
    for outer in NEEDED_BELOW {
        leaves(outer, &form[outer], &mut fields);
    }
    fields
}

fn leaves(place: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(&format!("{place}.{name}"), value, found))
        }
        Value::Number(_) => found.push(place.to_owned()),
        _ => {}
    }
}

/// What is allowed where a value is of the right form and still wrong.
pub(super) fn out_of_bounds(field: &str, value: &Value) -> Option<String> {
    let bound = NUMBERS.iter().find(|(name, _)| field == *name || (name.ends_with('.') && field.starts_with(name)));
    if let Some((name, range)) = bound
        && (value.is_number() || (field == *name && !value.is_null()))
    {
        let right = value.as_i64().is_some_and(|number| range.contains(&number));
        return (!right).then(|| format!("a whole number from {} to {}", range.start(), range.end()));
    }
    match (field, value) {
        ("operator_mailbox", Value::String(text)) if !text.contains('@') => Some("a mail address".to_owned()),
        ("id", Value::String(text)) if text.trim().is_empty() => Some("a name, as in ld-1095-2023".to_owned()),
        ("tiers.enabled" | "control.eligible_tiers", Value::Array(list)) if list.is_empty() => {
            Some("at least one of province, district_and_affiliated, commune".to_owned())
        }
        ("later", _) => Some("nothing: each profile is a document of its own".to_owned()),
        _ => None,
    }
}
