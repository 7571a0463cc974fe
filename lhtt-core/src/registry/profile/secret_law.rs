//! Where the law on state secrets says what it asks of a meeting, by date: data, because the law was replaced once and its new
//! articles are not confirmed. Leaves out: what is asked; that is the same under each, see the rules of Điều 5.

use super::Status;
use crate::citation::{Citation, Instrument};
use crate::civil::{Date, Moment};
use serde::{Deserialize, Serialize};

/// The law from a day on: where it says what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SecretLaw {
    /// The first day it is cited.
    pub from: Date,
    /// How sure the places are.
    #[serde(default)]
    pub status: Status,
    /// Where they are from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The law on such meetings as a whole.
    pub basis: Vec<Citation>,
    /// Consent of the competent person.
    pub consent: Citation,
    /// Attendees are representatives, or persons with that task.
    pub attendees: Citation,
    /// A safe place.
    pub place: Citation,
    /// Devices that meet the requirements.
    pub devices: Citation,
    /// A protection plan.
    pub protection_plan: Citation,
    /// Documents are got back at the end.
    pub recovery: Citation,
    /// What is secret is kept on no device that is or was on a network.
    pub storage: Citation,
    /// No recording or transmitting device without leave.
    pub leave: Citation,
    /// A closed room at headquarters; elsewhere the police have checked the area.
    pub room: Citation,
    /// Protected lines, wired microphones, checked devices.
    pub equipment: Citation,
    /// The chair decides about devices at level Mật.
    pub chair_decides: Citation,
    /// The host decides about recording, with counter-measures.
    pub counter_measures: Citation,
    /// At level Tuyệt mật the plan has guards and a contingency.
    pub guards: Citation,
}

/// The laws by their first day; at least one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Vec<SecretLaw>", into = "Vec<SecretLaw>")]
pub struct SecretCitations(Vec<SecretLaw>);

impl SecretCitations {
    /// The law at a moment: the last that has begun, else the first.
    pub fn at(&self, act: Moment) -> &SecretLaw {
        let begun = self.0.iter().rev().find(|law| law.from <= act.date());
        begun.unwrap_or(&self.0[0])
    }

    /// All of them, by their first day.
    pub fn all(&self) -> &[SecretLaw] {
        &self.0
    }

    pub(crate) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl TryFrom<Vec<SecretLaw>> for SecretCitations {
    type Error = String;

    fn try_from(mut laws: Vec<SecretLaw>) -> Result<Self, String> {
        laws.sort_by_key(|law| law.from);
        if laws.is_empty() {
            return Err("`secret.citations` is empty; at least one law is needed".to_owned());
        }
        if let Some(pair) = laws.windows(2).find(|pair| pair[0].from == pair[1].from) {
            return Err(format!("`secret.citations` has two laws with `from` {}; one a day is allowed", pair[0].from));
        }
        match laws.iter().find(|law| law.basis.is_empty()) {
            Some(law) => Err(format!("`basis` of the law from {} is empty; at least one place is needed", law.from)),
            None => Ok(Self(laws)),
        }
    }
}

impl From<SecretCitations> for Vec<SecretLaw> {
    fn from(citations: SecretCitations) -> Self {
        citations.0
    }
}

impl Default for SecretCitations {
    fn default() -> Self {
        Self(vec![of_2018(), of_2025()])
    }
}

fn of_2018() -> SecretLaw {
    let law = Citation::of(Instrument::Law29Of2018, 17);
    let forbidden = Citation::of(Instrument::Law29Of2018, 5);
    let decree = Citation::of(Instrument::Decree26Of2020, 6);
    SecretLaw {
        from: Date::constant(2020, 7, 1),
        status: Status::Source,
        source: "Luật 29/2018/QH14 Điều 5, 17; NĐ 26/2020/NĐ-CP Điều 6".to_owned(),
        basis: vec![law, decree],
        consent: law.clause(1).point('a'),
        attendees: law.clause(1).point('b'),
        place: law.clause(1).point('c'),
        devices: law.clause(1).point('d'),
        protection_plan: law.clause(1).point('đ'),
        recovery: law.clause(1).point('e'),
        storage: forbidden.clause(5),
        leave: forbidden.clause(8),
        room: decree.clause(1),
        equipment: decree.clause(2).point('a'),
        chair_decides: decree.clause(2).point('b'),
        counter_measures: decree.clause(2).point('c'),
        guards: decree.clause(3),
    }
}

fn of_2025() -> SecretLaw {
    let law = Citation::whole(Instrument::Law117Of2025);
    let decree = Citation::whole(Instrument::Decree63Of2026);
    SecretLaw {
        from: Date::constant(2026, 3, 1),
        status: Status::Unconfirmed,
        source: "Luật 117/2025/QH15, NĐ 63/2026/NĐ-CP: which articles was not found".to_owned(),
        basis: vec![law, decree],
        consent: law,
        attendees: law,
        place: law,
        devices: law,
        protection_plan: law,
        recovery: law,
        storage: law,
        leave: law,
        room: decree,
        equipment: decree,
        chair_decides: decree,
        counter_measures: decree,
        guards: decree,
    }
}
