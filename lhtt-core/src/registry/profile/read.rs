//! Reads a profile out of a document: value by value, each with its status and source where it says so. Every fault is found
//! before anything is taken over, and names the key, the value and what is allowed.

use super::super::Profile;
use super::keys;
use super::{Provenance, Status};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::{self, Display};

/// A value that cannot stand in a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFault {
    /// The key, as it is written.
    pub field: String,
    /// What stands there.
    pub value: String,
    /// What may stand there.
    pub allowed: String,
}

/// A document that is no profile, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct BadProfile {
    /// Each names the key, the value and what is allowed.
    pub faults: Vec<ProfileFault>,
}

impl BadProfile {
    pub(super) fn one(field: impl Into<String>, value: impl Display, allowed: impl Into<String>) -> Self {
        Self { faults: vec![ProfileFault { field: field.into(), value: value.to_string(), allowed: allowed.into() }] }
    }
}

impl Display for BadProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, ProfileFault { field, value, allowed }) in self.faults.iter().enumerate() {
            let before = if index == 0 { "" } else { "\n" };
            write!(f, "{before}`{field}`: `{value}`: {allowed}")?;
        }
        Ok(())
    }
}

impl Profile {
    /// The profile of a TOML document, see `docs/decide/planning.md`.
    ///
    /// ```
    /// use lhtt_core::registry::{Profile, profile};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let built_in = Profile::from_toml(profile::LD_1095_2023)?;
    /// assert_eq!((built_in.lead.normal_hours, built_in.quota.commune), (24, 1));
    /// let wrong = Profile::from_toml(&profile::LD_1095_2023.replacen("effective_from", "effective_form", 1)).unwrap_err();
    /// assert!(wrong.faults.iter().any(|fault| fault.field == "effective_form"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it at once; where the text is no TOML, that.
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, BadProfile> {
        let document: toml::Table = toml::from_str(text).map_err(|error| {
            let line =
                error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
            BadProfile::one(format!("line {line}"), "", error.message().replace('\n', " "))
        })?;
        let document =
            serde_json::to_value(document).map_err(|error| BadProfile::one("profile", "", error.to_string()))?;
        Self::from_document(&document)
    }

    /// The profile of a document that was read from TOML or JSON. Keys are those of `docs/decide/planning.md`; what is not stated is
    /// as built in, but for `id`, `effective_from` and the numbers of `quota`, which always are. The file that is built in,
    /// [`LD_1095_2023`](super::LD_1095_2023), shows every key.
    ///
    /// ```
    /// use lhtt_core::registry::Profile;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let text = r#"{ "id": "own", "effective_from": "2024-01-01T00:00:00+07:00", "lead": { "normal_hours": 48 },
    ///     "quota": { "affiliated": 1, "commune": 2, "province": { "sites": 1 }, "district": { "sites": 2 } } }"#;
    /// let own = Profile::from_document(&serde_json::from_str(text)?)?;
    /// // The built-in profile holds until this one begins; both are taken over by one `Request::Configure`.
    /// let both = Profile::succession(vec![Profile::default(), own])?;
    /// assert_eq!((both.quota.commune, both.later[0].quota.commune), (1, 2));
    ///
    /// let wrong = Profile::from_document(&serde_json::from_str(&text.replace("48", "-1"))?);
    /// let said = wrong.map_err(|bad| bad.to_string());
    /// assert_eq!(said.err().as_deref(), Some("`lead.normal_hours`: `-1`: a whole number from 0 to 720"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with it at once.
    pub fn from_document(document: &Value) -> Result<Self, BadProfile> {
        let Value::Object(document) = document else {
            return Err(BadProfile::one("profile", document, "a table of keys"));
        };
        let mut reader = Reader::new();
        reader.table("", document);
        reader.finish()
    }
}

/// The form that is filled, and what was wrong so far.
struct Reader {
    form: Value,
    given: Vec<String>,
    provenance: BTreeMap<String, Provenance>,
    faults: Vec<ProfileFault>,
}

impl Reader {
    fn new() -> Self {
        let form = serde_json::to_value(Profile::default()).unwrap_or_default();
        Self { form, given: Vec::new(), provenance: BTreeMap::new(), faults: Vec::new() }
    }

    fn fault(&mut self, key: &str, value: &Value, allowed: impl Into<String>) {
        let shown = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.faults.push(ProfileFault { field: key.to_owned(), value: shown, allowed: allowed.into() });
    }

    fn table(&mut self, place: &str, table: &Map<String, Value>) {
        for (name, value) in table {
            let key = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
            match value {
                Value::Object(fields) if fields.contains_key("value") => self.told(&key, fields),
                Value::Object(fields) if self.is_table(&key) => self.table(&key, fields),
                _ => self.value(&key, value),
            }
        }
    }

    /// Whether further keys lie below this one; else a table is a value.
    fn is_table(&self, key: &str) -> bool {
        match self.form.pointer(&pointer(&keys::field(key))) {
            Some(there) => there.is_object(),
            None => true,
        }
    }

    /// A value with its status and source.
    fn told(&mut self, key: &str, fields: &Map<String, Value>) {
        let mut rest = fields.clone();
        let value = rest.remove("value").unwrap_or_default();
        match serde_json::from_value::<Provenance>(Value::Object(rest)) {
            Ok(provenance) => drop(self.provenance.insert(keys::field(key), provenance)),
            Err(error) => {
                self.fault(key, &Value::Object(fields.clone()), format!("`value`, `status`, `source`: {error}"))
            }
        }
        self.value(key, &value);
    }

    /// Takes one value over if the profile can still be read with it.
    fn value(&mut self, key: &str, value: &Value) {
        let field = keys::field(key);
        if let Some(allowed) = keys::out_of_bounds(&field, value) {
            return self.fault(key, value, allowed);
        }
        let before = self.form.clone();
        if !set(&mut self.form, &field, value.clone()) {
            return self.fault(key, value, "no key lies below this one");
        }
        if let Err(error) = serde_json::from_value::<Profile>(self.form.clone()) {
            self.form = before;
            return self.fault(key, value, allowed(&error.to_string()));
        }
        self.given.push(field);
    }

    fn finish(mut self) -> Result<Profile, BadProfile> {
        for field in keys::needed(&self.form) {
            let told = self.faults.iter().any(|fault| keys::field(&fault.field) == field);
            if !told && !self.given.contains(&field) {
                let allowed = "a value; without it nothing can stand in".to_owned();
                self.faults.push(ProfileFault { field: keys::written(&field), value: String::new(), allowed });
            }
        }
        if !self.faults.is_empty() {
            return Err(BadProfile { faults: self.faults });
        }
        let read = serde_json::from_value::<Profile>(self.form);
        let mut profile = read.map_err(|error| BadProfile::one("profile", "", error.to_string()))?;
        if profile.effective_to.is_some_and(|end| end <= profile.effective_from) {
            let end = profile.effective_to.map(|end| end.rfc3339()).unwrap_or_default();
            return Err(BadProfile::one("effective_to", end, format!("a time after {}", profile.effective_from)));
        }
        profile.provenance = self.provenance;
        Ok(profile)
    }
}

fn pointer(field: &str) -> String {
    format!("/{}", field.replace('.', "/"))
}

/// Puts a value into the form; not where a plain value lies on the way.
fn set(form: &mut Value, field: &str, value: Value) -> bool {
    let mut place = form;
    for name in field.split('.') {
        let Value::Object(fields) = place else { return false };
        place = fields.entry(name).or_insert_with(|| Value::Object(Map::new()));
    }
    *place = value;
    true
}

/// What is allowed, out of the words of the reader of forms.
fn allowed(error: &str) -> String {
    let expected = error.rsplit_once("expected ").map_or(error, |(_, expected)| expected);
    let range = match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "usize" => "a whole number, not negative",
        "a string" => "a text",
        "a boolean" => "true or false",
        other => other,
    };
    range.to_owned()
}

impl Status {
    /// Whether somebody has read it where it stands.
    pub const fn is_confirmed(self) -> bool {
        matches!(self, Self::Text | Self::Source)
    }
}
