//! The dossier of a session with state secrets: which documents say that it is protected. References only, never content.
//!
//! The six items are those of the law on state secrets (see `rules::article_05::law`). Leaves out: the documents themselves.

use crate::ids::SiteId;
use serde::{Deserialize, Serialize};

/// The six mandatory items. Each may be missing; the decision names what is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SecretMeetingDossier {
    /// The consent of the competent person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Reference>,
    /// The list of those who attend: representatives, or persons with that task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attendees: Option<Reference>,
    /// The safe place.
    #[serde(deserialize_with = "crate::text::object_if_any", skip_serializing_if = "Option::is_none")]
    pub place: Option<SafePlace>,
    /// The devices that meet the requirements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub devices: Option<Reference>,
    /// The protection plan.
    #[serde(deserialize_with = "crate::text::object_if_any", skip_serializing_if = "Option::is_none")]
    pub protection_plan: Option<ProtectionPlan>,
    /// The plan for getting the documents back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_plan: Option<Reference>,
}

/// The place: what holds for every room, and the rooms that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SafePlace {
    /// The document that describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Reference>,
    /// Where the rooms are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Whereabouts>,
    /// Whether they are closed rooms.
    pub closed: bool,
    /// The police's check of the area, for rooms elsewhere than at headquarters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_check: Option<Reference>,
    /// Rooms for which this is not so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rooms: Vec<SafeRoom>,
}

/// The room of one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SafeRoom {
    /// Whose.
    pub site: SiteId,
    /// Where it is.
    pub at: Whereabouts,
    /// Whether it is closed.
    #[serde(default)]
    pub closed: bool,
    /// The police's check of the area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_check: Option<Reference>,
}

/// Where a room is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// At the agency's headquarters.
    Headquarters,
    /// Anywhere else.
    Elsewhere,
}

/// The protection plan and what it must provide for at the highest level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ProtectionPlan {
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Reference>,
    /// Whether it provides for guards.
    pub guards: bool,
    /// Whether it says what is done if something goes wrong.
    pub contingency: bool,
}

/// The number of a document, as in "12/PA-SYT". It tells nothing of what the document says.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// The reference of this number.
    pub fn new(number: &str) -> Self {
        Self(number.to_owned())
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is referred to.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Whether it is a number and no text: see `refers_only`.
    pub fn refers_only(&self) -> bool {
        refers_only(&self.0)
    }
}

/// Whether a text only refers to a document: signs with a digit ("12/PA-SYT", "10/6/2023") among the words with which
/// documents are named. A word that is not among them could be what the document is about.
pub(crate) fn refers_only(text: &str) -> bool {
    let mut signs = 0;
    let only = text.split_whitespace().all(|word| {
        let word = word.trim_end_matches([',', ';', '.']);
        let sign = word.chars().any(|one| one.is_ascii_digit());
        signs += usize::from(sign);
        match sign {
            true => word.chars().all(|one| one.is_alphanumeric() || "/-.:_".contains(one)),
            false => WORDS.contains(&word.to_lowercase().as_str()),
        }
    });
    only && signs > 0 && text.chars().count() <= REFERENCE_CHARACTERS_MAX
}

/// No number of a document is longer; a text is.
const REFERENCE_CHARACTERS_MAX: usize = 80;

/// The words of which names of documents are made, and nothing else.
const WORDS: [&str; 40] = [
    "theo", "phương", "án", "số", "ngày", "tháng", "năm", "văn", "bản", "công", "quyết", "định", "kế", "hoạch", "tờ",
    "trình", "danh", "sách", "biên", "giấy", "phép", "thông", "báo", "nghị", "phụ", "lục", "mục", "điểm", "khoản",
    "hồ", "sơ", "chứng", "nhận", "thư", "phiếu", "lệnh", "của", "và", "tại", "kèm",
];

impl SecretMeetingDossier {
    /// This one, and what it lacks from another.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            consent: self.consent.or(other.consent),
            attendees: self.attendees.or(other.attendees),
            place: self.place.or(other.place),
            devices: self.devices.or(other.devices),
            protection_plan: self.protection_plan.or(other.protection_plan),
            recovery_plan: self.recovery_plan.or(other.recovery_plan),
        }
    }

    /// Every reference in it.
    pub(crate) fn references(&mut self) -> impl Iterator<Item = &mut Reference> {
        let (place, rooms) = match &mut self.place {
            Some(place) => (Some([&mut place.document, &mut place.area_check]), place.rooms.as_mut_slice()),
            None => (None, [].as_mut_slice()),
        };
        let plan = self.protection_plan.as_mut().map(|plan| &mut plan.document);
        let items = [&mut self.consent, &mut self.attendees, &mut self.devices, &mut self.recovery_plan];
        let rooms = rooms.iter_mut().map(|room| &mut room.area_check);
        items.into_iter().chain(place.into_iter().flatten()).chain(plan).chain(rooms).flatten()
    }

    /// The same without what is more than a reference.
    pub(crate) fn without_content(&self) -> Self {
        let mut dossier = self.clone();
        for reference in dossier.references() {
            *reference = std::mem::take(reference).withheld();
        }
        dossier
    }
}

impl Reference {
    /// The same; if it is more than a reference, what stands for a text that was taken out.
    pub(crate) fn withheld(self) -> Self {
        match self.is_blank() || self.refers_only() {
            true => self,
            false => Self(super::WITHHELD.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_number_and_no_text() {
        let rows = [
            ("12/PA-SYT", true),
            ("theo phương án số 12", true),
            ("Quyết định số 05/QĐ-UBND ngày 10/6/2023", true),
            ("theo phương án số 12 tấn công X", false),
            ("theo phương án số ", false),
            ("Phương án tác chiến X", false),
            ("12(tấn công)", false),
            ("", false),
            ("[không ghi]", false),
        ];
        for (text, expected) in rows {
            assert_eq!(refers_only(text), expected, "{text}");
        }
        assert!(!refers_only(&"12/PA ".repeat(20)));
    }
}
