//! The facts of a case as one document: the base, with the given facts over it, completed and read.

use super::bad::BadCase;
use super::course;
use super::friendly;
use super::merge::{is_named, merge_with};
use super::place::{self, Step};
use super::{Base, Case};
use crate::civil::Moment;
use crate::facts::{BadFacts, Facts};
use crate::registry::{Registry, Session};
use crate::submission::Member;
use serde_json::{Map, Value};

/// The merged document, and the facts that were given.
pub(super) struct Document<'a> {
    whole: Value,
    given: &'a Value,
}

impl<'a> Document<'a> {
    pub(super) fn of(case: &'a Case) -> Result<Self, BadCase> {
        if !matches!(case.facts, Value::Null | Value::Object(_)) {
            let (vi, en) = ("dữ kiện là một đối tượng", "the facts are an object");
            return Err(BadCase::new("facts", vi, en));
        }
        let base: Value = match case.base {
            Base::Example => {
                serde_json::from_str(EXAMPLE).map_err(|error| BadCase::parsed(&error, &[], None, &|_| None))?
            }
            Base::Empty => Value::Object(Map::new()),
        };
        let mut whole = Vec::new();
        loop {
            let mut document = base.clone();
            let doubtful = merge_with(&mut document, &friendly::moved(&base, &case.facts), &whole);
            friendly::complete(&mut document, &case.facts, case.at);
            if case.base == Base::Example {
                course::complete(&mut document, &case.facts);
            }
            let this = Self { whole: document, given: &case.facts };
            // Where one alternative was laid over another, the given one replaces it.
            match this.read() {
                Err((_, steps)) if replaceable(&doubtful, &whole, &steps).is_some() => {
                    whole.extend(replaceable(&doubtful, &whole, &steps));
                }
                _ => return Ok(this),
            }
        }
    }

    /// The registry of the document.
    pub(super) fn registry(&self) -> Result<Registry, BadCase> {
        dates_in_range(self.given, &mut vec![Step::Field("facts".to_owned())])?;
        let facts = self.read().map_err(|(error, steps)| {
            let again = |whole: &Value| serde_json::from_str::<Facts>(&whole.to_string()).err();
            let parsed = BadCase::parsed(&error, &steps, Some(&self.whole), &again);
            BadCase::new(self.path(&place::steps(parsed.path())), parsed.text().vi.clone(), parsed.text().en.clone())
        })?;
        with_members(&facts).map_err(|bad| BadCase::facts(self.path(&place::steps(&bad.field)), &bad))?;
        Registry::from_facts(facts).map_err(|bad| BadCase::facts(self.path(&place::steps(&bad.field)), &bad))
    }

    fn read(&self) -> Result<Facts, (serde_json::Error, Vec<Step>)> {
        let text = self.whole.to_string();
        serde_json::from_str(&text).map_err(|error| {
            let steps = place::at(&text, place::offset_of(&text, error.line(), error.column()));
            (error, steps)
        })
    }

    /// The path in the document that was given; below what was not given, that of the merged document.
    fn path(&self, steps: &[Step]) -> String {
        let mut path = vec![Step::Field("facts".to_owned())];
        let (mut given, mut merged) = (Some(self.given), Some(&self.whole));
        for step in steps {
            // Seats are written as `members` too.
            let short =
                |given: &Value| *step == seats() && given.get("members").is_some() && given.get("seats").is_none();
            let step = if given.is_some_and(short) { &Step::Field("members".to_owned()) } else { step };
            let found = given.and_then(|given| step_in(given, merged, step));
            path.push(found.as_ref().map_or_else(|| step.clone(), |(step, _)| step.clone()));
            given = found.map(|(_, value)| value);
            merged = merged.and_then(|merged| place::value(merged, std::slice::from_ref(step)));
        }
        place::path(&path)
    }
}

/// A session has a member besides its chair (Điều 3 khoản 7), unless a peer convened it. Told of a case only: what was
/// accepted once is read from a journal as it is.
fn with_members(facts: &Facts) -> Result<(), BadFacts> {
    let alone = |session: &&Session| {
        let chair = Member::Site(session.chair_site.clone());
        session.convened.is_none() && session.seats.iter().all(|seat| seat.member == chair)
    };
    match facts.sessions.iter().enumerate().find(|(_, session)| alone(session)) {
        Some((at, _)) => {
            let why = "no member besides the chair site (Điều 3 khoản 7); allowed: at least one `{\"site\": …}` or `{\"peer\": …}`";
            Err(BadFacts::new(format!("sessions[{at}].seats"), why))
        }
        None => Ok(()),
    }
}

fn seats() -> Step {
    Step::Field("seats".to_owned())
}

/// No fact is dated where nothing of this system can have been: a slip of the pen.
fn dates_in_range(value: &Value, steps: &mut Vec<Step>) -> Result<(), BadCase> {
    let mut below = |step: Step, one: &Value| {
        steps.push(step);
        let checked = dates_in_range(one, steps);
        steps.pop();
        checked
    };
    match value {
        Value::String(text) => Moment::parse(text).map_or(Ok(()), |moment| in_range(moment, || place::path(steps))),
        Value::Array(list) => list.iter().enumerate().try_for_each(|(at, one)| below(Step::Element(at), one)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, one)| below(Step::Field(name.clone()), one)),
        _ => Ok(()),
    }
}

/// Whether a moment lies in the years in which anything of this system can be dated.
pub(super) fn in_range(moment: Moment, path: impl FnOnce() -> String) -> Result<(), BadCase> {
    let text = moment.rfc3339();
    if text.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year| YEARS.contains(&year)) {
        return Ok(());
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    let vi = format!("năm của `{text}` ngoài khoảng được phép: {first} đến {last}");
    Err(BadCase::new(path(), vi, format!("the year of `{text}` is out of range; allowed: {first} to {last}")))
}

/// The next step down in what was given, where the merged document is stepped down by `step`.
fn step_in<'a>(given: &'a Value, merged: Option<&Value>, step: &Step) -> Option<(Step, &'a Value)> {
    let id = match step {
        Step::Field(name) => return given.get(name).map(|value| (step.clone(), value)),
        Step::Element(at) => merged.and_then(|merged| merged.get(at)).and_then(|one| one.get("id")),
    };
    match (given, id, step) {
        (Value::Array(list), Some(id), _) => {
            let at = list.iter().position(|one| one.get("id") == Some(id))?;
            Some((Step::Element(at), &list[at]))
        }
        (Value::Array(list), None, Step::Element(at)) => Some((step.clone(), list.get(*at)?)),
        (Value::Object(fields), Some(id), _) => {
            let (name, value) = fields.iter().find(|(name, _)| is_named(id, name))?;
            Some((Step::Field(name.clone()), value))
        }
        _ => None,
    }
}

/// The deepest doubtful path above what could not be read that is not replaced yet.
fn replaceable(doubtful: &[Vec<Step>], whole: &[Vec<Step>], steps: &[Step]) -> Option<Vec<Step>> {
    let above = doubtful.iter().filter(|path| steps.starts_with(path) && !whole.contains(path));
    above.max_by_key(|path| path.len()).cloned()
}

/// The facts of [`Base::Example`].
pub(super) const EXAMPLE: &str = include_str!("../facts/example.json");

/// The years in which facts may be dated.
const YEARS: std::ops::RangeInclusive<u32> = 1945..=2199;
