//! What an amendment changes: some fields of a registration, in its own JSON form. Checked when it is read.

use crate::submission::Submission;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Fields of a [`Submission`] with their new values: `{"start": "2023-06-15T07:00:00+07:00", "support": null}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>", into = "Map<String, Value>")]
pub struct Changes(Map<String, Value>);

/// Fields that are none of a registration's, or not of their form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("changes: {0}")]
pub struct NoChanges(String);

impl Changes {
    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this field is given.
    pub fn names(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// The registration with these fields.
    pub(crate) fn applied_to(&self, submission: &Submission) -> Submission {
        let mut form = match serde_json::to_value(submission) {
            Ok(Value::Object(form)) => form,
            _ => return submission.clone(),
        };
        form.extend(self.0.clone());
        // Each field was read by itself when the changes were, so that together they read too.
        serde_json::from_value(Value::Object(form)).unwrap_or_else(|_| submission.clone())
    }

    /// The fields alone, all others as in an empty registration.
    pub fn alone(&self) -> Submission {
        self.applied_to(&Submission::default())
    }

    /// The same without free text about the meeting.
    pub(crate) fn without_content(&self) -> Self {
        let bare = self.alone().without_content();
        let Ok(Value::Object(bare)) = serde_json::to_value(bare) else { return Self::default() };
        let fields = self.0.iter().map(|(name, value)| {
            let kept = if value.is_null() { value } else { bare.get(name).unwrap_or(value) };
            (name.clone(), kept.clone())
        });
        Self(fields.collect())
    }
}

impl TryFrom<Map<String, Value>> for Changes {
    type Error = NoChanges;
    fn try_from(fields: Map<String, Value>) -> Result<Self, NoChanges> {
        if let Some(name) = FIXED.into_iter().find(|name| fields.contains_key(*name)) {
            return Err(NoChanges(format!("`{name}` is not changed by an amendment; hand in another registration")));
        }
        let read = serde_json::from_value::<Submission>(Value::Object(fields.clone()));
        read.map(|_| Self(fields)).map_err(|error| NoChanges(error.to_string()))
    }
}

impl From<Changes> for Map<String, Value> {
    fn from(changes: Changes) -> Self {
        changes.0
    }
}

/// What makes a registration another one, or says how this revision came: stated beside the changes.
const FIXED: [&str; 6] = ["path", "sender", "sent_from", "sent_to", "receipt", "oral"];
