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
        let is_case = lhtt_core::Case::from_json(&read(&path).to_string()).is_ok();
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
            "additionalProperties" => {
                let known = words.get("properties").and_then(Value::as_object);
                let others = value.as_object().into_iter().flatten();
                let others = others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name)));
                wrong.extend(others.flat_map(|(name, one)| lacks(root, said, one, &format!("{place}.{name}"))));
            }
            "items" => {
                let list = value.as_array().into_iter().flatten();
                wrong.extend(list.flat_map(|one| lacks(root, said, one, &format!("{place}[]"))));
            }
            // Of texts and numbers the reader knows better.
            "type" | "enum" | "const" | "pattern" | "patternProperties" | "format" | "minimum" | "maximum"
            | "minItems" | "maxItems" | "prefixItems" | "uniqueItems" | "propertyNames" => {}
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
