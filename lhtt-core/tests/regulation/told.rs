//! What findings say: the words that tell one case from another, whose duty it was, who may override.
//!
//! The other tables hold which rule refuses; here is what whoever is refused reads.

use crate::estate::{NOON, asked, by, case, managing, of_site, one_more, over, room, site_with};
use crate::estate_legs::leg;
use crate::stage::{floor, of_site as operator_of, who};
use lhtt_core::case::Answer;
use lhtt_core::{Citation, Decision};
use serde_json::{Value, json};

/// What of a finding is read.
#[derive(Clone, Copy)]
enum Part {
    Seen,
    Asked,
    Remedy,
    Duty,
    Kind,
    Override,
    Places,
}
use Part::{Asked, Duty, Kind, Override, Places, Remedy, Seen};

/// Facts, when, a request, whether the clock is trusted.
struct Put {
    facts: Value,
    at: &'static str,
    request: Value,
    trusted: bool,
}

fn of(facts: Value, at: &'static str, request: Value) -> Put {
    Put { facts, at, request, trusted: true }
}

impl Put {
    fn decide(&self) -> Decision {
        if self.trusted {
            return asked(&self.facts, self.at, &self.request);
        }
        let mut case = case(&self.facts, self.at, "request", &self.request);
        case.trusted = false;
        match case.answer().unwrap() {
            Answer::Decision(decision) => *decision,
            Answer::Value(value) => panic!("{value}"),
        }
    }

    fn told(&self, rule: &str, part: Part) -> String {
        let decision = self.decide();
        let Some(finding) = decision.findings.iter().find(|one| one.rule == rule) else {
            return format!("no {rule}: {}", crate::world::summary(&decision));
        };
        match (part, &finding.remedy) {
            (Seen, _) => format!("{} / {}", finding.observed.vi, finding.observed.en),
            (Asked, _) => format!("{} / {}", finding.required.vi, finding.required.en),
            (Remedy, Some(remedy)) => format!("{} / {}", remedy.vi, remedy.en),
            (Remedy, None) => "no remedy".to_owned(),
            (Duty, _) => format!("{:?}", finding.duty_holder),
            (Kind, _) => format!("{:?}", finding.kind),
            (Places, _) => finding.citations.iter().map(Citation::key).collect::<Vec<_>>().join("; "),
            (Override, _) => format!("{:?}", finding.overridable_by),
        }
    }
}

type Row = (Put, &'static str, Part, &'static str);

fn check(rows: Vec<Row>) {
    let mut wrong = Vec::new();
    for (asked, rule, part, expected) in rows {
        let came = asked.told(rule, part);
        if came != expected {
            wrong.push(format!("{}\n   came  {came}\n   not   {expected}", asked.request));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn none() -> Value {
    json!({})
}

const DURING: &str = "2023-06-15T08:30:00";
const START: &str = "2023-06-15T08:00:00";

#[test]
fn a_personal_device_hears_what_its_grant_lacks() {
    let ipad = |access: Value| json!({ "estate": { "endpoints": { "ipad": { "site": "da-lat", "kind": "personal", "access": access } } } });
    let grant = |fields: Value| {
        let mut grant = json!({ "organization": "ubnd-da-lat", "person": "Đỗ Thị Mai", "valid_until": "2023-06-15" });
        lhtt_core::case::merge(&mut grant, &fields);
        ipad(json!([grant]))
    };
    let joins = |facts: Value| of(facts, START, leg(json!({ "endpoint": "ipad" })));
    let unsure = |facts: Value| Put { trusted: false, ..joins(facts) };
    let rule = "6.8/access";
    check(vec![
        (
            joins(ipad(json!([]))),
            rule,
            Seen,
            "thiết bị cá nhân chưa được cấp quyền truy cập / the device has no access grant",
        ),
        (
            joins(grant(json!({ "organization": "so-noi-vu" }))),
            rule,
            Seen,
            "quyền truy cập đã cấp cho cơ quan khác, không phải cơ quan của điểm cầu / access was granted to another agency than the site's",
        ),
        (
            joins(grant(json!({ "valid_until": "2023-06-14" }))),
            rule,
            Seen,
            "quyền truy cập đã hết hạn vào cuối ngày 14/6/2023 / the access grant ended with 2023-06-14",
        ),
        (
            joins(grant(json!({ "from": "2023-06-16", "valid_until": "2023-06-20" }))),
            rule,
            Seen,
            "quyền truy cập chưa có hiệu lực, từ ngày 16/6/2023 / the access grant begins on 2023-06-16",
        ),
        (
            joins(grant(json!({ "revoked_at": "2023-06-15T08:00:00+07:00" }))),
            rule,
            Seen,
            "quyền truy cập đã bị thu hồi lúc 08:00:00 ngày 15/6/2023 / the access grant was revoked at 2023-06-15T08:00:00+07:00",
        ),
        (
            unsure(grant(none())),
            rule,
            Seen,
            "đồng hồ chưa được xác thực nên không biết quyền truy cập còn hạn hay không / the clock is not trusted, so that a grant cannot be seen to be in force",
        ),
    ]);
}

#[test]
fn a_room_and_a_site_hear_what_stands_against_them() {
    let arrange = |room: Value| of(site_with("ubnd-tinh", json!("proposed"), room), NOON, of_site("arrange", "moi"));
    let unfounded = over(room(""), &json!({ "k2": { "assessed_by": " " } }));
    let future = over(room(""), &json!({ "k2": { "date": "2023-06-15" } }));
    let state = |state: &str| {
        let facts = json!({ "estate": { "sites": { "da-lat": { "state": state } } } });
        of(facts, START, leg(none()))
    };
    let contacts = |duty: &str| {
        let contacts = json!([{ "name": "Trần Văn Lãnh", "duty": duty }]);
        let act = by(&managing(), "set_contacts", json!({ "site": "da-lat", "contacts": contacts }));
        of(none(), NOON, act)
    };
    check(vec![
        (
            arrange(room("k2")),
            "6.2/line",
            Seen,
            "đường truyền mạng số liệu chuyên dùng: chưa đạt, theo Lê Văn An ngày 5/6/2023 / a line of the province's data network: not met, as Lê Văn An found on 2023-06-05",
        ),
        (arrange(room("k2")), "6.2/line", Kind, "Violation"),
        (
            arrange(unfounded.clone()),
            "6.2/line",
            Seen,
            "đường truyền mạng số liệu chuyên dùng: ghi đạt nhưng không rõ người đánh giá hoặc căn cứ / a line of the province's data network: said to be met, without who found it or by what",
        ),
        (arrange(unfounded), "6.2/line", Kind, "MissingEvidence"),
        (
            arrange(future),
            "6.2/line",
            Seen,
            "đường truyền mạng số liệu chuyên dùng: kiểm tra ghi ngày 15/6/2023, chưa đến / a line of the province's data network: the check is of 2023-06-15, a day to come",
        ),
        (
            state("suspended"),
            "9/admitted",
            Seen,
            "điểm cầu “Điểm cầu da-lat” đang bị tạm dừng tham gia Hệ thống / the site `Điểm cầu da-lat` is suspended",
        ),
        (
            state("withdrawn"),
            "9/admitted",
            Seen,
            "điểm cầu “Điểm cầu da-lat” đã rút khỏi Hệ thống / the site `Điểm cầu da-lat` was withdrawn from the system",
        ),
        (
            state("arranged"),
            "9/admitted",
            Seen,
            "điểm cầu “Điểm cầu da-lat” chưa được công nhận là điểm cầu của Hệ thống / the site `Điểm cầu da-lat` is not admitted to the system",
        ),
        (
            contacts("leader"),
            "18.3/contacts",
            Seen,
            "điểm cầu “Điểm cầu da-lat” chưa phân công cán bộ kỹ thuật / the site `Điểm cầu da-lat` lacks a technician",
        ),
        (
            contacts("technician"),
            "18.3/contacts",
            Seen,
            "điểm cầu “Điểm cầu da-lat” chưa phân công lãnh đạo Văn phòng (hoặc tương đương) / the site `Điểm cầu da-lat` lacks a leader of the office",
        ),
    ]);
}

#[test]
fn a_commune_hears_which_paper_is_missing_or_when_it_holds() {
    let grant = |fields: Value| {
        let mut grant = json!({
            "commune": "ubnd-xa-hiep-thanh", "extra": 1, "from": "2023-06-10", "until": "2023-06-14",
            "plan": { "number": "45/KH-UBND", "date": "2023-06-01", "issued_by": "UBND huyện Đức Trọng" },
            "approval": { "number": "1500/UBND", "date": "2023-06-05", "issued_by": "UBND tỉnh" },
        });
        lhtt_core::case::merge(&mut grant, &fields);
        let more = one_more("ubnd-xa-hiep-thanh", json!("proposed"));
        let facts = over(more, &json!({ "estate": { "quota_grants": { "g": grant } } }));
        of(facts, NOON, of_site("arrange", "moi"))
    };
    check(vec![
        (
            grant(json!({ "approval": null })),
            "7.3/approval",
            Seen,
            "tăng điểm cầu cho “UBND xã Hiệp Thạnh, huyện Đức Trọng”: chưa có văn bản chấp thuận của UBND tỉnh / further sites of `UBND xã Hiệp Thạnh, huyện Đức Trọng`: the approval of UBND tỉnh is missing",
        ),
        (
            grant(json!({ "plan": null, "approval": null })),
            "7.3/approval",
            Seen,
            "tăng điểm cầu cho “UBND xã Hiệp Thạnh, huyện Đức Trọng”: chưa có kế hoạch của UBND cấp huyện / further sites of `UBND xã Hiệp Thạnh, huyện Đức Trọng`: the plan of UBND cấp huyện is missing",
        ),
        (
            grant(json!({ "approval": { "date": "2023-06-15" } })),
            "7.3/approval",
            Seen,
            "tăng điểm cầu cho “UBND xã Hiệp Thạnh, huyện Đức Trọng”: văn bản ghi ngày chưa đến / further sites of `UBND xã Hiệp Thạnh, huyện Đức Trọng`: a paper of it is of a day to come",
        ),
        (
            grant(json!({ "from": "2023-06-15", "until": null })),
            "7.3/period",
            Seen,
            "chấp thuận tăng điểm cầu cho “UBND xã Hiệp Thạnh, huyện Đức Trọng” có hiệu lực từ ngày 15/6/2023 / the grant of further sites of `UBND xã Hiệp Thạnh, huyện Đức Trọng` begins on 2023-06-15: not in force",
        ),
        (
            grant(json!({ "until": "2023-06-13" })),
            "7.3/period",
            Seen,
            "chấp thuận tăng điểm cầu cho “UBND xã Hiệp Thạnh, huyện Đức Trọng” hết hiệu lực sau ngày 13/6/2023 / the grant of further sites of `UBND xã Hiệp Thạnh, huyện Đức Trọng` ended with 2023-06-13: not in force",
        ),
    ]);
}

#[test]
fn a_leg_of_a_secret_session_hears_how_it_is_protected() {
    let link = |fields: Value| json!({ "links": { "cy-da-lat": fields } });
    let joins = |secrecy: Value, told: Value| {
        let facts = json!({ "sessions": [{ "id": 1, "classification": "mat" }], "secrecy": secrecy });
        of(facts, DURING, leg(over(json!({ "network": "tslcd" }), &told)))
    };
    let rule = "5.2/protection";
    let no_link = || json!({ "links": { "cy-da-lat": null } });
    check(vec![
        (
            joins(none(), json!({ "protection": "none" })),
            rule,
            Seen,
            "kết nối chỉ được bảo vệ không bằng phương thức nào, chưa bằng cơ yếu / the leg is protected by nothing, not by cơ yếu means",
        ),
        (
            joins(none(), json!({ "protection": "tls" })),
            rule,
            Seen,
            "kết nối chỉ được bảo vệ bằng TLS, chưa bằng cơ yếu / the leg is protected by TLS, not by cơ yếu means",
        ),
        (joins(none(), json!({ "protection": "tls" })), rule, Kind, "Violation"),
        (
            joins(no_link(), json!({ "protection": "co_yeu" })),
            rule,
            Seen,
            "không có đường truyền nào của bên này được khai báo là bảo vệ bằng cơ yếu / no link of this member is declared as protected by cơ yếu means",
        ),
        (joins(no_link(), json!({ "protection": "co_yeu" })), rule, Kind, "MissingEvidence"),
        (
            joins(link(json!({ "protection": "tls" })), json!({ "link": "cy-da-lat" })),
            rule,
            Seen,
            "đường truyền không có chứng nhận cơ yếu còn hiệu lực / the link has no certificate of cơ yếu protection that is in force",
        ),
        (joins(link(json!({ "protection": "tls" })), json!({ "link": "cy-da-lat" })), rule, Kind, "MissingEvidence"),
        (
            joins(no_link(), none()),
            rule,
            Seen,
            "không rõ kết nối được bảo vệ thế nào / it is not known how the leg is protected",
        ),
    ]);
}

#[test]
fn members_are_called_by_their_names() {
    let dial = |to: Value| json!({ "join": { "join": 1, "party": "mcu", "called": { "dial_out": { "to": to } } } });
    let second = json!({ "sessions": [{ "id": 2, "registration": 1, "agency": "so-noi-vu", "chair_site": "so-noi-vu",
        "seats": [{ "member": { "site": "so-noi-vu" }, "legs": 1 }, { "member": { "peer": "chinh-phu" }, "legs": 1 }],
        "start": "2023-06-15T08:00:00+07:00", "end": "2023-06-15T10:00:00+07:00", "alias": "1002", "room": "1002",
        "accepted_at": "2023-06-13T09:00:00+07:00" }] });
    let joins = |party: Value| json!({ "join": { "join": 1, "party": party, "called": { "alias": "1001" } } });
    let commune = json!({ "sessions": [{ "id": 1, "agency": "ubnd-xa-hiep-thanh", "chair_site": "hiep-thanh" }] });
    let control = floor("request_control", json!({ "session": 1, "actor": operator_of("hiep-thanh") }));
    let outage = |act: &str, id: &str| {
        json!({ "planning": { act: { "actor": who("technical_operator"), "outage": { "id": id, "sites": ["da-lat"],
            "from": "2023-06-15T07:00:00+07:00", "until": "2023-06-15T09:00:00+07:00" } } } })
    };
    let submit = json!({ "submit": {
        "sent_from": "snv@lamdong.gov.vn", "sent_to": "kythuat@lamdong.gov.vn", "agency": "so-noi-vu",
        "chair_site": "so-noi-vu", "members": [{ "site": "bao-loc" }], "start": "2023-06-20T08:00:00+07:00",
        "end": "2023-06-20T10:00:00+07:00", "content": "Giao ban", "contact": { "name": "Lan", "phone": "1" },
    } });
    let cut = json!({ "planning": { "power_cuts": [{ "id": "cd", "sites": ["bao-loc"],
        "from": "2023-06-20T07:00:00+07:00", "until": "2023-06-20T09:00:00+07:00" }] } });
    check(vec![
        (
            of(none(), DURING, dial(json!({ "peer": "vnpt" }))),
            "3.7/dial-out",
            Seen,
            "Hệ thống VNPT không được mời vào phiên họp nào đang mở / Hệ thống VNPT is on the list of no open session",
        ),
        (of(none(), DURING, dial(json!({ "peer": "vnpt" }))), "3.7/dial-out", Kind, "Violation"),
        (
            of(second.clone(), DURING, dial(json!({ "peer": "chinh-phu" }))),
            "3.7/dial-out",
            Seen,
            "Hệ thống Chính phủ được mời vào 2 phiên họp đang mở, không rõ phiên họp nào / Hệ thống Chính phủ is on the lists of 2 open sessions, and it is not said which",
        ),
        (of(second, DURING, dial(json!({ "peer": "chinh-phu" }))), "3.7/dial-out", Kind, "MissingEvidence"),
        (
            of(none(), DURING, joins(json!({ "site": "bao-loc" }))),
            "3.7/invited",
            Seen,
            "Điểm cầu bao-loc không có trong danh sách điểm cầu của phiên họp số 1001 / Điểm cầu bao-loc is not on the list of session 1001",
        ),
        (
            of(commune, "2023-06-14T08:00:00", control),
            "10.1/tier",
            Seen,
            "“Điểm cầu xã Hiệp Thạnh” không thuộc cấp được cấp quyền điều khiển / `Điểm cầu xã Hiệp Thạnh` is of no level that may hold control",
        ),
        (
            of(none(), NOON, outage("maintenance", "bd")),
            "19.1/maintenance",
            Seen,
            "bảo dưỡng đường truyền từ 07:00:00 ngày 15/6/2023 đến 09:00:00 ngày 15/6/2023 trùng giờ họp số 1001 (điểm cầu “Điểm cầu da-lat”) / work on the lines from 2023-06-15T07:00:00+07:00 to 2023-06-15T09:00:00+07:00 meets the session 1001 (site `Điểm cầu da-lat`)",
        ),
        (
            of(none(), NOON, outage("power_cut", "cd")),
            "19.2/power-cut",
            Seen,
            "cắt điện từ 07:00:00 ngày 15/6/2023 đến 09:00:00 ngày 15/6/2023 trùng giờ họp số 1001 (điểm cầu “Điểm cầu da-lat”) / power is off from 2023-06-15T07:00:00+07:00 to 2023-06-15T09:00:00+07:00 during the session 1001 (site `Điểm cầu da-lat`)",
        ),
        (
            of(cut, NOON, submit),
            "19.2/power-cut",
            Seen,
            "cắt điện từ 07:00:00 ngày 20/6/2023 đến 09:00:00 ngày 20/6/2023 trùng giờ họp (điểm cầu “Điểm cầu bao-loc”) / power is off from 2023-06-20T07:00:00+07:00 to 2023-06-20T09:00:00+07:00 during the session (site `Điểm cầu bao-loc`)",
        ),
    ]);
}

#[test]
fn an_office_hears_who_notifies_for_a_body() {
    let notify = |agency: &str| {
        json!({ "submit": {
            "path": "notify", "sender": "vp-tinh-uy", "agency": agency, "chair_site": "ubnd-tinh", "place": "P1",
            "members": [{ "site": "da-lat" }], "start": "2023-06-20T08:00:00+07:00", "end": "2023-06-20T10:00:00+07:00",
        } })
    };
    check(vec![
        (
            of(none(), NOON, notify("ubnd-tinh")),
            "11.1/office",
            Remedy,
            "đề nghị Văn phòng Ủy ban nhân dân tỉnh thông báo / ask Văn phòng Ủy ban nhân dân tỉnh to notify",
        ),
        (
            of(none(), NOON, notify("hdnd-tinh")),
            "11.1/office",
            Remedy,
            "đề nghị Văn phòng Đoàn Đại biểu Quốc hội và Hội đồng nhân dân tỉnh thông báo / ask Văn phòng Đoàn Đại biểu Quốc hội và Hội đồng nhân dân tỉnh to notify",
        ),
        (
            of(none(), NOON, notify("so-y-te")),
            "11.1/office",
            Remedy,
            "cơ quan chủ trì đăng ký họp theo khoản 2 Điều 11 / the chairing agency registers the session as Điều 11 khoản 2 says",
        ),
    ]);
}

#[test]
fn who_signs_up_hears_where_the_turn_stands() {
    let turn = |state: &str, act: &str| {
        let request = json!({ "member": { "site": "da-lat" }, "floor": "speech", "state": state, "by": operator_of("da-lat"),
            "received_at": "2023-06-15T08:10:00+07:00" });
        let facts = json!({ "floor": { "sessions": { "1": { "control": { "delegated": "so-y-te" }, "requests": { "1": request } } } } });
        of(facts, DURING, floor(act, json!({ "session": 1, "request": 1, "actor": operator_of("so-y-te") })))
    };
    let rule = "13.3.b/turn";
    check(vec![
        (turn("granted", "accept_floor"), rule, Seen, "đăng ký số 1 đang được phát biểu / sign-up 1 is granted"),
        (turn("accepted", "accept_floor"), rule, Seen, "đăng ký số 1 đang trong hàng chờ / sign-up 1 is accepted"),
        (turn("released", "accept_floor"), rule, Seen, "đăng ký số 1 đã phát biểu xong / sign-up 1 is released"),
        (turn("revoked", "grant_floor"), rule, Seen, "đăng ký số 1 đã bị dừng / sign-up 1 is revoked"),
        (turn("denied", "grant_floor"), rule, Seen, "đăng ký số 1 đã bị từ chối / sign-up 1 is denied"),
        (turn("cancelled", "grant_floor"), rule, Seen, "đăng ký số 1 đã hủy / sign-up 1 is cancelled"),
        (turn("pending", "revoke_floor"), rule, Seen, "đăng ký số 1 đang chờ tiếp nhận / sign-up 1 is pending"),
        (turn("granted", "accept_floor"), rule, Asked, "một đăng ký chưa tiếp nhận / a sign-up that is pending"),
        (turn("pending", "release_floor"), rule, Asked, "một lượt đang được phát biểu / a sign-up that is granted"),
        (turn("pending", "revoke_floor"), rule, Asked, "một lượt đang được phát biểu / a sign-up that is granted"),
        (turn("denied", "grant_floor"), rule, Asked, "một đăng ký đang chờ / a sign-up that waits"),
    ]);
}

#[test]
fn what_is_recorded_is_told_with_where_it_stands() {
    let step = |state: Value, act: Value| {
        let facts = json!({ "conduct": { "sessions": { "1": { "state": "in_session", "recording": state } } } });
        of(facts, DURING, json!({ "conduct": { "session": 1, "actor": who("mcu_operator"), "do": act } }))
    };
    let called_off = json!({ "registrations": [{ "id": 7, "state": { "cancelled": { "by": operator_of("so-y-te"), "at": "2023-06-13T10:00:00+07:00" } },
        "submission": { "alias": "1007" } }] });
    let calls = json!({ "join": { "join": 1, "party": { "site": "da-lat" }, "called": { "alias": "1007" } } });
    let store = || json!({ "store_recording": { "place": "NAS-1" } });
    check(vec![
        (
            of(called_off, DURING, calls),
            "12.2/accepted",
            Seen,
            "đăng ký số 7 đã bị hủy / registration 7 was called off",
        ),
        (
            step(Value::Null, store()),
            "14.2/turn",
            Seen,
            "phiên họp số 1001 đang họp; chưa yêu cầu ghi hình; không thể lưu trữ / session 1001 is in session; no recording is asked for; one cannot store the recording",
        ),
        (
            step(Value::Null, json!({ "hand_over": {} })),
            "14.2/turn",
            Seen,
            "phiên họp số 1001 đang họp; chưa yêu cầu ghi hình; không thể bàn giao / session 1001 is in session; no recording is asked for; one cannot hand over",
        ),
    ]);
}

#[test]
fn each_finding_says_whose_duty_it_was_and_who_may_override() {
    let internet = leg(json!({ "network": "internet" }));
    let drift = leg(json!({ "fingerprint": { "vendor": "Hãng B" }, "endpoint": "vcs-da-lat" }));
    let block = json!({ "profile": { "drift": "block" } });
    let step = |actor: Value, what: Value| json!({ "conduct": { "session": 1, "actor": actor, "do": what } });
    let items = json!({ "endpoint": "pass", "connection": "pass", "power": "fail" });
    let self_check = |site: &str| {
        let what = json!({ "self_check": { "site": site, "items": items } });
        of(none(), "2023-06-15T07:00:00", step(operator_of(site), what))
    };
    let over_now =
        json!({ "sessions": [{ "id": 1, "ended": { "at": "2023-06-15T10:00:00+07:00", "by": who("mcu_operator") } }] });
    let off = |site: &str| {
        let what = json!({ "close_item": { "site": site, "item": "power_off" } });
        of(over_now.clone(), "2023-06-15T10:10:00", step(operator_of(site), what))
    };
    let start = |actor: Value| of(none(), "2023-06-15T06:00:00", step(actor, json!("start")));
    let link =
        json!({ "of": { "site": "da-lat" }, "protection": "co_yeu", "network": "tslcd", "certificate": "5/CN-CY" });
    let declare =
        json!({ "secrecy": { "declare_link": { "id": "cy-2", "link": link, "actor": who("managing_authority") } } });
    let declare = of(none(), NOON, declare);
    let control = |actor: Value| of(none(), NOON, floor("request_control", json!({ "session": 1, "actor": actor })));
    let commune = json!({ "sessions": [{ "id": 1, "agency": "ubnd-xa-hiep-thanh", "chair_site": "hiep-thanh" }] });
    let centre = |what: &str| of(commune.clone(), START, step(operator_of("hiep-thanh"), json!(what)));
    check(vec![
        (of(none(), START, internet), "6.2/room-network", Override, "Some(ManagingAuthority)"),
        (of(block, START, drift), "6.6/drift", Override, "Some(ManagingAuthority)"),
        (self_check("so-y-te"), "12.2.c/open-items", Duty, "Some(Chair)"),
        (self_check("da-lat"), "12.2.c/open-items", Duty, "Some(Member)"),
        (
            self_check("da-lat"),
            "12.2.c/open-items",
            Seen,
            "Điểm cầu da-lat: chưa đạt hoặc chưa kiểm tra: nguồn điện, điện dự phòng, trang âm, ánh sáng, hình ảnh / `da-lat`: not good or not checked: power, backup, sound, light, image",
        ),
        (off("so-y-te"), "14.1/order", Duty, "Some(Chair)"),
        (off("da-lat"), "14.1/order", Duty, "Some(Member)"),
        (start(operator_of("so-y-te")), "12.2.a/early", Duty, "Some(Chair)"),
        (start(who("mcu_operator")), "12.2.a/early", Duty, "Some(TrungTam)"),
        (
            control(who("auditor")),
            "3.8/role",
            Remedy,
            "người có quyền: Cán bộ quản lý, vận hành điểm cầu / who may: the site operator",
        ),
        (
            centre("start"),
            "3.8/role",
            Remedy,
            "Trung tâm điều khiển phiên họp này; đề nghị cán bộ kỹ thuật điều khiển MCU thực hiện / the Centre operates this session: ask the MCU operator to carry it out",
        ),
        (
            declare,
            "3.8/role",
            Remedy,
            "đề nghị cán bộ kỹ thuật điều khiển MCU thực hiện / ask the MCU operator to carry it out",
        ),
        (
            centre("start_recording"),
            "3.8/role",
            Remedy,
            "gửi đề nghị can thiệp; cán bộ kỹ thuật điều khiển MCU thực hiện / file a request for intervention, which the MCU operator carries out",
        ),
        (centre("start"), "3.8/role", Places, "Điều 10 khoản 1; Điều 13 khoản 1"),
        (centre("start_recording"), "3.8/role", Places, "Điều 14 khoản 2"),
    ]);
}
