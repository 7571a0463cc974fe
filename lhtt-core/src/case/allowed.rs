//! What is allowed where a document is out of form, by name. The parser says "struct Duty"; what it would accept there is
//! found by asking it: a field that nothing has is put in the place, and its answer lists the fields.

use super::place::{self, Step};
use crate::finding::Text;
use serde_json::{Value, json};

/// What is allowed, and the place it is allowed at.
pub(super) struct Allowed {
    pub(super) steps: Vec<Step>,
    pub(super) text: Text,
}

/// What is allowed in place of what the parser refused at `steps`, saying `message`. `read` parses a document and gives what
/// is said of it.
pub(super) fn allowed(
    whole: &Value,
    steps: &[Step],
    message: &str,
    read: &dyn Fn(&Value) -> Option<String>,
) -> Option<Allowed> {
    let (what, expected) = message.split_once(", expected ")?;
    let here = |text| Some(Allowed { steps: steps.to_vec(), text });
    if what.ends_with("unit variant") {
        return word(whole, steps, read);
    }
    match expected {
        "unit" => match steps.split_last() {
            Some((Step::Field(name), above)) => {
                let text = both(format!("chỉ chữ `\"{name}\"`"), format!("the word `\"{name}\"` alone"));
                Some(Allowed { steps: above.to_vec(), text })
            }
            _ => None,
        },
        "a map" => {
            here(both("đối tượng có các trường theo tên hoặc số", "an object whose fields are names or numbers"))
        }
        "a sequence" => here(both("danh sách", "a list")),
        _ if expected.starts_with("struct ") || expected.ends_with(" variant") => {
            here(match fields(whole, steps, json!({ PROBE: null }), read) {
                Some(fields) => {
                    both(format!("đối tượng có các trường {fields}"), format!("an object with the fields {fields}"))
                }
                None => both("đối tượng", "an object"),
            })
        }
        _ => None,
    }
}

/// A word where an alternative needs more: the word stands at the place, or in a field of it.
fn word(whole: &Value, steps: &[Step], read: &dyn Fn(&Value) -> Option<String>) -> Option<Allowed> {
    let found = place::value(whole, steps)?;
    let below = found.as_object().into_iter().flatten().map(|(name, value)| (Some(Step::Field(name.clone())), value));
    for (step, value) in std::iter::once((None, found)).chain(below) {
        let Some(word) = value.as_str() else { continue };
        let at: Vec<Step> = steps.iter().cloned().chain(step).collect();
        if let Some(fields) = fields(whole, &at, json!({ word: { PROBE: null } }), read) {
            let form = format!("`{{\"{word}\": {{…}}}}`");
            let text = both(
                format!("đối tượng {form} có các trường {fields}"),
                format!("an object {form} with the fields {fields}"),
            );
            return Some(Allowed { steps: at, text });
        }
    }
    let text = both("đối tượng `{\"…\": …}`, không chỉ tên", "an object `{\"…\": …}`, not its name alone");
    Some(Allowed { steps: steps.to_vec(), text })
}

/// The fields that the parser lists when it finds `probe` there.
fn fields(whole: &Value, steps: &[Step], probe: Value, read: &dyn Fn(&Value) -> Option<String>) -> Option<String> {
    let mut asked = whole.clone();
    let place = steps.iter().try_fold(&mut asked, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Element(at) => value.get_mut(at),
    })?;
    *place = probe;
    let said = read(&asked)?;
    // Where a further field does no harm, at least one that has to be there is named.
    if let Some(missing) = said.strip_prefix("missing field ") {
        return Some(format!("{missing}, …"));
    }
    let (refused, listed) = said.split_once(", expected ")?;
    let known = refused.starts_with("unknown ") && refused.ends_with(&format!("`{PROBE}`"));
    known.then(|| listed.strip_prefix("one of ").unwrap_or(listed).to_owned())
}

fn both(vi: impl Into<String>, en: impl Into<String>) -> Text {
    Text { vi: vi.into().into(), en: en.into().into() }
}

/// A field that nothing has.
const PROBE: &str = "?";
