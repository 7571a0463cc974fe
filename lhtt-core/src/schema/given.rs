//! The form of given facts, made of that of whole facts by what `docs/decide.md` says of laying them over a base: nothing is
//! required, `null` takes away, `{"$set": …}` puts in whole, a list by `id` may be an object, and a new element is like another.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Puts the form of given facts into the schema of a case, where its facts stand.
pub(super) fn lay(facts: &Value, case: &mut Value) {
    let none = Map::new();
    let defs = facts.get(DEFS).and_then(Value::as_object).unwrap_or(&none);
    let mut given = Given { defs, made: BTreeMap::new(), kept: BTreeSet::new() };
    let mut form = given.over(facts);
    if let Some(form) = form.as_object_mut() {
        ["$schema", DEFS, "title"].iter().for_each(|name| drop(form.remove(*name)));
        form.insert("type".to_owned(), json!(["object", "null"]));
        form.insert("description".to_owned(), json!("Facts that differ from the base."));
    }
    let Given { made, kept, .. } = given;
    case["properties"]["facts"] = form;
    if let Some(all) = case.get_mut(DEFS).and_then(Value::as_object_mut) {
        for name in kept {
            all.entry(name.clone()).or_insert_with(|| defs.get(&name).cloned().unwrap_or_default());
        }
        all.extend(made.into_iter().map(|(name, form)| (given_name(&name), form)));
        all.insert(TAKEN.to_owned(), json!({
            "description": "`null` takes away what is there; `{\"$set\": value}` puts the value in its place, whole.",
            "anyOf": [
                { "type": "null" },
                { "type": "object", "properties": { "$set": { "description": "What is put in." } }, "required": ["$set"],
                    "additionalProperties": false },
            ],
        }));
    }
}

struct Given<'a> {
    defs: &'a Map<String, Value>,
    /// The loosened forms, by the name of the form they are made of.
    made: BTreeMap<String, Value>,
    /// Names of forms that are texts, numbers or words: as they are.
    kept: BTreeSet<String>,
}

impl<'a> Given<'a> {
    fn over(&mut self, form: &Value) -> Value {
        let Some(words) = form.as_object() else { return form.clone() };
        let mut over = Map::new();
        for (word, said) in words {
            let (word, said) = match (word.as_str(), said) {
                ("required" | "default", _) => continue,
                ("$ref", Value::String(place)) => (word.as_str(), json!(self.place(place))),
                ("properties" | "patternProperties", Value::Object(fields)) => {
                    let fields = fields.iter().map(|(name, form)| (name.clone(), self.taken_or(form)));
                    (word.as_str(), fields.collect::<Map<_, _>>().into())
                }
                ("additionalProperties", form) if form.is_object() => (word.as_str(), self.taken_or(form)),
                ("items", form) => ("items", self.over(form)),
                ("oneOf" | "anyOf", Value::Array(forms)) => {
                    ("anyOf", forms.iter().map(|form| self.over(form)).collect::<Vec<_>>().into())
                }
                _ => (word.as_str(), said.clone()),
            };
            over.insert(word.to_owned(), said);
        }
        match words.get("items").is_some_and(|items| self.has_id(items)) {
            true => self.by_id(over),
            false => Value::Object(over),
        }
    }

    /// A form, or what takes away or puts in. Its description stays with the field.
    fn taken_or(&mut self, form: &Value) -> Value {
        let mut over = self.over(form);
        let description = over.as_object_mut().and_then(|over| over.remove("description"));
        let mut either = json!({ "anyOf": [over, { "$ref": format!("{PLACE}{TAKEN}") }] });
        if let Some(description) = description {
            either["description"] = description;
        }
        either
    }

    /// A list by `id`, or an object that has the elements by it.
    fn by_id(&mut self, mut list: Map<String, Value>) -> Value {
        let description = list.remove("description");
        let element = list.get("items").cloned().unwrap_or_default();
        let taken = json!({ "$ref": format!("{PLACE}{TAKEN}") });
        let by_name = json!({ "type": "object", "additionalProperties": { "anyOf": [element, taken] } });
        let mut either = json!({ "anyOf": [list, by_name] });
        if let Some(description) = description {
            either["description"] = description;
        }
        either
    }

    fn place(&mut self, place: &str) -> String {
        let Some((name, form)) = self.named(place) else { return place.to_owned() };
        if !self.has_parts(form, &mut BTreeSet::new()) {
            self.kept.insert(name);
            return place.to_owned();
        }
        if !self.made.contains_key(&name) {
            self.made.insert(name.clone(), Value::Null);
            let mut over = self.over(form);
            if let Some(fields) = over.get_mut("properties").and_then(Value::as_object_mut) {
                self.also(&name, fields);
            }
            self.made.insert(name.clone(), over);
        }
        format!("{PLACE}{}", given_name(&name))
    }

    /// Fields that only given facts have.
    fn also(&mut self, name: &str, fields: &mut Map<String, Value>) {
        if let Some(id) = fields.get("id").cloned() {
            let about = "The id of another element: what a new one does not state it has as that one has it.";
            fields.insert("like".to_owned(), json!({ "anyOf": id["anyOf"], "description": about }));
        }
        if name == "Session" {
            let seat = self.place(&format!("{PLACE}Seat"));
            let one = json!({ "anyOf": [{ "$ref": format!("{PLACE}Invitee") }, { "$ref": seat }] });
            for (name, about) in [
                ("members", "Who is on its list, short for `seats`; the chair site need not be named."),
                ("seats", "Who is on its list, each with its legs."),
            ] {
                let list = json!({ "type": "array", "items": one });
                let taken = json!({ "$ref": format!("{PLACE}{TAKEN}") });
                fields.insert(name.to_owned(), json!({ "anyOf": [list, taken], "description": about }));
            }
        }
    }

    fn named(&self, place: &str) -> Option<(String, &'a Value)> {
        let name = place.strip_prefix(PLACE)?;
        Some((name.to_owned(), self.defs.get(name)?))
    }

    fn has_id(&self, form: &Value) -> bool {
        let named = form.get("$ref").and_then(Value::as_str).and_then(|place| self.named(place));
        let form = named.map_or(form, |(_, named)| named);
        form.get("properties").is_some_and(|fields| fields.get("id").is_some())
    }

    /// Whether it has fields or elements, which can be given one by one.
    fn has_parts(&self, form: &Value, seen: &mut BTreeSet<String>) -> bool {
        match form {
            Value::Object(words) => words.iter().any(|(word, said)| match (word.as_str(), said) {
                ("properties" | "patternProperties" | "items", _) => true,
                ("additionalProperties", said) => said.is_object(),
                ("$ref", Value::String(place)) => {
                    seen.insert(place.clone()) && self.named(place).is_some_and(|(_, form)| self.has_parts(form, seen))
                }
                (_, said) => self.has_parts(said, seen),
            }),
            Value::Array(forms) => forms.iter().any(|form| self.has_parts(form, seen)),
            _ => false,
        }
    }
}

fn given_name(name: &str) -> String {
    format!("Given{name}")
}

const DEFS: &str = "$defs";
const PLACE: &str = "#/$defs/";
/// The form of what takes away or puts in.
const TAKEN: &str = "Taken";
