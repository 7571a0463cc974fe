//! What the law on state secrets asks of a meeting, and where it says so at the time of an act.
//!
//! To 2026-02-28 that is Luật 29/2018/QH14 with Nghị định 26/2020/NĐ-CP, from 2026-03-01 Luật 117/2025/QH15 with Nghị định
//! 63/2026/NĐ-CP, whose articles are not confirmed. The requirements stay the same; only what is cited changes.

use crate::citation::{Citation, Instrument};
use crate::civil::Moment;

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

    /// Where the law in force at `act` says so.
    pub(crate) fn cited(self, act: Moment) -> Citation {
        let cited = self.of_2018();
        match (confirmed(act), cited.instrument()) {
            (true, _) => cited,
            (false, Instrument::Law29Of2018) => Citation::whole(Instrument::Law117Of2025),
            (false, _) => Citation::whole(Instrument::Decree63Of2026),
        }
    }

    const fn of_2018(self) -> Citation {
        let law = Citation::of(Instrument::Law29Of2018, 17).clause(1);
        let forbidden = Citation::of(Instrument::Law29Of2018, 5);
        let decree = Citation::of(Instrument::Decree26Of2020, 6);
        match self {
            Self::Consent => law.point('a'),
            Self::Attendees => law.point('b'),
            Self::Place => law.point('c'),
            Self::Devices => law.point('d'),
            Self::ProtectionPlan => law.point('đ'),
            Self::Recovery => law.point('e'),
            Self::Storage => forbidden.clause(5),
            Self::Leave => forbidden.clause(8),
            Self::Room => decree.clause(1),
            Self::Equipment => decree.clause(2).point('a'),
            Self::ChairDecides => decree.clause(2).point('b'),
            Self::CounterMeasures => decree.clause(2).point('c'),
            Self::Guards => decree.clause(3),
        }
    }
}

/// The law on meetings with state secrets at the time of an act, as a whole.
pub(crate) fn basis(act: Moment) -> &'static [Citation] {
    match confirmed(act) {
        true => const { &[Citation::of(Instrument::Law29Of2018, 17), Citation::of(Instrument::Decree26Of2020, 6)] },
        false => NOT_CONFIRMED,
    }
}

/// What a permitted recording stands on.
pub(crate) fn recording_basis(act: Moment) -> &'static [Citation] {
    const OF_2018: [Citation; 4] = [
        Requirement::Storage.of_2018(),
        Requirement::Leave.of_2018(),
        Requirement::ChairDecides.of_2018(),
        Requirement::CounterMeasures.of_2018(),
    ];
    match confirmed(act) {
        true => &OF_2018,
        false => NOT_CONFIRMED,
    }
}

/// Whether the articles of the law in force at `act` are confirmed.
pub(crate) fn confirmed(act: Moment) -> bool {
    act.unix_millis() < LAW_OF_2025_IN_FORCE
}

const NOT_CONFIRMED: &[Citation] =
    &[Citation::whole(Instrument::Law117Of2025), Citation::whole(Instrument::Decree63Of2026)];

/// 2026-03-01T00:00:00+07:00.
const LAW_OF_2025_IN_FORCE: i64 = 1_772_298_000_000;
