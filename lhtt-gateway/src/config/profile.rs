//! `profile`: what the regulation leaves open, from files or from the configuration itself.

use super::Read;
use super::check::Checker;
use lhtt_core::registry::Profile;
use lhtt_core::registry::profile::BadProfile;
use serde_json::Value;

/// The profile that the configuration states; each fault names the key, the value and what is allowed.
pub(super) fn stated(check: &mut Checker, value: Option<&Value>, read: &mut Read<'_>) -> Profile {
    let names: Vec<&str> = match value {
        None => return Profile::default(),
        Some(table @ Value::Object(_)) => {
            return accepted(check, "profile.", Profile::from_document(table)).unwrap_or_default();
        }
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(_) => Vec::new(),
    };
    if names.is_empty() {
        let shown = value.map(ToString::to_string).unwrap_or_default();
        check.fault("profile", shown, "the name of a file, a list of them, or a table of keys");
        return Profile::default();
    }
    let mut profiles = Vec::new();
    for name in names {
        match read(name) {
            Err(why) => check.fault("profile", name, why),
            Ok(text) => profiles.extend(accepted(check, &format!("profile {name}: "), Profile::from_toml(&text))),
        }
    }
    accepted(check, "profile: ", Profile::succession(profiles)).unwrap_or_default()
}

fn accepted(check: &mut Checker, place: &str, read: Result<Profile, BadProfile>) -> Option<Profile> {
    match read {
        Ok(profile) => Some(profile),
        Err(bad) => {
            for fault in bad.faults {
                check.fault(format!("{place}{}", fault.field), fault.value, fault.allowed);
            }
            None
        }
    }
}
