//! Whom an incident goes to: one table by phase, kind and place.
//!
//! Before a session Điều 12 khoản 2 điểm c; during it Điều 13 khoản 1, 3 điểm c and d, 4 điểm c; power Điều 19 khoản 2.
//! Leaves out: who holds these posts, which the profile and the rosters say.

use crate::citation::Citation;
use crate::interpretation::InterpretationId;
use serde::{Deserialize, Serialize};

/// When it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// While the session is prepared: self-check, rehearsal.
    Before,
    /// While it is held.
    During,
}

/// What sort of incident it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IncidentKind {
    /// A terminal, its sound or picture.
    Endpoint,
    /// The line.
    Line,
    /// The power.
    Power,
    /// The MCU.
    Mcu,
}

/// Where it happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At the chair site.
    Chair,
    /// At a member site.
    #[default]
    Member,
}

/// Who can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Addressee {
    /// Cán bộ vận hành điểm cầu thành phần.
    MemberSiteOperator,
    /// Cán bộ vận hành điểm cầu chủ trì.
    ChairSiteOperator,
    /// Cán bộ kỹ thuật điều khiển MCU.
    McuOperator,
    /// Đơn vị vận hành kỹ thuật.
    TechnicalOperator,
    /// Đầu mối trực mạng truyền số liệu chuyên dùng; of the Sở.
    TslcdOperator,
    /// Doanh nghiệp viễn thông; the second address of a line incident.
    Carrier,
    /// Trực Điện lực.
    PowerCompany,
}

/// The way of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Route {
    /// Who takes it up, from the first to the one who mends it.
    pub to: &'static [Addressee],
    /// Whom to turn to where that one does not answer.
    pub second: &'static [Addressee],
    /// Who is told beside them.
    pub notice: &'static [Addressee],
    /// Where it stands.
    pub citations: Vec<Citation>,
    /// The readings it relies on.
    pub interpretations: Vec<InterpretationId>,
}

/// The places and readings of a way, as a permit names them.
pub(crate) fn basis(phase: Phase, kind: IncidentKind, place: Place) -> (&'static [Citation], &'static [u16]) {
    let (.., citations, readings) = row(phase, kind, place);
    (citations, readings)
}

/// Who takes it up, whom to turn to then, who is told, where it stands, by which readings.
type Row = (&'static [Addressee], &'static [Addressee], &'static [Addressee], &'static [Citation], &'static [u16]);

/// The table.
pub fn route(phase: Phase, kind: IncidentKind, place: Place) -> Route {
    let (to, second, notice, citations, readings) = row(phase, kind, place);
    let interpretations = readings.iter().map(|number| InterpretationId::a(*number)).collect();
    Route { to, second, notice, citations: citations.to_vec(), interpretations }
}

fn row(phase: Phase, kind: IncidentKind, place: Place) -> Row {
    use Addressee as A;
    use IncidentKind as K;
    use Phase as P;
    match (phase, kind, place) {
        (P::Before, K::Line, _) => (&[A::TslcdOperator], &[A::Carrier], &[], &[SELF_CHECK], &[37]),
        (P::Before, K::Endpoint, _) => (&[A::TechnicalOperator], &[], &[], &[SELF_CHECK], &[]),
        (P::During, K::Line, Place::Member) => (
            &[A::MemberSiteOperator, A::ChairSiteOperator, A::TslcdOperator],
            &[A::Carrier],
            &[],
            &[CHAIR_LINE, MEMBER_LINE],
            &[37],
        ),
        (P::During, K::Line, Place::Chair) => {
            (&[A::ChairSiteOperator, A::TslcdOperator], &[A::Carrier], &[], &[CHAIR_LINE], &[37])
        }
        (P::During, K::Endpoint, Place::Member) => {
            (&[A::MemberSiteOperator, A::ChairSiteOperator, A::McuOperator], &[], &[], &[CHAIR_TECHNICAL], &[])
        }
        (P::During, K::Endpoint, Place::Chair) => {
            (&[A::ChairSiteOperator, A::McuOperator], &[], &[], &[CHAIR_TECHNICAL], &[])
        }
        (_, K::Power, _) => (&[A::PowerCompany], &[], &[A::ChairSiteOperator, A::McuOperator], &[POWER], &[]),
        (P::Before, K::Mcu, _) => (&[A::TechnicalOperator], &[], &[], &[SELF_CHECK], &[]),
        (P::During, K::Mcu, _) => (&[A::TechnicalOperator], &[], &[], &[CENTRE], &[]),
    }
}

const SELF_CHECK: Citation = Citation::article(12).clause(2).point('c');
const CENTRE: Citation = Citation::article(13).clause(1);
const CHAIR_TECHNICAL: Citation = Citation::article(13).clause(3).point('c');
const CHAIR_LINE: Citation = Citation::article(13).clause(3).point('d');
const MEMBER_LINE: Citation = Citation::article(13).clause(4).point('c');
const POWER: Citation = Citation::article(19).clause(2);
