//! Điều 8 khoản 3 điểm b: a session keeps to its scenario, and nothing of it goes out by a leg that the chair did not allow.

use crate::actor::Actor;
use crate::citation::Citation;
use crate::finding::{DutyHolder, Finding};
use crate::ids::SiteId;
use crate::registry::Registry;
use crate::registry::floor::{MemberAct, Scenario};
use crate::submission::{Classification, Member};

pub(crate) const POINT_B: Citation = Citation::article(8).clause(3).point('b');

/// Điểm b: a site records or streams for itself only if the scenario names it.
pub(crate) fn recorder_named(
    registry: &Registry,
    scenario: Option<&Scenario>,
    site: &SiteId,
    stream: bool,
) -> Option<Finding> {
    let named =
        |scenario: &Scenario| if stream { scenario.streams.contains(site) } else { scenario.recorders.contains(site) };
    let remedy = (
        "điểm cầu chủ trì bổ sung vào kịch bản, hoặc gửi đề nghị can thiệp để cán bộ kỹ thuật điều khiển MCU ghi hình",
        "the chair site adds it to the scenario, or files a request for intervention for the MCU operator to record",
    );
    (!scenario.is_some_and(named)).then(|| recorder(registry, site, stream).remedy(remedy.0, remedy.1))
}

/// Of a secret session no scenario names anybody, so no site records for itself; the MCU does, on the terms of the law.
pub(crate) fn recorder_of_secret(registry: &Registry, site: &SiteId, stream: bool) -> Finding {
    recorder(registry, site, stream).remedy(
        "điểm cầu chủ trì quyết định ghi hình tại MCU (`allow_recording`), cán bộ kỹ thuật điều khiển MCU ghi hình",
        "the chair site decides on a recording at the MCU (`allow_recording`), which the MCU operator makes",
    )
}

fn recorder(registry: &Registry, site: &SiteId, stream: bool) -> Finding {
    let name = registry.site(site).map_or(site.as_str(), |one| &one.name);
    let (vi, en) = if stream { ("phát lại", "streams") } else { ("ghi hình", "records") };
    Finding::violation("8.3.b/recorder", &[POINT_B])
        .observed(
            format!("“{name}” tự {vi} phiên họp, kịch bản không nêu"),
            format!("`{name}` {en} the session by itself, which its scenario does not name"),
        )
        .required(
            "chỉ điểm cầu có trong kịch bản được tự ghi hình, phát lại",
            "recording and streaming legs that the scenario names",
        )
        .duty_of(DutyHolder::Member)
}

/// Điểm b: whether the scenario lets whoever runs this site record.
pub(crate) fn lets_record(scenario: Option<&Scenario>, actor: &Actor) -> bool {
    scenario.zip(actor.site.as_ref()).is_some_and(|(scenario, site)| scenario.recorders.contains(site))
}

/// Điểm b: members do by themselves what the scenario lets them; without a scenario the chair has laid nothing down.
pub(crate) fn member_may(scenario: Option<&Scenario>, act: MemberAct) -> Option<Finding> {
    let laid_down = scenario?.members_may.as_ref()?;
    if laid_down.contains(&act) {
        return None;
    }
    let (vi, en) = match act {
        MemberAct::AskSpeech => ("đăng ký phát biểu", "sign up to speak"),
        MemberAct::AskContent => ("đăng ký trình chiếu", "sign up to present"),
        MemberAct::Unmute => ("tự mở micrô", "open their own microphones"),
    };
    let finding = Finding::violation("8.3.b/members", &[POINT_B])
        .observed(
            format!("kịch bản không để điểm cầu thành phần {vi}"),
            format!("the scenario does not let members {en}"),
        )
        .required("hành động theo kịch bản phiên họp", "what the scenario allows")
        .remedy("đề nghị điểm cầu chủ trì", "ask the chair site")
        .duty_of(DutyHolder::Member);
    Some(finding)
}

/// Điểm b: there is a next step.
pub(crate) fn next_step(scenario: Option<&Scenario>) -> Option<Finding> {
    let left = scenario.map(|one| one.steps.len().saturating_sub(usize::from(one.step)));
    let (vi, en) = match left {
        Some(0) => ("kịch bản không còn bước nào", "no step of the scenario is left"),
        Some(_) => return None,
        None => ("phiên họp không có kịch bản", "the session has no scenario"),
    };
    let finding = Finding::missing("8.3.b/step", &[POINT_B])
        .observed(vi, en)
        .required("một bước tiếp theo trong kịch bản", "a next step of the scenario")
        .remedy("bổ sung kịch bản", "add it to the scenario")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điểm b: whom a scenario names takes part.
pub(crate) fn names_listed(scenario: &Scenario, listed: impl Fn(&Member) -> bool) -> Option<Finding> {
    let steps = scenario.steps.iter().filter_map(|step| step.site.as_ref());
    let mut named = scenario.recorders.iter().chain(&scenario.streams).chain(steps);
    let stranger = named.find(|site| !listed(&Member::Site((*site).clone())))?;
    let finding = Finding::violation("8.3.b/listed", &[POINT_B])
        .observed(
            format!("kịch bản nêu điểm cầu “{stranger}” không có trong danh sách"),
            format!("the scenario names the site `{stranger}`, which is not on the list"),
        )
        .required("điểm cầu trong danh sách phiên họp", "sites on the session's list")
        .remedy("sửa kịch bản hoặc mời thêm điểm cầu", "mend the scenario or invite the site")
        .duty_of(DutyHolder::Chair);
    Some(finding)
}

/// Điểm b with Điều 11 khoản 5: of a secret session the scenario is a reference to its document, and nobody records
/// for himself.
pub(crate) fn no_content(classification: Classification, scenario: &Scenario) -> Option<Finding> {
    let bare = scenario.steps.is_empty() && scenario.recorders.is_empty() && scenario.streams.is_empty();
    if classification.is_open() || bare {
        return None;
    }
    let finding = Finding::violation("8.3.b/content", &[POINT_B, Citation::article(11).clause(5)])
        .observed(
            "kịch bản của phiên họp bí mật nhà nước có nội dung",
            "the scenario of a session with state secrets says what it holds",
        )
        .required("chỉ dẫn chiếu số văn bản kịch bản", "a reference to its document and nothing else")
        .remedy("chỉ nêu số văn bản", "name the document only")
        .reading(15)
        .duty_of(DutyHolder::Chair);
    Some(finding)
}
