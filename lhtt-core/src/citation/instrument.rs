//! The legal texts that are cited, in the order in which they are listed.

/// A legal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Instrument {
    /// Quyết định 1095/QĐ-UBND itself.
    Decision1095,
    /// The Quy chế issued with it.
    Regulation1095,
    /// Luật Bảo vệ bí mật nhà nước of 2018, to 2026-02-28.
    Law29Of2018,
    /// Luật Bảo vệ bí mật nhà nước of 2025, from 2026-03-01. Its articles on meetings are not confirmed.
    Law117Of2025,
    /// Nghị định 26/2020/NĐ-CP, to 2026-02-28.
    Decree26Of2020,
    /// Nghị định 63/2026/NĐ-CP, from 2026-03-01. Its articles on meetings are not confirmed.
    Decree63Of2026,
    /// Quyết định 45/2018/QĐ-TTg on meetings.
    Decision45Of2018,
}

impl Instrument {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Decision1095,
        Self::Regulation1095,
        Self::Law29Of2018,
        Self::Law117Of2025,
        Self::Decree26Of2020,
        Self::Decree63Of2026,
        Self::Decision45Of2018,
    ];

    /// Its short name, as the key form uses it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decision1095 => "QĐ 1095/QĐ-UBND",
            Self::Regulation1095 => "Quy chế 1095/QĐ-UBND",
            Self::Law29Of2018 => "Luật 29/2018/QH14",
            Self::Law117Of2025 => "Luật 117/2025/QH15",
            Self::Decree26Of2020 => "NĐ 26/2020/NĐ-CP",
            Self::Decree63Of2026 => "NĐ 63/2026/NĐ-CP",
            Self::Decision45Of2018 => "QĐ 45/2018/QĐ-TTg",
        }
    }

    /// Its short name in ASCII.
    pub const fn ascii(self) -> &'static str {
        match self {
            Self::Decision1095 => "QD 1095/QD-UBND",
            Self::Regulation1095 => "Quy che 1095/QD-UBND",
            Self::Law29Of2018 => "Luat 29/2018/QH14",
            Self::Law117Of2025 => "Luat 117/2025/QH15",
            Self::Decree26Of2020 => "ND 26/2020/ND-CP",
            Self::Decree63Of2026 => "ND 63/2026/ND-CP",
            Self::Decision45Of2018 => "QD 45/2018/QD-TTg",
        }
    }

    /// Its title, as the full form uses it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Decision1095 => {
                "Quyết định số 1095/QĐ-UBND ngày 05 tháng 6 năm 2023 của Ủy ban nhân dân tỉnh Lâm Đồng"
            }
            Self::Regulation1095 => {
                "Quy chế ban hành kèm theo Quyết định số 1095/QĐ-UBND ngày 05 tháng 6 năm 2023 \
                 của Ủy ban nhân dân tỉnh Lâm Đồng"
            }
            Self::Law29Of2018 => "Luật Bảo vệ bí mật nhà nước số 29/2018/QH14 ngày 15 tháng 11 năm 2018",
            Self::Law117Of2025 => "Luật Bảo vệ bí mật nhà nước số 117/2025/QH15",
            Self::Decree26Of2020 => "Nghị định số 26/2020/NĐ-CP ngày 28 tháng 02 năm 2020 của Chính phủ",
            Self::Decree63Of2026 => "Nghị định số 63/2026/NĐ-CP của Chính phủ",
            Self::Decision45Of2018 => "Quyết định số 45/2018/QĐ-TTg ngày 09 tháng 11 năm 2018 của Thủ tướng Chính phủ",
        }
    }

    /// Its title as far as its number: `Nghị định số 26/2020/NĐ-CP`.
    pub(super) fn numbered(self) -> &'static str {
        let title = self.title();
        let end = [" ngày ", " của "].into_iter().filter_map(|word| title.find(word)).min();
        &title[..end.unwrap_or(title.len())]
    }

    /// Its title in English.
    pub const fn title_en(self) -> &'static str {
        match self {
            Self::Decision1095 => "Decision 1095/QĐ-UBND of the People's Committee of Lâm Đồng province",
            Self::Regulation1095 => "the Regulation issued with Decision 1095/QĐ-UBND of Lâm Đồng province",
            Self::Law29Of2018 => "the Law on Protection of State Secrets 29/2018/QH14",
            Self::Law117Of2025 => "the Law on Protection of State Secrets 117/2025/QH15",
            Self::Decree26Of2020 => "Decree 26/2020/NĐ-CP",
            Self::Decree63Of2026 => "Decree 63/2026/NĐ-CP",
            Self::Decision45Of2018 => "Decision 45/2018/QĐ-TTg of the Prime Minister",
        }
    }

    /// Whether it is confirmed which of its articles say what is cited.
    pub const fn is_confirmed(self) -> bool {
        !matches!(self, Self::Law117Of2025 | Self::Decree63Of2026)
    }

    /// Whether the key form names it behind the place. The Quy chế is understood, the decision stands in front.
    pub(super) const fn named_in_key(self) -> bool {
        !matches!(self, Self::Decision1095 | Self::Regulation1095)
    }
}
