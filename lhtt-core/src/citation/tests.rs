use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[test]
fn each_form_is_written_as_the_reader_expects() {
    let rows = [
        (Citation::article(7).clause(3), "Điều 7 khoản 3", "Dieu 7 khoan 3", "khoản 3 Điều 7"),
        (
            Citation::article(12).clause(2).point('a').dash(5),
            "Điều 12 khoản 2 điểm a gạch đầu dòng thứ năm",
            "Dieu 12 khoan 2 diem a gach dau dong thu nam",
            "gạch đầu dòng thứ năm điểm a khoản 2 Điều 12",
        ),
        (
            Citation::of(Instrument::Law29Of2018, 17).clause(1).point('đ'),
            "Điều 17 khoản 1 điểm đ Luật 29/2018/QH14",
            "Dieu 17 khoan 1 diem dd Luat 29/2018/QH14",
            "điểm đ khoản 1 Điều 17 Luật Bảo vệ bí mật nhà nước số 29/2018/QH14",
        ),
        (
            Citation::of(Instrument::Decree26Of2020, 6).clause(3),
            "Điều 6 khoản 3 NĐ 26/2020/NĐ-CP",
            "Dieu 6 khoan 3 ND 26/2020/ND-CP",
            "khoản 3 Điều 6 Nghị định số 26/2020/NĐ-CP",
        ),
        (Citation::of(Instrument::Decision1095, 2), "QĐ Đ2", "QD D2", "Điều 2 Quyết định số 1095/QĐ-UBND"),
    ];
    for (citation, key, ascii, short) in rows {
        assert_eq!(
            (citation.key().as_str(), citation.ascii().as_str(), citation.short().as_str()),
            (key, ascii, short)
        );
    }
}

/// AE-Q1.
#[test]
fn the_full_form_goes_from_small_to_large() {
    assert_eq!(
        Citation::article(7).clause(3).full(),
        "khoản 3 Điều 7 Quy chế ban hành kèm theo Quyết định số 1095/QĐ-UBND ngày 05 tháng 6 năm 2023 \
         của Ủy ban nhân dân tỉnh Lâm Đồng"
    );
}

#[test]
fn the_order_is_decision_regulation_law_decree_and_knows_the_letter_after_d() {
    let sorted = [
        Citation::of(Instrument::Decision1095, 2),
        Citation::article(3),
        Citation::article(3).clause(7),
        Citation::article(12).clause(2),
        Citation::article(12).clause(2).point('a'),
        Citation::article(12).clause(2).point('a').dash(1),
        Citation::article(12).clause(2).point('b'),
        Citation::article(15).clause(2).point('d'),
        Citation::article(15).clause(2).point('đ'),
        Citation::article(15).clause(2).point('e'),
        Citation::article(15).clause(2).point('g'),
        Citation::of(Instrument::Law29Of2018, 17),
        Citation::whole(Instrument::Law117Of2025),
        Citation::of(Instrument::Decree26Of2020, 6),
    ];
    assert!(sorted.is_sorted());
    let mixed: Vec<_> = sorted.iter().rev().chain(&sorted).copied().collect();
    assert_eq!(join(&mixed, Citation::key), sorted.map(|one| one.key()).join("; "));
}

#[test]
fn what_is_no_citation_is_refused() {
    for text in [
        "",
        "Điều",
        "Điều ",
        "Điều 0",
        "Điều 07",
        "Điều 12 khoản",
        "Điều 12 điểm f",
        "điều 12",
        "Điều 12  khoản 2",
        "Điều 12 khoản 2 điểm a ",
        "Dieu 12 khoản 2",
        "Điều 12 khoản 2 gạch đầu dòng thứ mười một",
        "Điều 70000",
        "Luật 1/2000",
        "QĐ Đ",
        "QĐ Điều 2",
        "Điều 1 NĐ",
    ] {
        assert!(text.parse::<Citation>().is_err(), "{text}");
    }
}

fn any_citation() -> impl Strategy<Value = Citation> {
    let instrument = prop::sample::select(Instrument::ALL.to_vec());
    (instrument, 0..=300u16, 0..=20u16, 0..=POINTS.len(), 0..=10u8).prop_map(
        |(instrument, article, clause, point, dash)| {
            if article == 0 {
                return Citation::whole(instrument);
            }
            let citation = Citation::of(instrument, article).clause(clause).dash(dash);
            if point == 0 { citation } else { citation.point(POINTS[point - 1]) }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1095), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn key_and_ascii_forms_read_back(citation in any_citation()) {
        prop_assert_eq!(citation.key().parse::<Citation>(), Ok(citation));
        prop_assert_eq!(citation.ascii().parse::<Citation>(), Ok(citation));
        prop_assert!(citation.ascii().is_ascii());
        prop_assert_eq!(serde_json::from_str::<Citation>(&serde_json::to_string(&citation).unwrap()).unwrap(), citation);
    }

    #[test]
    fn a_place_sorts_before_what_lies_within_it(citation in any_citation()) {
        let outer = Citation::of(citation.instrument(), citation.article);
        prop_assert!(outer <= citation);
    }

    #[test]
    fn reading_never_panics(text in ".{0,60}") {
        let _ = text.parse::<Citation>();
    }
}

#[test]
fn a_list_is_read_as_texts_write_it() {
    let rows = [
        ("Điều 5 khoản 2; Điều 6 khoản 8", vec!["Điều 5 khoản 2", "Điều 6 khoản 8"]),
        (
            "Điều 5 khoản 5; Điều 5 khoản 8 Luật 29/2018/QH14; Điều 6 khoản 2 điểm b, điểm c NĐ 26/2020/NĐ-CP",
            vec![
                "Điều 5 khoản 5 Luật 29/2018/QH14",
                "Điều 5 khoản 8 Luật 29/2018/QH14",
                "Điều 6 khoản 2 điểm b NĐ 26/2020/NĐ-CP",
                "Điều 6 khoản 2 điểm c NĐ 26/2020/NĐ-CP",
            ],
        ),
        ("Luật 117/2025/QH15; NĐ 63/2026/NĐ-CP (điều chưa xác nhận)", vec!["Luật 117/2025/QH15", "NĐ 63/2026/NĐ-CP"]),
        (
            "Điều 17 Luật 29/2018/QH14; Điều 6 NĐ 26/2020/NĐ-CP",
            vec!["Điều 17 Luật 29/2018/QH14", "Điều 6 NĐ 26/2020/NĐ-CP"],
        ),
        ("QĐ Đ2; Điều 12 khoản 2 điểm a", vec!["QĐ Đ2", "Điều 12 khoản 2 điểm a"]),
    ];
    for (text, expected) in rows {
        let keys: Vec<_> = Citation::parse_list(text).unwrap().iter().map(Citation::key).collect();
        assert_eq!(keys, expected, "{text}");
    }
    assert!(Citation::parse_list("Điều 5 khoản 2; Luật nào đó").is_err());
}

#[test]
fn a_place_that_there_is_not_is_told_by_those_there_are() {
    let there = |text: &str| text.parse::<Citation>().unwrap().elsewhere();
    for text in [
        "QĐ Đ3",
        "Điều 1",
        "Điều 20",
        "Điều 3 khoản 12",
        "Điều 3 khoản 2 điểm c",
        "Điều 15 khoản 2 điểm đ",
        "Điều 18 khoản 7",
        "Điều 12 khoản 2 điểm b gạch đầu dòng thứ hai",
        "Điều 12 khoản 2 điểm a gạch đầu dòng thứ sáu",
        "Điều 99 Luật 29/2018/QH14",
    ] {
        assert_eq!(there(text), None, "{text}");
    }
    for (text, allowed) in [
        ("Điều 21", "Điều 1 … Điều 20"),
        ("QĐ Đ4", "QĐ Đ1 … QĐ Đ3"),
        ("QĐ Đ2 khoản 1", "`QĐ Đ2`"),
        ("Điều 1 khoản 1", "`Điều 1`"),
        ("Điều 10 khoản 3", "`Điều 10`, `Điều 10 khoản 1`, `Điều 10 khoản 2`"),
        ("Điều 10 khoản 1 điểm a", "`Điều 10 khoản 1`"),
        ("Điều 16 điểm a", "`Điều 16`, `Điều 16 khoản 1`, `Điều 16 khoản 2`"),
        (
            "Điều 9 khoản 1 điểm d",
            "`Điều 9 khoản 1`, `Điều 9 khoản 1 điểm a`, `Điều 9 khoản 1 điểm b`, `Điều 9 khoản 1 điểm c`",
        ),
        ("Điều 12 khoản 2 điểm c gạch đầu dòng thứ nhất", "`Điều 12 khoản 2 điểm c`"),
    ] {
        assert_eq!(there(text).as_deref(), Some(allowed), "{text}");
    }
}
