//! A decision in words: Vietnamese as regulation.md 8.6 shows it, English, and ASCII for protocol headers.
//!
//! These are the whole texts. Who may be told is [`Decision::disclosure`]'s to say: see [`Decision::told_ascii`].

use crate::citation::{self, Citation};
use crate::decision::{Decision, Disclosure, Outcome};
use crate::finding::{Finding, FindingKind};
use crate::interpretation::InterpretationId;

impl Decision {
    /// The decision in Vietnamese: of a permit that it is one, a line for each finding, then the places in full and the readings
    /// applied. What a permit stands on is told as what a refusal stands on is.
    ///
    /// ```
    /// use lhtt_core::case::{Answer, Case};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let case = Case::from_json(
    ///     r#"{ "at": "2023-06-15T08:00:00+07:00",
    ///          "request": { "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" } } } }"#,
    /// )?;
    /// let Answer::Decision(decision) = case.answer()? else { return Err("a request is decided".into()) };
    /// assert!(decision.render_vi().starts_with("CHẤP THUẬN.\nCăn cứ: "));
    /// assert!(decision.render_en().starts_with("PERMITTED.\nBasis: Article "));
    /// # Ok(())
    /// # }
    /// ```
    pub fn render_vi(&self) -> String {
        let mut text = match self.is_permit() {
            true => format!("{}.\n", word_vi(self.outcome)),
            false => String::new(),
        };
        for finding in &self.findings {
            let places = citation::join(&finding.citations, Citation::short);
            text.push_str(&format!("{} — {places}: {}.", label_vi(finding), finding.observed.vi));
            if let Some(role) = finding.overridable_by {
                text.push_str(&format!(" Người có quyền: {}.", role.vi()));
            }
            text.push('\n');
            if let Some(remedy) = &finding.remedy {
                text.push_str(&format!("Cách khắc phục: {}.\n", remedy.vi));
            }
        }
        if let Some((places, readings)) = self.stands_on(Citation::full, "không") {
            text.push_str(&format!("Căn cứ: {places}. Cách hiểu áp dụng: {readings}."));
        }
        text.trim_end().to_owned()
    }

    /// The decision in English, in the same shape.
    pub fn render_en(&self) -> String {
        let mut text = match self.is_permit() {
            true => format!("{}.\n", word_en(self.outcome)),
            false => String::new(),
        };
        for finding in &self.findings {
            let places = citation::join(&finding.citations, Citation::key);
            text.push_str(&format!("{} — {places}: {}.", label_en(finding), finding.observed.en));
            if let Some(role) = finding.overridable_by {
                text.push_str(&format!(" May be overridden by {}.", role.en()));
            }
            text.push('\n');
            if let Some(remedy) = &finding.remedy {
                text.push_str(&format!("Remedy: {}.\n", remedy.en));
            }
        }
        if let Some((places, readings)) = self.stands_on(Citation::english, "none") {
            text.push_str(&format!("Basis: {places}. Readings applied: {readings}."));
        }
        text.trim_end().to_owned()
    }

    /// The places of the findings and of what a permit stands on, each once and in order, and the readings; `none` where there are
    /// none of one of them.
    fn stands_on(&self, place: fn(&Citation) -> String, none: &str) -> Option<(String, String)> {
        let found = self.findings.iter().flat_map(|finding| &finding.citations);
        let mut citations: Vec<_> = found.chain(self.basis.iter()).copied().collect();
        citations.sort_unstable();
        citations.dedup();
        let places = match citations.is_empty() {
            true => none.to_owned(),
            false => citation::join(&citations, place),
        };
        let known = !citations.is_empty() || !self.interpretations.is_empty();
        known.then(|| (places, readings(&self.interpretations, none)))
    }

    /// The decision in Vietnamese in one line, for lists and logs: the outcome, and each finding with its places; of a permit
    /// without findings, what it stands on. Without remedies and readings.
    ///
    /// ```
    /// use lhtt_core::time::Wall;
    /// use lhtt_core::{Moment, Registry, Request, decide};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let request: Request = serde_json::from_str(
    ///     r#"{ "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1001" } } }"#,
    /// )?;
    /// let at = Wall::trusted(Moment::parse("2023-06-15T08:00:00+07:00")?.unix_millis());
    /// let decision = decide(&Registry::default(), &request, at);
    /// assert_eq!(
    ///     decision.line_vi(),
    ///     "TỪ CHỐI — Điều 9: điểm cầu “da-lat” chưa được công nhận là điểm cầu của Hệ thống; \
    ///      khoản 2 Điều 11; điểm a khoản 2 Điều 12: không có phiên họp nào đăng ký với số 1001"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn line_vi(&self) -> String {
        self.line(word_vi(self.outcome), Citation::short, |finding| (label_vi(finding), &finding.observed.vi))
    }

    /// The decision in English in one line, in the same shape.
    pub fn line_en(&self) -> String {
        self.line(word_en(self.outcome), Citation::key, |finding| (label_en(finding), &finding.observed.en))
    }

    fn line<'a>(
        &'a self,
        word: &str,
        place: fn(&Citation) -> String,
        told: impl Fn(&'a Finding) -> (&'static str, &'a str),
    ) -> String {
        let found = self.findings.iter().map(|finding| {
            let (label, observed) = told(finding);
            let label = if label == word { String::new() } else { format!("{label}, ") };
            format!("{label}{}: {observed}", citation::join(&finding.citations, place))
        });
        let found = match self.findings.is_empty() {
            true => citation::join(&self.citations(), place),
            false => found.collect::<Vec<_>>().join("; "),
        };
        let line = if found.is_empty() { word.to_owned() } else { format!("{word} — {found}") };
        // What was observed may hold what somebody wrote.
        line.replace(char::is_control, " ")
    }

    /// The places of the findings that refuse, in ASCII: `Dieu 11 khoan 2; Dieu 12 khoan 2 diem a`. Empty for a permit.
    pub fn ascii(&self) -> String {
        let refusing = self.findings.iter().filter(|finding| finding.outcome != Outcome::Permit);
        let citations: Vec<_> = refusing.flat_map(|finding| finding.citations.iter().copied()).collect();
        citation::join(&citations, Citation::ascii)
    }

    /// What the other side of a refusal may be told: the places in ASCII, or nothing.
    pub fn told_ascii(&self) -> Option<String> {
        (self.disclosure == Disclosure::Article && !self.is_permit()).then(|| self.ascii())
    }
}

fn label_vi(finding: &Finding) -> &'static str {
    match (finding.outcome, finding.kind) {
        (Outcome::Permit, FindingKind::Breach) => "GHI NHẬN VI PHẠM",
        (Outcome::Permit, _) => "LƯU Ý",
        (outcome, _) => word_vi(outcome),
    }
}

fn label_en(finding: &Finding) -> &'static str {
    match (finding.outcome, finding.kind) {
        (Outcome::Permit, FindingKind::Breach) => "BREACH RECORDED",
        (Outcome::Permit, _) => "NOTE",
        (outcome, _) => word_en(outcome),
    }
}

/// An outcome in Vietnamese.
pub(crate) const fn word_vi(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotEvaluable => "KHÔNG ĐÁNH GIÁ ĐƯỢC",
        Outcome::Deny => "TỪ CHỐI",
        Outcome::Incomplete => "CHƯA ĐẦY ĐỦ",
        Outcome::NeedsOverride => "CẦN PHÊ DUYỆT NGOẠI LỆ",
        Outcome::Permit => "CHẤP THUẬN",
    }
}

/// An outcome in English.
pub(crate) const fn word_en(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotEvaluable => "NOT EVALUABLE",
        Outcome::Deny => "REFUSED",
        Outcome::Incomplete => "INCOMPLETE",
        Outcome::NeedsOverride => "NEEDS AN OVERRIDE",
        Outcome::Permit => "PERMITTED",
    }
}

fn readings(interpretations: &[InterpretationId], none: &str) -> String {
    match interpretations.is_empty() {
        true => none.to_owned(),
        false => interpretations.iter().map(InterpretationId::to_string).collect::<Vec<_>>().join(", "),
    }
}
