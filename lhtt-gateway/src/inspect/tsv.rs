//! Tables of PER vectors, a row at a time: `name TAB type TAB hex` becomes `name TAB ok TAB hex as we write it`, or
//! `unsupported` or `error` and the reason. Any number of rows; memory holds one.

use super::{hex, per};
use std::io::{self, BufRead, Read, Write};

/// Octets of a row: a message of 64 KiB in hex, with room for its name.
const ROW_BYTES_MAX: u64 = 1 << 18;

/// Reads rows, writes as many. Empty rows are passed over.
///
/// # Errors
/// Only where reading or writing fails; a row that cannot be taken says so in its own answer.
pub fn tsv(mut rows: impl BufRead, mut out: impl Write) -> io::Result<()> {
    let mut row = Vec::new();
    loop {
        row.clear();
        if rows.by_ref().take(ROW_BYTES_MAX).read_until(b'\n', &mut row)? == 0 {
            return out.flush();
        }
        if !row.ends_with(b"\n") && row.len() as u64 == ROW_BYTES_MAX {
            rows.skip_until(b'\n')?;
        }
        let text = row.trim_ascii_end();
        if text.is_empty() {
            continue;
        }
        let mut columns = text.splitn(3, |octet| *octet == b'\t');
        let name = columns.next().unwrap_or_default();
        let (verdict, detail) = answer(columns.next(), columns.next(), row.len() as u64 == ROW_BYTES_MAX);
        out.write_all(name)?;
        writeln!(out, "\t{verdict}\t{detail}")?;
    }
}

fn answer(type_name: Option<&[u8]>, octets: Option<&[u8]>, cut: bool) -> (&'static str, String) {
    if cut {
        return ("error", format!("the row is longer than {ROW_BYTES_MAX} octets"));
    }
    let (Some(type_name), Some(text)) = (type_name, octets) else {
        return ("error", "a row is name, type and hex, with tabs between them".to_owned());
    };
    let octets = match hex::read(text) {
        Ok(octets) => octets,
        Err(fault) => return ("error", fault.text),
    };
    let type_name = String::from_utf8_lossy(type_name);
    match per::reencode(&type_name, &octets) {
        None => ("unsupported", format!("type `{}`", type_name.escape_debug())),
        Some(Ok(octets)) => ("ok", hex::write(&octets)),
        Some(Err(error)) => {
            let shown = per::shown(&error);
            (if shown.fault == "unsupported" { "unsupported" } else { "error" }, shown.text)
        }
    }
}
