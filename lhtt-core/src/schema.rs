//! The JSON Schema of a case, made from the types it is read into. Behind the feature `schema`.
//!
//! In a case facts are laid over a base, so every part of them may be left out, taken away or put in whole: `given.rs` loosens the
//! form of whole facts, which is [`facts`], by that and leaves every field its type and its description.

mod given;

use crate::case::Case;
use crate::facts::Facts;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;

/// The schema of a case.
pub fn case() -> Value {
    let mut case = whole::<Case>();
    given::lay(&facts(), &mut case);
    case
}

/// The schema of whole facts, as a snapshot or an embedder holds them.
pub fn facts() -> Value {
    whole::<Facts>()
}

fn whole<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value();
    without_programs(&mut schema);
    schema
}

/// Descriptions are those of the types, whose examples are for programmers: told up to these.
fn without_programs(schema: &mut Value) {
    match schema {
        Value::Object(words) => {
            for (word, said) in words {
                match said {
                    Value::String(text) if word == "description" => {
                        let told = text.find("```").unwrap_or(text.len());
                        text.truncate(text[..told].trim_end().len());
                    }
                    said => without_programs(said),
                }
            }
        }
        Value::Array(forms) => forms.iter_mut().for_each(without_programs),
        _ => {}
    }
}

/// Types written as a text of a pattern.
macro_rules! text {
    ($($type:ty, $name:literal, $about:literal, $pattern:literal;)*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "description": $about, "pattern": $pattern })
            }
        }
    )*};
}

text! {
    crate::Moment, "Moment", "a date and time with an offset, as in 2023-06-14T08:00:00+07:00", "^-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}[Tt ]";
    crate::Citation, "Citation", "a place in a legal text, as in Điều 12 khoản 2 điểm a", "^.+$";
    crate::interpretation::InterpretationId, "InterpretationId", "the number of a reading, as in A-16", "^A-[0-9]+$";
    crate::civil::Date, "Date", "a date, as in 2023-06-14", "^-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}$";
}

impl JsonSchema for crate::change::ChangeList {
    fn schema_name() -> Cow<'static, str> {
        "ChangeList".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<crate::Change>::json_schema(generator)
    }
}

/// The fields of a registration, each as it is there.
impl JsonSchema for crate::request::Changes {
    fn schema_name() -> Cow<'static, str> {
        "Changes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<crate::Submission>();
        json_schema!({ "description": "Fields of a registration with their new values.", "allOf": [fields] })
    }
}
