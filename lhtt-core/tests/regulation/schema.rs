//! The JSON Schema of a case: committed as it is generated, and every case of the examples is of it.
//!
//! The check reads the words of JSON Schema that the generator writes, and fails on those it does not know.

use lhtt_core::schema;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[allow(clippy::disallowed_methods, reason = "a test reads its data")]
fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_committed_schema_is_the_generated_one() {
    let committed = read(&folder("../docs/decide.schema.json"));
    assert!(committed == schema::case(), "run the example `schema` and commit what it prints");
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a test reads its data")]
fn every_case_is_of_the_schema() {
    let schema = schema::case();
    let mut wrong = Vec::new();
    let files = std::fs::read_dir(folder("tests/data/cases")).unwrap().map(|file| file.unwrap().path());
    for path in files.filter(|path| !path.to_string_lossy().ends_with(".expect.json")) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        // Rows whose object cannot be built are not of the schema either, or are wrong in another way.
        let is_case = lhtt_core::Case::from_json(&read(&path).to_string()).is_ok_and(|case| case.answer().is_ok());
        let found = lacks(&schema, &schema, &read(&path), "");
        wrong.extend(found.into_iter().filter(|_| is_case).map(|why| format!("{name}: {why}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let example = read(&folder("src/facts/example.json"));
    let facts = schema::facts();
    assert_eq!(lacks(&facts, &facts, &example, "facts"), Vec::<String>::new());
}

#[test]
fn what_is_no_case_is_not_of_the_schema() {
    let schema = schema::case();
    for text in [
        r#"{}"#,
        r#"{"at": 1}"#,
        r#"{"at": "2023-06-15T08:00:00+07:00", "when": 1}"#,
        r#"{"at": "2023-06-15T08:00:00+07:00", "facts": {"sights": []}}"#,
        r#"{"at": "2023-06-15T08:00:00+07:00", "request": {"jion": {}}}"#,
        r#"{"at": "2023-06-15T08:00:00+07:00", "request": {"end": {"session": 1}}}"#,
    ] {
        assert!(!lacks(&schema, &schema, &serde_json::from_str(text).unwrap(), "").is_empty(), "{text}");
    }
}

/// A tool that offers fields needs to know of each what it is; facts are laid over a base, and still have their types.
#[test]
fn every_field_is_typed_and_described() {
    let schema = schema::case();
    let mut bare = Vec::new();
    look(&schema, &schema, "", &mut bare);
    // What `$set` puts in has the form of what it is put in place of.
    assert_eq!(bare, ["/$defs/Taken/anyOf/1/$set: no type"]);
}

#[test]
fn given_facts_have_their_types() {
    let schema = schema::case();
    for (facts, fits) in [
        (r#"{"sites": [{"id": "da-lat", "admitted": false}]}"#, true),
        (r#"{"sites": {"da-lat": {"admitted": false}, "bao-loc": null}}"#, true),
        (r#"{"sites": [{"id": "da-lat", "admitted": "no"}]}"#, false),
        (r#"{"sites": [{"id": "da-lat", "admited": false}]}"#, false),
        (r#"{"sessions": [{"id": 2, "like": 1, "members": [{"peer": "vnpt", "legs": 2}]}]}"#, true),
        (r#"{"sessions": [{"id": 2, "members": [{"pier": "vnpt"}]}]}"#, false),
        (r#"{"conduct": {"sessions": {"1": {"state": "ready", "duty": {"tslcd": null}}}}}"#, true),
        (r#"{"conduct": {"sessions": {"1": {"state": "redy"}}}}"#, false),
        (r#"{"profile": {"quota": {"commune": 2}}}"#, true),
        (r#"{"profile": {"quota": {"commune": "two"}}}"#, false),
        (r#"{"profile": {"quota": {"$set": {"commune": 2}}}}"#, true),
    ] {
        let case = format!(r#"{{"at": "2023-06-15T08:00:00+07:00", "facts": {facts}}}"#);
        let lacking = lacks(&schema, &schema, &serde_json::from_str(&case).unwrap(), "");
        assert_eq!(lacking.is_empty(), fits, "{facts}: {lacking:?}");
    }
}

/// Why a document is not of the schema of a case, if it is not.
pub(crate) fn not_a_case(document: &Value) -> Option<String> {
    let schema = schema::case();
    lacks(&schema, &schema, document, "").into_iter().next()
}

fn look(root: &Value, schema: &Value, place: &str, bare: &mut Vec<String>) {
    let parts: Vec<(String, &Value)> = match schema {
        Value::Object(words) => words.iter().map(|(word, said)| (word.clone(), said)).collect(),
        Value::Array(forms) => forms.iter().enumerate().map(|(at, form)| (at.to_string(), form)).collect(),
        _ => return,
    };
    let fields = schema.get("properties").and_then(Value::as_object);
    for (name, form) in fields.into_iter().flatten() {
        if !["type", "$ref", "anyOf", "oneOf", "allOf", "const"].iter().any(|word| form.get(word).is_some()) {
            bare.push(format!("{place}/{name}: no type"));
        }
        // One alternative is described where it stands, and its one field is its name.
        let alternative = fields.is_some_and(|fields| fields.len() == 1) && schema.get("description").is_some();
        if !alternative && !is_described(root, form) {
            bare.push(format!("{place}/{name}: no description"));
        }
    }
    for (name, part) in parts {
        look(root, part, &format!("{place}/{name}").replace("/properties", ""), bare);
    }
}

fn is_described(root: &Value, form: &Value) -> bool {
    let at = form.get("$ref").and_then(Value::as_str).map(|place| place.trim_start_matches('#'));
    let alternatives = ["anyOf", "oneOf", "allOf"].iter().filter_map(|word| form.get(word)?.as_array()).flatten();
    form.get("description").is_some()
        || at.and_then(|at| root.pointer(at)).is_some_and(|form| form.get("description").is_some())
        || alternatives.into_iter().any(|form| is_described(root, form))
}

/// What of `value` is not as `schema`, a part of `root`, says.
fn lacks(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let Some(words) = schema.as_object() else {
        return if schema == &Value::Bool(false) { vec![format!("{place}: not allowed")] } else { Vec::new() };
    };
    let mut wrong = Vec::new();
    for (word, said) in words {
        match word.as_str() {
            "$ref" => {
                let at = said.as_str().unwrap().trim_start_matches('#');
                wrong.extend(lacks(root, root.pointer(at).unwrap_or_else(|| panic!("{at}")), value, place));
            }
            "type" if !is_type(said, value) => wrong.push(format!("{place}: {value} is no {said}")),
            "enum" if !said.as_array().unwrap().contains(value) => {
                wrong.push(format!("{place}: {value} is none of {said}"))
            }
            "const" if said != value => wrong.push(format!("{place}: {value} is not {said}")),
            "anyOf" | "oneOf" => {
                let all: Vec<_> = said.as_array().unwrap().iter().map(|one| lacks(root, one, value, place)).collect();
                if !all.iter().any(Vec::is_empty) {
                    wrong.push(format!(
                        "{place}: none of the alternatives: {:?}",
                        all.iter().min_by_key(|one| one.len())
                    ));
                }
            }
            "allOf" => wrong.extend(said.as_array().unwrap().iter().flat_map(|one| lacks(root, one, value, place))),
            "required" => {
                let names = said.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                let missing = names.filter(|name| value.is_object() && value.get(name).is_none());
                wrong.extend(missing.map(|name| format!("{place}: no {name}")));
            }
            "properties" => {
                let given =
                    said.as_object().unwrap().iter().filter_map(|(name, of)| Some((name, of, value.get(name)?)));
                wrong.extend(given.flat_map(|(name, of, value)| lacks(root, of, value, &format!("{place}.{name}"))));
            }
            // Of a pattern it is enough here that names are numbers where it asks for digits.
            "patternProperties" => {
                let of = said.as_object().unwrap().values().next().unwrap();
                let numbered = value.as_object().into_iter().flatten();
                let numbered = numbered.filter(|(name, _)| name.parse::<u64>().is_ok());
                wrong.extend(numbered.flat_map(|(name, one)| lacks(root, of, one, &format!("{place}.{name}"))));
            }
            "additionalProperties" => {
                let known = words.get("properties").and_then(Value::as_object);
                let others = value.as_object().into_iter().flatten();
                let others = others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
                let numbered = words.contains_key("patternProperties");
                let others = others.filter(|(name, _)| !numbered || name.parse::<u64>().is_err());
                wrong.extend(others.flat_map(|(name, one)| lacks(root, said, one, &format!("{place}.{name}"))));
            }
            "items" => {
                let list = value.as_array().into_iter().flatten();
                wrong.extend(list.flat_map(|one| lacks(root, said, one, &format!("{place}[]"))));
            }
            // Of texts and numbers the reader knows better.
            "type" | "enum" | "const" | "pattern" | "format" | "minimum" | "maximum" | "minItems" | "maxItems"
            | "prefixItems" | "uniqueItems" | "propertyNames" => {}
            "title" | "description" | "default" | "$schema" | "$defs" | "examples" => {}
            other => panic!("{place}: what does `{other}` mean?"),
        }
    }
    wrong
}

fn is_type(said: &Value, value: &Value) -> bool {
    let one = |name: &Value| match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    said.as_array().map_or_else(|| one(said), |names| names.iter().any(one))
}
