//! Reports: the same journal gives the same octets, and every figure names its events.

use crate::world::*;
use lhtt_core::Moment;
use lhtt_core::journal::{Entry, Head};
use lhtt_core::registry::Session;
use lhtt_core::report::{
    Cell, Cycle, Half, Period, Report, Reporting, Scope, Window, compliance, public_schedule, tally, tt01_dues, usage,
    utilisation, yearly_data,
};
use lhtt_core::submission::Classification;
use lhtt_core::{Calendar, Change, Registry, Request, decide};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;

#[test]
fn halves_meet_where_the_decree_says() {
    let rows = [
        ("2023-12-14T23:59:59.999", Cycle::Nd09, "6 tháng cuối năm 2023 2023-06-15 2023-12-14"),
        ("2023-12-15T00:00", Cycle::Nd09, "6 tháng đầu năm 2024 2023-12-15 2024-06-14"),
        ("2024-06-14T23:30", Cycle::Nd09, "6 tháng đầu năm 2024 2023-12-15 2024-06-14"),
        ("2024-06-15T00:00", Cycle::Nd09, "6 tháng cuối năm 2024 2024-06-15 2024-12-14"),
        ("2024-06-30T23:59:59.999", Cycle::Calendar, "6 tháng đầu năm 2024 2024-01-01 2024-06-30"),
        ("2024-07-01T00:00", Cycle::Calendar, "6 tháng cuối năm 2024 2024-07-01 2024-12-31"),
    ];
    for (moment, cycle, expected) in rows {
        let period = Period::half_of(at(moment), cycle);
        let window = period.window(cycle);
        assert_eq!(format!("{} {} {}", period.name().vi, window.from, window.until), expected, "{moment}");
        assert!(window.contains(at(moment)));
    }
    for (bad, why) in [
        (r#"{"half": {"year": 2024, "half": 3}}"#, "1 and 2 are allowed"),
        (r#"{"year": 1}"#, "2000 to 2200 are allowed"),
        (r#"{"ad_hoc": {"from": "2024-02-01", "until": "2024-01-31"}}"#, "before `from`"),
    ] {
        assert!(serde_json::from_str::<Period>(bad).unwrap_err().to_string().contains(why), "{bad}");
    }
}

proptest! {
    #[test]
    fn a_moment_is_in_one_half_and_in_the_year_of_that_half(millis in 1_000_000_000_000_i64..4_102_444_800_000, nd09: bool) {
        let cycle = if nd09 { Cycle::Nd09 } else { Cycle::Calendar };
        let moment = Moment::from_unix_millis(millis);
        let Period::Half { year, half } = Period::half_of(moment, cycle) else { panic!("a half") };
        for (other, is) in [(Half::First, half == Half::First), (Half::Second, half == Half::Second)] {
            prop_assert_eq!(Period::Half { year, half: other }.window(cycle).contains(moment), is);
        }
        for (other, is) in [(year - 1, false), (year, true), (year + 1, false)] {
            prop_assert_eq!(Period::Year(other).window(cycle).contains(moment), is);
        }
    }
}

#[test]
fn yearly_dates_are_flagged_or_moved_as_the_profile_says() {
    let dues = |json: &str, year| {
        let reporting: Reporting = serde_json::from_str(json).unwrap();
        let (_, dues) = tt01_dues(&reporting, Calendar::built_in(), year);
        let line = |due: &lhtt_core::report::Tt01Due| {
            let proposed = due.proposed.map_or(String::new(), |date| format!(" -> {date}"));
            let missing = due.missing_year.map_or(String::new(), |year| format!(" no {year}"));
            format!("{} {}{proposed}{missing}", due.step.id, due.due)
        };
        dues.iter().map(line).collect::<Vec<_>>().join(", ")
    };
    for (json, year, expected) in [
        ("{}", 2023, "commune 2023-12-17 -> 2023-12-15, district 2023-12-19, province 2023-12-22"),
        (r#"{"weekend": "before"}"#, 2023, "commune 2023-12-15, district 2023-12-19, province 2023-12-22"),
        // Without a calendar only the weekday is known, and no day is proposed.
        ("{}", 2028, "commune 2028-12-17 no 2028, district 2028-12-19 no 2028, province 2028-12-22 no 2028"),
        (
            r#"{"tt01": [{"id": "x", "from": "a", "to": "b", "due": {"month": 9, "day": 2}}]}"#,
            2024,
            "x 2024-09-02 -> 2024-08-30",
        ),
    ] {
        assert_eq!(dues(json, year), expected, "{json} {year}");
    }
    let leap = serde_json::from_str::<Reporting>(r#"{"plan_reminder": {"month": 2, "day": 29}}"#);
    assert!(leap.unwrap_err().to_string().contains("no day of every year"));
}

fn rows(report: &Report, table: usize) -> Vec<String> {
    let line = |row: &Vec<lhtt_core::report::Cell>| row.iter().map(|cell| cell.text()).collect::<Vec<_>>().join(" | ");
    report.tables[table].rows.iter().map(line).collect()
}

#[test]
fn the_schedule_leaves_secret_sessions_out_of_every_count() {
    let mut world = World::new();
    world.session();
    let open = world.registry.sessions().next().unwrap().clone();
    let mut facts = world.registry.facts();
    let secret = Session { id: lhtt_core::SessionId(2), classification: Classification::Mat, ..open };
    facts.sessions.push(secret);
    let registry = Registry::from_facts(facts).unwrap();
    let day = serde_json::from_str::<Period>(r#"{"day": "2023-06-15"}"#).unwrap().window(Cycle::Nd09);
    let report = public_schedule(&registry, day);
    let shown = "2023-06-15 | 08:00–10:00 | Sở Y tế | Điểm cầu so-y-te | \
                 Điểm cầu da-lat, Điểm cầu duc-trong, Hệ thống Chính phủ | S1";
    assert_eq!(rows(&report, 0), [shown]);
    assert!(!report.markdown().contains("Giao ban"));
    let empty = serde_json::from_str::<Period>(r#"{"day": "2023-06-16"}"#).unwrap().window(Cycle::Nd09);
    assert!(rows(&public_schedule(&registry, empty), 0).is_empty());
}

/// A journal of decisions of every outcome.
fn journal() -> (Registry, Vec<Entry>) {
    let world = World::new();
    let mut registry = world.registry.clone();
    let mut journal: Vec<Entry> = Vec::new();
    let accept = |id| {
        Request::Accept(lhtt_core::request::Accept {
            registration: lhtt_core::RegistrationId(id),
            actor: operator(),
            alias: format!("100{id}"),
            room: None,
        })
    };
    let late_urgent = lhtt_core::Submission { alias: None, ..urgent("lũ quét") };
    for (request, when) in [
        (Request::Submit(Box::new(submission())), "2023-06-13T08:00"),
        (accept(1), "2023-06-13T10:00:01"),
        (
            Request::Submit(Box::new(lhtt_core::Submission {
                content: None,
                start: Some(at("2023-06-16T08:00")),
                end: None,
                ..submission()
            })),
            "2023-06-13T09:00",
        ),
        (Request::Submit(Box::new(late_urgent)), "2023-06-15T05:00"),
        (
            Request::Override(lhtt_core::request::Override {
                registration: lhtt_core::RegistrationId(3),
                actor: actor("Phạm Văn Lãnh", lhtt_core::request::Role::ManagingAuthority),
                reason: "lũ đang lên".to_owned(),
            }),
            "2023-06-15T05:05",
        ),
        (call(1, at_site("bao-loc"), "1001"), "2023-06-15T08:30"),
        (call(1, at_site("da-lat"), "1001"), "2023-06-15T08:30"),
        (leave(1), "2023-06-15T09:00"),
    ] {
        let decision = decide(&registry, &request, wall(when));
        registry.apply_all(&decision.changes).unwrap();
        let head = journal.last().map_or_else(Head::default, Entry::head);
        journal.push(Entry::seal(&head, wall(when), &request, decision));
    }
    (registry, journal)
}

#[test]
fn compliance_counts_each_clause_and_duty_holder_with_its_entries() {
    let (registry, journal) = journal();
    let report = compliance(&registry, journal.iter().map(tally), None, false);
    assert_eq!(
        rows(&report, 0),
        [
            "từ chối / refused | 1 | #6",
            "chưa đủ / incomplete | 1 | #3",
            "cần phê duyệt ngoại lệ / needs an override | 1 | #4",
            "cho phép / permitted | 5 | #1-#2; #5; #7-#8",
        ]
    );
    assert_eq!(
        rows(&report, 1),
        [
            "Điều 3 khoản 7 | 2/3 (66.67%) | 1 | 0 | 0 | 0 | #7-#8 | #6 | ",
            "Điều 11 khoản 3 | 0/1 (0.00%) | 0 | 0 | 1 | 0 |  | #5 | ",
            "Điều 12 khoản 2 điểm a | 1/2 (50.00%) | 0 | 0 | 1 | 0 | #1 | #5 | ",
            "Điều 12 khoản 2 điểm a gạch đầu dòng thứ tư | 0/1 (0.00%) | 0 | 1 | 0 | 0 |  | #3 | ",
            "Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất | 0/1 (0.00%) | 0 | 0 | 1 | 0 |  | #2 | ",
            "Điều 15 khoản 1 | 1/1 (100.00%) | 0 | 0 | 0 | 0 | #5 |  | ",
        ]
    );
    assert_eq!(
        rows(&report, 2),
        [
            "Điểm cầu chủ trì / the chair site | Điều 12 khoản 2 điểm a | 1 | #5",
            "Điểm cầu chủ trì / the chair site | Điều 12 khoản 2 điểm a gạch đầu dòng thứ tư | 1 | #3",
            "Điểm cầu thành phần / the member site | Điều 3 khoản 7 | 1 | #6",
            "Đơn vị vận hành kỹ thuật / the technical operator | Điều 12 khoản 2 điểm b gạch đầu dòng thứ nhất | 1 | #2",
        ]
    );
    assert_eq!(
        rows(&report, 3),
        ["2023-06-15T05:05:00+07:00 | Phạm Văn Lãnh (Cơ quan quản lý, vận hành Hệ thống) | lũ đang lên | #5"]
    );
}

#[test]
fn compliance_is_the_same_from_the_lines_of_the_journal() {
    let (registry, journal) = journal();
    let compliance = |log: &[Entry], window| compliance(&registry, log.iter().map(tally), window, false);
    let read: Vec<_> = journal.iter().map(|entry| Entry::from_line(entry.to_line()).unwrap()).collect();
    let year = Some(Period::Year(2023).window(Cycle::Nd09));
    let (one, other) = (compliance(&journal, year), compliance(&read, year));
    assert_eq!((one.markdown(), one.csv(), one.json()), (other.markdown(), other.csv(), other.json()));
    assert!(one.tables.iter().all(|table| table.id == "overrides" || !table.rows.is_empty()));
    let before = Some(Period::Year(2022).window(Cycle::Nd09));
    assert!(compliance(&journal, before).tables.iter().all(|table| table.rows.is_empty()));
}

/// Sessions by agency, and their hours, counted from the changes of the journal alone.
fn fold_of_the_journal(journal: &[Entry], window: Window) -> BTreeMap<String, (u64, u64)> {
    let mut running = BTreeMap::new();
    let mut counted = BTreeMap::new();
    for change in journal.iter().flat_map(|entry| &entry.decision().changes) {
        match change {
            Change::Accepted(session) => {
                running.insert(session.id, (session.agency.to_string(), session.start, session.classification));
            }
            Change::Ended { session, end } => {
                let (agency, start, classification) = running.remove(session).unwrap();
                if window.contains(start) && classification.is_open() {
                    let sum: &mut (u64, u64) = counted.entry(agency).or_default();
                    *sum = (
                        sum.0 + 1,
                        sum.1 + u64::try_from((end.at.unix_millis() - start.unix_millis()).max(0)).unwrap(),
                    );
                }
            }
            _ => {}
        }
    }
    counted
}

fn by_agency(report: &Report) -> BTreeMap<String, (u64, u64)> {
    let table = report.tables.iter().find(|table| table.id == "by_agency").unwrap();
    let row = |row: &Vec<Cell>| match &row[..] {
        [Cell::Text(agency), Cell::Count(count), Cell::Hours(hours), _] => (agency.clone(), (*count, *hours)),
        other => panic!("{other:?}"),
    };
    table.rows.iter().map(row).collect()
}

/// A year of sessions, each registered, accepted and ended, as a journal and as the registry it makes.
fn year_of(sessions: &[(u32, u8, u32)]) -> (Vec<Entry>, Registry) {
    let mut registry = World::new().registry;
    let mut journal: Vec<Entry> = Vec::new();
    let begin = at("2023-12-10T08:00").unix_millis();
    let agencies = ["so-y-te", "so-noi-vu"];
    let mut start = begin;
    for (index, (gap, agency, length)) in sessions.iter().enumerate() {
        start += i64::from(*gap) * 60_000;
        let id = agencies[usize::from(*agency) % 2];
        let mailbox = if id == "so-y-te" { "syt@lamdong.gov.vn" } else { "snv@lamdong.gov.vn" };
        let submission = lhtt_core::Submission {
            agency: Some(id.into()),
            chair_site: Some(id.into()),
            sent_from: mailbox.to_owned(),
            start: Some(Moment::from_unix_millis(start)),
            end: Some(Moment::from_unix_millis(start + 60_000)),
            ..submission()
        };
        let session = lhtt_core::SessionId(registry.sessions().count() as u64 + 1);
        let accept = lhtt_core::request::Accept {
            registration: lhtt_core::RegistrationId(registry.registrations().count() as u64 + 1),
            actor: operator(),
            alias: format!("{}", 10_000 + index),
            room: None,
        };
        let end = start + i64::from(*length) * 1_000;
        for (request, when) in [
            (Request::Submit(Box::new(submission)), start - 48 * 3_600_000),
            (Request::Accept(accept), start - 47 * 3_600_000),
            (end_of(session), end),
        ] {
            let decision = decide(&registry, &request, lhtt_core::time::Wall::trusted(when));
            registry.apply_all(&decision.changes).unwrap();
            let head = journal.last().map_or_else(Head::default, Entry::head);
            journal.push(Entry::seal(&head, lhtt_core::time::Wall::trusted(when), &request, decision));
        }
        start = end.max(start + 60_000);
    }
    (journal, registry)
}

fn end_of(session: lhtt_core::SessionId) -> Request {
    Request::End(lhtt_core::request::End { session, actor: operator() })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_report_by_records_is_the_fold_of_the_journal_and_halves_make_the_year(
        sessions in proptest::collection::vec((1_u32..60_000, 0_u8..2, 60_u32..20_000), 1..24),
    ) {
        let (journal, registry) = year_of(&sessions);
        let scope = |period: Period| Scope { window: period.window(Cycle::Nd09), now: at("2025-01-10T08:00"), cleared: false };
        let whole = usage(&registry, scope(Period::Year(2024)));
        let mut named = BTreeMap::new();
        for (agency, sum) in fold_of_the_journal(&journal, scope(Period::Year(2024)).window) {
            named.insert(registry.organization(&agency.as_str().into()).unwrap().name.clone(), sum);
        }
        prop_assert_eq!(by_agency(&whole), named);
        let halves = [Half::First, Half::Second].map(|half| usage(&registry, scope(Period::Half { year: 2024, half })).counts());
        let [first, second] = halves;
        prop_assert_eq!(first.merged(&second), whole.counts());
        // From a snapshot, and from the journal's lines, the same octets.
        let again = Registry::from_facts(registry.facts()).unwrap();
        prop_assert_eq!(usage(&again, scope(Period::Year(2024))).markdown(), whole.markdown());
        let mut replayed = World::new().registry;
        for entry in &journal {
            replayed.apply_all(&Entry::from_line(entry.to_line()).unwrap().decision().changes).unwrap();
        }
        prop_assert_eq!(usage(&replayed, scope(Period::Year(2024))).csv(), whole.csv());
        prop_assert_eq!(utilisation(&replayed, scope(Period::Year(2024))).csv(), utilisation(&registry, scope(Period::Year(2024))).csv());
    }
}

#[test]
fn the_yearly_data_leave_meetings_in_person_to_be_filled_in() {
    let (_, registry) = year_of(&[(10_000, 0, 3_600), (200, 1, 7_200)]);
    let scope = Scope { window: Period::Year(2024).window(Cycle::Nd09), now: at("2025-01-10T08:00"), cleared: false };
    let report = yearly_data(&registry, 2024, scope);
    assert_eq!(rows(&report, 0), ["cấp tỉnh / province | chưa nêu loại hình / kind not stated | 2 |  |  | S1-S2"]);
    assert!(report.csv().contains("Trực tiếp / In person"));
}

#[test]
fn a_change_of_the_configuration_moves_no_figure_of_the_past() {
    let (_, mut registry) = year_of(&[(10_000, 0, 3_600)]);
    let scope = Scope { window: Period::Year(2024).window(Cycle::Nd09), now: at("2025-01-10T08:00"), cleared: false };
    let tiers = |registry: &Registry| {
        let report = usage(registry, scope);
        rows(&report, report.tables.iter().position(|table| table.id == "by_tier").unwrap())
    };
    let before = tiers(&registry);
    assert_eq!(before, ["cấp tỉnh / province | 1 | 1.00 | S1"]);
    let agency = registry.organization(&"so-y-te".into()).unwrap().clone();
    let lower = lhtt_core::registry::Organization { tier: Some(lhtt_core::registry::Tier::Commune), ..agency };
    registry.apply(&Change::Organization(lower)).unwrap();
    assert_eq!(tiers(&registry), before);
}

/// A session as it ran, in facts: what the reports and the reminders make of it.
fn ran(query: &str, now: &str) -> serde_json::Value {
    let text = format!(
        r#"{{"at": "{now}:00+07:00", "facts": {{
            "sessions": [{{"id": 1, "ended": {{"at": "2023-06-15T09:30:00+07:00", "by": {{"name": "An", "role": "mcu_operator"}}}}}}],
            "conduct": {{"sessions": {{"1": {{
                "state": "ended",
                "started": {{"at": "2023-06-15T08:00:00+07:00", "by": {{"name": "An", "role": "mcu_operator"}}}},
                "rehearsals": [{{"at": "2023-06-15T06:00:00+07:00", "by": {{"name": "An", "role": "mcu_operator"}}, "result": "pass"}}],
                "attendance": {{"da-lat": {{"episodes": [
                    {{"from": "2023-06-15T07:50:00+07:00", "until": "2023-06-15T08:30:00+07:00", "lost": true}},
                    {{"from": "2023-06-15T09:00:00+07:00", "until": "2023-06-15T09:30:00+07:00"}}]}}}},
                "incidents": [{{"at": "2023-06-15T08:31:00+07:00", "by": {{"name": "An", "role": "mcu_operator"}},
                    "site": "da-lat", "kind": "line", "in_session": true}}],
                "recording": {{"requested": "2023-06-15T08:05:00+07:00"}}
            }}}}}}}},
            "query": {{"record": {query}}}}}"#
    );
    match lhtt_core::Case::from_json(&text).and_then(|case| case.answer()).unwrap() {
        lhtt_core::case::Answer::Value(value) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_session_as_it_ran_counts_with_its_sites_incidents_rehearsal_and_hand_over() {
    let usage = ran(r#"{"report": {"of": "usage", "period": {"year": 2023}}}"#, "2023-06-20T00:00");
    let tables = &usage["tables"];
    let totals: Vec<_> = [0, 1, 2, 4].into_iter().map(|row: usize| tables["totals"][row]["value"].clone()).collect();
    assert_eq!(json!(totals), json!([1, "1.50", 1, "1.00"]));
    assert_eq!(tables["incidents"][0]["events"], json!(["S1/1"]));
    let share = |row: usize| {
        let share = &tables["in_time"][row]["share"];
        format!("{}/{}", share["part"], share["of"])
    };
    // Registered and answered in time; rehearsed in time at the last moment; not handed over when it was due.
    assert_eq!([share(0), share(1), share(2), share(3)], ["1/1", "1/1", "1/1", "0/1"]);
    let sites = ran(r#"{"report": {"of": "utilisation", "period": {"year": 2023}}}"#, "2023-06-20T00:00");
    let rows = sites["tables"]["sites"].as_array().unwrap();
    let da_lat = rows.iter().find(|row| row["site"] == "da-lat").unwrap();
    assert_eq!(json!([da_lat["hours"], da_lat["sessions"]]), json!(["1.00", 1]));
}

#[test]
fn a_hand_over_is_due_and_then_the_managing_authoritys_breach() {
    let due = ran(r#"{"deadlines": {}}"#, "2023-06-19T23:59");
    let first = &due["deadlines"][0];
    assert_eq!(json!([first["what"], first["late_from"]]), json!(["handover", "2023-06-20T00:00:00+07:00"]));
    assert_eq!(ran(r#"{"breaches": {}}"#, "2023-06-19T23:59")["breaches"], json!([]));
    let late = &ran(r#"{"breaches": {}}"#, "2023-06-20T00:00")["breaches"][0];
    assert_eq!(json!([late["rule"], late["duty_holder"]]), json!(["14.3/overdue", "managing_authority"]));
    assert_eq!(ran(r#"{"handover_due": {"session": 1}}"#, "2023-06-20T00:00")["due_day"], "2023-06-19");
}

#[test]
fn a_session_counts_under_its_kind_in_the_usage_and_in_the_yearly_data() {
    let other = json!({ "other": { "basis": "Kế hoạch 12/KH-UBND" } });
    let rows = [
        (json!("a"), "a) giao ban định kỳ / regular meetings"),
        (json!("d"), "d) tập huấn / training"),
        (json!("đ"), "đ) lấy ý kiến đề án, dự án, dự thảo / opinions on drafts"),
        (json!("e"), "e) cuộc họp khác theo yêu cầu triệu tập / others convened"),
        (other, "loại hình khác / another kind"),
        (json!(null), "chưa nêu loại hình / kind not stated"),
    ];
    let by = json!({ "name": "An", "role": "mcu_operator" });
    let day = |number: usize, hour: &str| format!("2023-06-{:02}T{hour}:00:00+07:00", 10 + number);
    // In the order of the letters, whatever the order of the sessions.
    let like_the_first = |mut one: serde_json::Value| {
        if one["id"] != json!(1) {
            one["like"] = json!(1);
        }
        one
    };
    let sessions = (0..rows.len()).map(|at| {
        let (id, start, end) = (at + 1, day(at, "08"), day(at, "10"));
        let ended = json!({ "at": end, "by": by });
        like_the_first(json!({ "id": id, "registration": id, "alias": format!("{}", 2000 + id), "start": start, "end": end, "ended": ended }))
    });
    let registrations = rows.iter().rev().enumerate().map(|(at, (kind, _))| {
        let id = at + 1;
        like_the_first(json!({ "id": id, "state": { "accepted": id }, "submission": { "kind": kind } }))
    });
    let facts = json!({ "sessions": sessions.collect::<Vec<_>>(), "registrations": registrations.collect::<Vec<_>>() });
    for (report, table) in [("usage", "by_kind"), ("yearly_data", "meetings")] {
        let query = json!({ "record": { "report": { "of": report, "period": { "year": 2023 } } } });
        let case = json!({ "at": "2023-07-01T08:00:00+07:00", "facts": facts, "query": query }).to_string();
        let answer = lhtt_core::Case::from_json(&case).and_then(|case| case.answer());
        let Ok(lhtt_core::case::Answer::Value(value)) = answer else { panic!("{answer:?}") };
        let shown = value["tables"][table].as_array().unwrap().iter();
        let shown: Vec<_> =
            shown.map(|row| (row["kind"].as_str().unwrap(), row["events"][0].as_str().unwrap())).collect();
        let expected = rows.iter().enumerate().map(|(at, (_, name))| (*name, format!("S{}", rows.len() - at)));
        let expected: Vec<_> = expected.collect();
        let expected: Vec<_> = expected.iter().map(|(name, event)| (*name, event.as_str())).collect();
        assert_eq!(shown, expected, "{report}");
    }
}
