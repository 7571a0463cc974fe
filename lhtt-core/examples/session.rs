//! A session from its registration to the hand-over of its recording: registration, answer, self-check, rehearsal, start, legs,
//! floor, an incident, end, closing list, hand-over. Each step says its decision in one line; what is due is asked for twice.
//!
//! `cargo run -p lhtt-core --example session`

use lhtt_core::deadline::{Duty, breaches, next_deadlines};
use lhtt_core::journal::{Entry, Head, replay, verify};
use lhtt_core::registry::SessionState;
use lhtt_core::time::Wall;
use lhtt_core::{Citation, Decision, DutyHolder, Moment, Outcome, Registry, Request, SessionId, decide};
use serde_json::{Value, json};

type Fault = Box<dyn std::error::Error>;

pub(crate) fn main() -> Result<(), Fault> {
    let mut centre = Centre::default();
    centre.found()?;
    centre.prepare()?;
    centre.hold()?;
    centre.close()?;

    // Nothing was lost: the journal is whole, and from it alone the same facts come about.
    assert_eq!(verify(&centre.journal)?, centre.head);
    assert_eq!(replay(&centre.journal)?.0, centre.registry);
    println!("\nNhật ký: {} mục, chuỗi đúng.", centre.journal.len());
    Ok(())
}

/// Whoever asks the regulation keeps three things: the facts, the end of the journal, and the journal.
#[derive(Default)]
struct Centre {
    registry: Registry,
    head: Head,
    journal: Vec<String>,
}

impl Centre {
    /// Decides, applies, writes down, and says what was decided.
    fn ask(&mut self, at: &str, what: &str, request: Value) -> Result<Decision, Fault> {
        let at = moment(at)?;
        let request: Request = serde_json::from_value(request)?;
        let decision = decide(&self.registry, &request, Wall::trusted(at.unix_millis()));
        let places: Vec<_> = decision.citations().iter().map(Citation::key).collect();
        println!("{} {what}: {}  [{}]", at.vi(), decision.line_vi(), places.join("; "));
        assert!(!places.is_empty(), "every decision stands on a clause");
        let entry = Entry::seal(&self.head, Wall::trusted(at.unix_millis()), &request, decision);
        self.registry.apply_all(&entry.decision().changes)?;
        self.head = entry.head();
        self.journal.push(entry.to_line().to_owned());
        Ok(entry.decision().clone())
    }

    fn permitted(&mut self, at: &str, what: &str, request: Value) -> Result<(), Fault> {
        let decision = self.ask(at, what, request)?;
        assert!(decision.is_permit(), "{}", decision.render_en());
        Ok(())
    }

    /// The province: two agencies, four sites, and what lets the chair site control its sessions.
    fn found(&mut self) -> Result<(), Fault> {
        let site =
            |id: &str, name: &str, of: &str| json!({"id": id, "name": name, "organization": of, "admitted": true});
        let configuration = json!({"configure": {
            "organizations": [
                {"id": "so-y-te", "name": "Sở Y tế", "kind": "department", "mailboxes": ["syt@lamdong.gov.vn"]},
                {"id": "ubnd-da-lat", "name": "UBND thành phố Đà Lạt", "kind": "district_peoples_committee"},
            ],
            "sites": [
                site("so-y-te", "Sở Y tế", "so-y-te"), site("da-lat", "Đà Lạt", "ubnd-da-lat"),
                site("xuan-truong", "Xuân Trường", "ubnd-da-lat"),
            ],
        }});
        self.permitted("2023-06-06T08:00", "Cấu hình", configuration)?;
        for condition in ["k1", "k2", "k3", "k4", "k5"] {
            let check = json!({"estate": {"check_room": {"site": "so-y-te", "condition": condition, "result": "pass",
                "assessed_by": "Lê Văn An", "date": "2023-06-06", "evidence": "Biên bản 1", "actor": authority()}}});
            self.permitted("2023-06-06T09:00", "Kiểm tra phòng họp", check)?;
        }
        let grant = json!({"floor": {"grant_control": {"id": "so-y-te",
            "grant": {"site": "so-y-te", "from": "2023-06-06T00:00:00+07:00", "by": authority()}}}});
        self.permitted("2023-06-06T10:00", "Giao quyền điều khiển", grant)
    }

    fn prepare(&mut self) -> Result<(), Fault> {
        let registration = json!({"submit": {
            "sent_from": "syt@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-y-te", "chair_site": "so-y-te",
            "members": [{"site": "da-lat"}], "start": "2023-06-15T08:00:00+07:00", "end": "2023-06-15T10:00:00+07:00",
            "content": "Giao ban công tác phòng, chống dịch", "contact": {"name": "Trần Thị Lan", "phone": "0263 3822 000"},
        }});
        self.permitted("2023-06-13T08:00", "Đăng ký họp", registration)?;
        self.due("2023-06-13T08:00", Duty::Reply, "2023-06-13T10:00")?;
        let accept = json!({"accept": {"registration": 1, "actor": operator(), "alias": "1001"}});
        self.permitted("2023-06-13T09:00", "Trả lời đăng ký", accept)?;
        self.due("2023-06-13T09:00", Duty::Rehearsal, "2023-06-15T06:00")?;

        let member = json!({"member_operator": "da-lat"});
        for post in [json!("mcu_operator"), json!("tslcd"), json!("chair_operator"), member] {
            let duty = json!({"assign_duty": {"post": post, "name": "Lê Văn An"}});
            self.permitted("2023-06-14T08:00", "Phân công trực", conduct(mcu(), duty))?;
        }
        let (pass, sites) = ("pass", ["so-y-te", "da-lat"]);
        for id in sites {
            let items = json!({"endpoint": pass, "connection": pass, "power": pass, "backup": pass, "sound": pass,
                "light": pass, "image": pass});
            let check = json!({"self_check": {"site": id, "items": items}});
            self.permitted("2023-06-14T09:00", "Tự kiểm tra phòng họp", conduct(of_site(id), check))?;
        }
        // Before the rehearsal nobody can begin.
        let early =
            self.ask("2023-06-14T10:00", "Bắt đầu khi chưa kiểm tra kỹ thuật", conduct(mcu(), json!("start")))?;
        assert_ne!(early.outcome, Outcome::Permit);
        let rehearsal = json!({"record_rehearsal": {"result": pass, "sites": {"so-y-te": pass, "da-lat": pass}}});
        self.permitted("2023-06-14T16:00", "Kiểm tra kỹ thuật", conduct(operator(), rehearsal))
    }

    fn hold(&mut self) -> Result<(), Fault> {
        self.permitted("2023-06-15T07:40", "Vào phiên: Sở Y tế", join(1, "so-y-te"))?;
        self.permitted("2023-06-15T07:45", "Vào phiên: Đà Lạt", join(2, "da-lat"))?;
        let uninvited = self.ask("2023-06-15T07:50", "Vào phiên: Xuân Trường", join(3, "xuan-truong"))?;
        assert_eq!((uninvited.outcome, uninvited.ascii().as_str()), (Outcome::Deny, "Dieu 3 khoan 7"));
        let (chair, da_lat) = (|| of_site("so-y-te"), || of_site("da-lat"));
        self.permitted("2023-06-15T08:00", "Bắt đầu", conduct(chair(), json!("start")))?;
        self.permitted("2023-06-15T08:01", "Yêu cầu ghi hình", conduct(chair(), json!("request_recording")))?;
        self.permitted("2023-06-15T08:02", "Ghi hình", conduct(mcu(), json!("start_recording")))?;

        let turn = |act: &str, actor: Value| json!({"floor": {act: {"session": 1, "request": 1, "actor": actor}}});
        let ask = json!({"floor": {"ask_floor": {"session": 1, "actor": da_lat()}}});
        self.permitted("2023-06-15T08:20", "Đà Lạt đăng ký phát biểu", ask)?;
        self.permitted("2023-06-15T08:21", "Chủ trì mời phát biểu", turn("grant_floor", chair()))?;
        self.permitted("2023-06-15T08:30", "Đà Lạt phát biểu xong", turn("release_floor", da_lat()))?;

        // The line of a member breaks: its leg is gone, the incident goes to whom it goes to, it comes back.
        let lost = json!({"leave": {"join": 2, "reason": {"code": "stream_lost"}}});
        self.permitted("2023-06-15T09:05", "Đà Lạt mất tín hiệu", lost)?;
        let incident = json!({"report_incident": {"kind": "line", "site": "da-lat", "note": "mất đường truyền"}});
        self.permitted("2023-06-15T09:06", "Báo sự cố", conduct(da_lat(), incident))?;
        self.permitted("2023-06-15T09:12", "Đà Lạt trở lại", join(4, "da-lat"))?;
        let report = json!({"report_outage": {"site": "da-lat", "text": "gián đoạn 7 phút"}});
        self.permitted("2023-06-15T09:30", "Báo cáo gián đoạn", conduct(da_lat(), report))?;
        let course = self.registry.conduct().course(SessionId(1)).ok_or("the session has a course")?;
        let episodes = course.attendance.get("da-lat").map_or(0, |attendance| attendance.episodes.len());
        assert_eq!((course.incidents.len(), episodes), (1, 2));
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        let end = json!({"end": {"session": 1, "actor": of_site("so-y-te")}});
        self.permitted("2023-06-15T10:00", "Kết thúc", end)?;
        let item = |site, item| conduct(of_site(site), json!({"close_item": {"site": site, "item": item}}));
        // Đà Lạt cuts the power first. It has happened, so it is recorded, with whose breach it is.
        let cut = self.ask("2023-06-15T10:05", "Đà Lạt ngắt nguồn trước", item("da-lat", "power_off"))?;
        assert_eq!((cut.outcome, cut.findings[0].duty_holder), (Outcome::Permit, Some(DutyHolder::Member)));
        for (site, what, name) in [
            ("da-lat", "check", "Đà Lạt kiểm tra"),
            ("da-lat", "device_off", "Đà Lạt tắt thiết bị"),
            ("so-y-te", "check", "Sở Y tế kiểm tra"),
            ("so-y-te", "device_off", "Sở Y tế tắt thiết bị"),
            ("so-y-te", "power_off", "Sở Y tế ngắt nguồn"),
        ] {
            self.permitted("2023-06-15T10:10", name, item(site, what))?;
        }
        let centre = conduct(mcu(), json!({"close_item": {"item": "check"}}));
        self.permitted("2023-06-15T10:15", "Trung tâm kiểm tra", centre)?;
        assert_eq!(self.registry.conduct().state(SessionId(1)), SessionState::Closed);
        let stored = json!({"store_recording": {"place": "kho lưu trữ, ngăn 3"}});
        self.permitted("2023-06-15T10:30", "Lưu bản ghi", conduct(operator(), stored))?;

        // Thursday, so by the end of Monday: that is 00:00 of Tuesday.
        self.due("2023-06-15T10:30", Duty::Handover, "2023-06-20T00:00")?;
        let late = breaches(&self.registry, moment("2023-06-20T00:00")?);
        assert!(late.iter().any(|finding| finding.citations.contains(&Citation::article(14).clause(3))));
        let handed = json!({"hand_over": {"document": "5/BB"}});
        self.permitted("2023-06-19T16:00", "Bàn giao bản ghi", conduct(operator(), handed))?;
        assert!(breaches(&self.registry, moment("2023-06-20T00:00")?).is_empty());
        println!("\nViệc đến hạn tiếp theo:");
        let next = next_deadlines(&self.registry, moment("2023-06-19T16:00")?);
        assert!(next.iter().all(|deadline| deadline.what == Duty::YearlyData), "only the reports of the year are left");
        for deadline in next {
            println!("  {} {:?} {:?}: {}", deadline.due.vi(), deadline.what, deadline.of, deadline.citation.short());
        }
        Ok(())
    }

    /// Something of this sort is due, and when.
    fn due(&self, now: &str, what: Duty, expected: &str) -> Result<(), Fault> {
        let next = next_deadlines(&self.registry, moment(now)?);
        let deadline = next.iter().find(|deadline| deadline.what == what).ok_or("it is due")?;
        println!("    → đến hạn {}: {what:?} [{}]", deadline.due.vi(), deadline.citation.key());
        assert_eq!(deadline.due, moment(expected)?);
        Ok(())
    }
}

fn conduct(actor: Value, what: Value) -> Value {
    json!({"conduct": {"session": 1, "actor": actor, "do": what}})
}

fn join(number: u64, site: &str) -> Value {
    json!({"join": {"join": number, "party": {"site": site}, "called": {"alias": "1001"}}})
}

fn authority() -> Value {
    json!({"name": "Phạm Thị Hoa", "role": "managing_authority"})
}

fn operator() -> Value {
    json!({"name": "Lê Văn An", "role": "technical_operator"})
}

fn mcu() -> Value {
    json!({"name": "Nguyễn Văn Trực", "role": "mcu_operator"})
}

fn of_site(id: &str) -> Value {
    json!({"name": "Trần Thị Lan", "role": "site_operator", "site": id})
}

/// Vietnam has one offset the whole year.
fn moment(text: &str) -> Result<Moment, Fault> {
    Ok(Moment::parse(&format!("{text}:00+07:00"))?)
}
