//! `journal verify` and `journal export`, beside a running border too; `journal erase`, while none runs.

use super::arguments::{Erase, Export, Verify};
use super::{Failed, load, read};
use lhtt_core::journal::{Broken, Clear, Head, Personal, verify as verify_chain, verify_to};
use lhtt_gateway::config::StoreSettings;
use lhtt_gateway::store::{Sqlite, SqliteOptions, Store, StoreError, read_sqlite, read_sqlite_personal};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Prints the head of a sound journal.
pub(crate) fn verify(arguments: &Verify) -> Result<ExitCode, Failed> {
    let file = match &arguments.file {
        Some(file) => file.clone(),
        None => configured(&arguments.config)?,
    };
    let lines = lines(&file)?;
    let personal = personal(&file)?;
    let kept = personal.len();
    if let Err(digest) = Clear::new(personal) {
        println!("Dữ liệu cá nhân {digest} bị sửa.\nThe personal data of digest {digest} were changed.");
        return Ok(ExitCode::FAILURE);
    }
    match check(&lines, arguments.known.as_ref()) {
        Ok(Head { seq, hash }) => {
            if kept > 0 {
                println!("Dữ liệu cá nhân còn giữ: {kept} mục. Personal data kept: {kept}.");
            }
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

/// Prints the lines, or the records of personal data.
pub(crate) fn export(arguments: &Export) -> Result<ExitCode, Failed> {
    let file = match &arguments.file {
        Some(file) => file.clone(),
        None => configured(&arguments.config)?,
    };
    let said = match arguments.personal {
        true => personal(&file)?.iter().filter_map(|one| serde_json::to_string(one).ok()).collect(),
        false => lines(&file)?,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = said.iter().try_for_each(|line| writeln!(out, "{line}")).and_then(|()| out.flush());
    written.map_err(|error| Failed::because("ghi", "writing", error))?;
    Ok(ExitCode::SUCCESS)
}

/// Erases every record of a text.
pub(crate) fn erase(arguments: &Erase) -> Result<ExitCode, Failed> {
    let file = configured(&arguments.config)?;
    let erased = block_on(async {
        let mut store = Sqlite::open(&file, SqliteOptions::default()).await?;
        let records = store.personal().await?;
        let digests: Vec<_> = records.iter().filter(|one| one.text == arguments.text).map(|one| one.digest).collect();
        let erased = store.erase(&digests).await?;
        store.close().await.map(|()| erased)
    })?;
    println!("Đã xóa {erased} mục dữ liệu cá nhân. Personal data erased: {erased}.");
    Ok(if erased > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn lines(file: &Path) -> Result<Vec<String>, Failed> {
    match is_sqlite(file) {
        true => block_on(read_sqlite(file)),
        false => Ok(read(file)?.lines().map(str::to_owned).collect()),
    }
}

/// The records beside an SQLite journal; lines alone have none.
fn personal(file: &Path) -> Result<Vec<Personal>, Failed> {
    match is_sqlite(file) {
        true => block_on(read_sqlite_personal(file)),
        false => Ok(Vec::new()),
    }
}

fn is_sqlite(file: &Path) -> bool {
    let mut magic = [0; SQLITE_MAGIC.len()];
    File::open(file).and_then(|mut file| file.read_exact(&mut magic)).is_ok() && magic == *SQLITE_MAGIC
}

fn block_on<T>(work: impl Future<Output = Result<T, StoreError>>) -> Result<T, Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| StoreError::Unreadable(error.to_string()));
    let done = runtime.and_then(|runtime| runtime.block_on(work));
    done.map_err(|error| Failed::because("nhật ký không dùng được", "the journal cannot be used", error))
}

/// How an SQLite file begins.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";
