//! `journal verify`: the chain of hashes, checked beside a running border too.

use super::arguments::Verify;
use super::{Failed, load, read};
use lhtt_core::journal::{Broken, Head, verify as verify_chain, verify_to};
use lhtt_gateway::config::StoreSettings;
use lhtt_gateway::store::{StoreError, read_sqlite};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Prints the head of a sound journal.
pub(crate) fn verify(arguments: &Verify) -> Result<ExitCode, Failed> {
    let file = match &arguments.file {
        Some(file) => file.clone(),
        None => configured(&arguments.config)?,
    };
    let lines = lines(&file)?;
    match check(&lines, arguments.known.as_ref()) {
        Ok(Head { seq, hash }) => {
            println!("Nhật ký nguyên vẹn: {seq} mục. The journal is sound: {seq} entries.\n{seq}:{hash}");
            Ok(ExitCode::SUCCESS)
        }
        Err(Broken { seq, why }) => {
            println!("Nhật ký hỏng tại mục {seq}: {why}\nThe journal is broken at entry {seq}: {why}");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn check(lines: &[String], known: Option<&Head>) -> Result<Head, Broken> {
    match known {
        Some(known) => verify_to(lines, known),
        None => verify_chain(lines),
    }
}

fn configured(config: &Path) -> Result<PathBuf, Failed> {
    match load(config)?.store {
        StoreSettings::Sqlite { path, .. } => Ok(path),
        StoreSettings::Memory => Err(Failed::new(
            "nhật ký nằm trong bộ nhớ (store.kind = \"memory\"), không có gì để kiểm tra",
            "the journal is in memory (store.kind = \"memory\"), there is nothing to verify",
        )),
    }
}

fn lines(file: &Path) -> Result<Vec<String>, Failed> {
    let mut magic = [0; SQLITE_MAGIC.len()];
    let is_sqlite = File::open(file).and_then(|mut file| file.read_exact(&mut magic)).is_ok() && magic == *SQLITE_MAGIC;
    if !is_sqlite {
        return Ok(read(file)?.lines().map(str::to_owned).collect());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| StoreError::Unreadable(error.to_string()));
    let lines = runtime.and_then(|runtime| runtime.block_on(read_sqlite(file)));
    lines.map_err(|error| Failed::because("không đọc được nhật ký", "cannot read the journal", error))
}

/// How an SQLite file begins.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";
