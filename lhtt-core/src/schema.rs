//! The JSON Schema of a case, made from the types it is read into. Behind the feature `schema`.
//!
//! Facts are laid over a base, so in a case every part of them may be left out or be `null`: of them the schema names the parts
//! and leaves their form to the reader. The form of whole facts is [`facts`].

use crate::case::Case;
use crate::facts::Facts;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;
use std::borrow::Cow;

/// The schema of a case.
pub fn case() -> Value {
    whole::<Case>()
}

/// The schema of whole facts, as a snapshot or an embedder holds them.
pub fn facts() -> Value {
    whole::<Facts>()
}

fn whole<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value()
}

/// The parts of facts, each of any form.
pub(crate) fn given_facts(_: &mut SchemaGenerator) -> Schema {
    let parts = facts();
    let names = parts.get("properties").and_then(Value::as_object).into_iter().flatten();
    let properties: serde_json::Map<_, _> = names.map(|(name, _)| (name.clone(), Value::Bool(true))).collect();
    json_schema!({ "type": ["object", "null"], "properties": properties, "additionalProperties": false })
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
