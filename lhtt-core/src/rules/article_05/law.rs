//! What the law on state secrets asks of a meeting, and where it says so at the time of an act.
//!
//! Where it says so is data of the profile (`secret.citations`): as shipped, to 2026-02-28 Luật 29/2018/QH14 with Nghị định
//! 26/2020/NĐ-CP, from 2026-03-01 Luật 117/2025/QH15 with Nghị định 63/2026/NĐ-CP, whose articles are not confirmed. The
//! requirements stay the same; only what is cited changes.

use crate::citation::Citation;
use crate::civil::Moment;
use crate::finding::Finding;
use crate::registry::Registry;
use crate::registry::profile::SecretLaw;

/// The law at the time of an act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Law<'a> {
    /// The time.
    pub(super) act: Moment,
    stated: &'a SecretLaw,
}

impl<'a> Law<'a> {
    /// The law at `act`, by the profile of that time.
    pub(crate) fn at(registry: &'a Registry, act: Moment) -> Self {
        Self { act, stated: registry.profile_at(act).secret_citations.at(act) }
    }

    /// Where it says so.
    pub(crate) fn cites(self, requirement: Requirement) -> Citation {
        let law = self.stated;
        match requirement {
            Requirement::Consent => law.consent,
            Requirement::Attendees => law.attendees,
            Requirement::Place => law.place,
            Requirement::Devices => law.devices,
            Requirement::ProtectionPlan => law.protection_plan,
            Requirement::Recovery => law.recovery,
            Requirement::Storage => law.storage,
            Requirement::Leave => law.leave,
            Requirement::Room => law.room,
            Requirement::Equipment => law.equipment,
            Requirement::ChairDecides => law.chair_decides,
            Requirement::CounterMeasures => law.counter_measures,
            Requirement::Guards => law.guards,
        }
    }

    /// The law on meetings with state secrets as a whole.
    pub(crate) fn basis(self) -> &'a [Citation] {
        &self.stated.basis
    }

    /// What a permitted recording stands on.
    pub(crate) fn recording_basis(self) -> Vec<Citation> {
        use Requirement::{ChairDecides, CounterMeasures, Leave, Storage};
        let mut basis: Vec<_> = [Storage, Leave, ChairDecides, CounterMeasures].map(|one| self.cites(one)).to_vec();
        basis.sort_unstable();
        basis.dedup();
        basis
    }

    /// Whether its articles are confirmed.
    pub(crate) fn confirmed(self) -> bool {
        self.stated.status.is_confirmed()
    }

    /// Against these requirements.
    pub(super) fn violation(self, rule: &'static str, against: &[Requirement]) -> Finding {
        self.marked(Finding::violation(rule, &self.cited(against)))
    }

    /// What these requirements ask for is missing.
    pub(super) fn missing(self, rule: &'static str, asked_by: &[Requirement]) -> Finding {
        self.marked(Finding::missing(rule, &self.cited(asked_by)))
    }

    fn cited(self, requirements: &[Requirement]) -> Vec<Citation> {
        requirements.iter().map(|one| self.cites(*one)).collect()
    }

    fn marked(self, finding: Finding) -> Finding {
        Finding { unconfirmed: !self.confirmed(), ..finding }
    }
}

/// One requirement of the law on state secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Requirement {
    /// Consent of the competent person.
    Consent,
    /// Attendees are representatives, or persons with that task.
    Attendees,
    /// A safe place.
    Place,
    /// Devices that meet the requirements.
    Devices,
    /// A protection plan.
    ProtectionPlan,
    /// Documents are got back at the end.
    Recovery,
    /// What is secret is kept on no device that is or was on a network, except as the law on cơ yếu allows.
    Storage,
    /// No recording or transmitting device without leave.
    Leave,
    /// A closed room at headquarters; elsewhere the police have checked the area.
    Room,
    /// Lines protected under the law on cơ yếu; wired microphones; devices checked by the police or supplied by cơ yếu.
    Equipment,
    /// The chair decides about devices at level Mật.
    ChairDecides,
    /// The host decides about recording, with counter-measures.
    CounterMeasures,
    /// At level Tuyệt mật the plan has guards and a contingency.
    Guards,
}

impl Requirement {
    /// All of them.
    pub(crate) const ALL: [Self; 13] = [
        Self::Consent,
        Self::Attendees,
        Self::Place,
        Self::Devices,
        Self::ProtectionPlan,
        Self::Recovery,
        Self::Storage,
        Self::Leave,
        Self::Room,
        Self::Equipment,
        Self::ChairDecides,
        Self::CounterMeasures,
        Self::Guards,
    ];

    /// A stable name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Attendees => "attendees",
            Self::Place => "place",
            Self::Devices => "devices",
            Self::ProtectionPlan => "protection_plan",
            Self::Recovery => "recovery",
            Self::Storage => "storage",
            Self::Leave => "leave",
            Self::Room => "room",
            Self::Equipment => "equipment",
            Self::ChairDecides => "chair_decides",
            Self::CounterMeasures => "counter_measures",
            Self::Guards => "guards",
        }
    }
}
