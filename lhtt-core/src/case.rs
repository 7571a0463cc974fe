//! A case: facts, a time, and one request or query, as one JSON document. What `lhtt-gateway decide FILE` reads.
//!
//! Facts that the document does not give are taken from its `base`; given ones are laid over them, see [`merge`]. Requests
//! under `before` are decided and applied first, in their order, each at its own time. A document that is wrong is refused
//! with its place and what is allowed, before anything is decided: [`BadCase`].

mod allowed;
mod bad;
mod course;
mod document;
mod earlier;
mod friendly;
mod ids;
mod merge;
mod place;

pub use bad::BadCase;
pub use earlier::Earlier;
pub use merge::merge;

use crate::civil::Moment;
use crate::decide::decide;
use crate::decision::Decision;
use crate::journal::{Entry, FactsDigest, Head};
use crate::query::Query;
use crate::registry::Registry;
use crate::request::Request;
use crate::time::Wall;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A case. Exactly one of `request` and `query` is given.
///
/// ```
/// use lhtt_core::case::{Answer, Case};
/// use lhtt_core::Outcome;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // In the example province nobody has invited Bảo Lộc to session 1.
/// let case = Case::from_json(
///     r#"{ "at": "2023-06-15T08:00:00+07:00",
///          "request": { "join": { "join": 1, "party": { "site": "bao-loc" }, "called": { "alias": "1001" } } } }"#,
/// )?;
/// let Answer::Decision(decision) = case.answer()? else { return Err("a request is decided".into()) };
/// assert_eq!((decision.outcome, decision.ascii().as_str()), (Outcome::Deny, "Dieu 3 khoan 7"));
///
/// // A document that is wrong is told with its place and what is allowed.
/// let bad = Case::from_json(r#"{ "at": "2023-06-15T08:00:00+07:00", "querry": {} }"#).unwrap_err();
/// assert!(bad.to_string().starts_with("`querry` (line 1, column 38): there is no field `querry` here"), "{bad}");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A name for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is about, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The facts that hold where the document gives none.
    #[serde(default)]
    pub base: Base,
    /// When it is decided.
    pub at: Moment,
    /// Whether the clock is to be believed.
    #[serde(default = "yes")]
    pub trusted: bool,
    /// Facts that differ from the base.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Map<String, Value>>"))]
    pub facts: Value,
    /// What happens first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Step>,
    /// What is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// What is to be computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Query>,
}

/// Facts to start from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Base {
    /// The example province: agencies and sites of each kind, four peers, and session 1 on 2023-06-15 from 08:00 to 10:00.
    #[default]
    Example,
    /// Nothing.
    Empty,
}

/// A request decided before the one that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// What.
    pub request: Request,
}

/// What a case comes to: a request a decision, a query a value.
///
/// ```
/// use lhtt_core::case::{Answer, Case};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let case = Case::from_json(
///     r#"{ "at": "2023-06-14T08:00:00+07:00", "query": { "planning": { "citation": "Điều 7 khoản 3" } } }"#,
/// )?;
/// match case.answer()? {
///     Answer::Value(value) => assert_eq!(value["ascii"], "Dieu 7 khoan 3"),
///     Answer::Decision(decision) => return Err(decision.render_en().into()),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The decision on its request.
    Decision(Box<Decision>),
    /// The value of its query.
    Value(Value),
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    /// If the text is no case; the error names the place.
    pub fn from_json(text: &str) -> Result<Self, BadCase> {
        if let Some((steps, offset)) = place::repeated(text).filter(|_| serde_json::from_str::<Value>(text).is_ok()) {
            let (vi, en) = ("trường này có hai lần trong một đối tượng", "this field is there twice in one object");
            return Err(BadCase::new(place::path(&steps), vi, en).at(text, offset));
        }
        serde_json::from_str(text).map_err(|error| {
            let offset = place::offset_of(text, error.line(), error.column());
            let steps = place::at(text, offset);
            let begin = place::offset(text, &steps);
            let read = |whole: &Value| serde_json::from_str::<Self>(&whole.to_string()).err();
            let bad = BadCase::parsed(&error, &steps, serde_json::from_str(text).ok().as_ref(), &read);
            match bad.path() == place::path(&steps) {
                true => bad.at(text, begin),
                false => bad.in_text(text),
            }
        })
    }

    /// The registry of its facts, with what comes first applied.
    ///
    /// # Errors
    /// If its facts are not of their form or contradict each other, or what comes first is refused.
    pub fn registry(&self) -> Result<Registry, BadCase> {
        Ok(self.play()?.0)
    }

    /// The registry of its facts, with what comes first applied, and the journal of that.
    fn play(&self) -> Result<(Registry, Vec<Entry>), BadCase> {
        let mut registry = document::Document::of(self)?.registry()?;
        let mut log: Vec<Entry> = Vec::new();
        for (at, step) in self.before.iter().enumerate() {
            document::in_range(step.at, || format!("before[{at}].at"))?;
            let step_at = Wall::trusted(step.at.unix_millis());
            let decision = decide(&registry, &step.request, step_at);
            registry.apply_all(&decision.changes).map_err(|contradiction| {
                let vi = format!("không áp dụng được: {contradiction}");
                BadCase::new(format!("before[{at}].request"), vi, format!("cannot be applied: {contradiction}"))
            })?;
            let head = log.last().map_or_else(Head::default, Entry::head);
            log.push(Entry::seal(&head, step_at, &step.request, decision));
        }
        Ok((registry, log))
    }

    /// Decides it, or computes it.
    ///
    /// # Errors
    /// If it is no case.
    pub fn answer(&self) -> Result<Answer, BadCase> {
        Ok(self.answer_and_before()?.0)
    }

    /// As [`Self::answer`], with what came of every step under `before`.
    ///
    /// # Errors
    /// If it is no case.
    pub fn answer_and_before(&self) -> Result<(Answer, Vec<Earlier>), BadCase> {
        let at = Wall { unix_millis: self.at.unix_millis(), trusted: self.trusted };
        let asked = || {
            let vi = "cần đúng một trong hai trường `request` và `query`";
            BadCase::new("", vi, "give exactly one of the fields `request` and `query`")
        };
        if self.request.is_some() == self.query.is_some() {
            return Err(asked());
        }
        document::in_range(self.at, || "at".to_owned())?;
        let (registry, log) = self.play()?;
        let answer = match (&self.request, &self.query) {
            (Some(request), _) => {
                let mut decision = decide(&registry, request, at);
                decision.facts_digest = Some(FactsDigest::of_case(request, &decision));
                Answer::Decision(Box::new(decision))
            }
            (None, Some(query)) => Answer::Value(query.answer_from(&registry, at, &log)),
            (None, None) => return Err(asked()),
        };
        Ok((answer, log.iter().map(Earlier::of).collect()))
    }
}

fn yes() -> bool {
    true
}
