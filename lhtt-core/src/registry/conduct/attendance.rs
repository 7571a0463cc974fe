//! Attendance of a site: episodes that are only ever appended and never overlap, and the gaps between them (Điều 13 khoản 4
//! điểm b, c). Episodes follow the legs; leaves out whose duty a gap is.

use crate::civil::Moment;
use crate::request::Actor;
use crate::submission::Reference;
use serde::{Deserialize, Serialize};

/// The attendance of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attendance {
    /// When it was there, in the order of time.
    pub episodes: Vec<Episode>,
    /// What it has reported of its interruptions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<OutageReport>,
    /// When the chair asked it for a list of who attends; the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list_asked: Option<Moment>,
    /// Its answer; the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<AttendanceList>,
}

/// A stretch of time in which a site was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Episode {
    /// Since when.
    pub from: Moment,
    /// Until when; open while it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Whether it ended because the site was lost, rather than left.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lost: bool,
}

/// A stretch of time in which a site was missing: between two episodes, or since it was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutageRecord {
    /// Since when.
    pub from: Moment,
    /// Until when; open while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

/// The site's own report (Điều 13 khoản 4 điểm c); the record does not stand for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutageReport {
    /// When it was filed; it covers what began before.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// What happened, in the site's words.
    pub text: String,
}

/// Who attends at a site (Điều 13 khoản 4 điểm b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceList {
    /// When it was given.
    pub at: Moment,
    /// By whom.
    pub by: Actor,
    /// Who attends; of a secret session nobody is named here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// The document that names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Reference>,
}

impl Attendance {
    /// Whether the site is there now.
    pub fn is_present(&self) -> bool {
        self.episodes.last().is_some_and(|episode| episode.until.is_none())
    }

    /// The episodes of the session itself: cut off at its start and its end.
    pub fn within(&self, started: Option<Moment>, ended: Option<Moment>) -> Vec<Episode> {
        let cut = |episode: &Episode| {
            let from = started.map_or(episode.from, |started| episode.from.max(started));
            let until = match (episode.until, ended) {
                (Some(until), Some(ended)) => Some(until.min(ended)),
                (until, ended) => until.or(ended),
            };
            let inside = until.is_none_or(|until| from < until || episode.from == until);
            inside.then_some(Episode { from, until, lost: episode.lost })
        };
        self.episodes.iter().filter_map(cut).collect()
    }

    /// The gaps in a site's attendance of the session, open ones too.
    pub fn outages(&self, started: Option<Moment>, ended: Option<Moment>) -> Vec<OutageRecord> {
        let episodes = self.within(started, ended);
        let gap = |pair: &[Episode]| {
            let from = pair[0].until?;
            (from < pair[1].from).then_some(OutageRecord { from, until: Some(pair[1].from) })
        };
        let mut outages: Vec<_> = episodes.windows(2).filter_map(gap).collect();
        let lost = episodes.last().filter(|episode| episode.lost).and_then(|episode| episode.until);
        if let Some(from) = lost.filter(|from| ended != Some(*from)) {
            outages.push(OutageRecord { from, until: ended });
        }
        outages
    }

    /// The site's report of an outage, if it has filed one since it began.
    pub fn report_of(&self, outage: &OutageRecord) -> Option<&OutageReport> {
        self.reports.iter().find(|report| report.at >= outage.from)
    }

    /// The site is there from now on.
    pub(crate) fn open(&mut self, at: Moment) {
        if self.is_present() {
            return;
        }
        let last = self.episodes.last().and_then(|episode| episode.until);
        let from = last.map_or(at, |last| at.max(last));
        self.episodes.push(Episode { from, until: None, lost: false });
    }

    /// The site is there no more. Where no time is known, nothing is claimed of the episode but that it began.
    pub(crate) fn close(&mut self, at: Option<Moment>, lost: bool) {
        if let Some(episode) = self.episodes.last_mut().filter(|episode| episode.until.is_none()) {
            episode.until = Some(at.map_or(episode.from, |at| at.max(episode.from)));
            episode.lost = lost;
        }
    }
}

fn is_false(value: &bool) -> bool {
    !*value
}
