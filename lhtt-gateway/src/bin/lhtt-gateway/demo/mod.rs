//! `demo`: a Government SIP system over mutual TLS and a provincial H.323 MCU, each a process of its own, with the border
//! between them. One call of an accepted session is connected and its media compared octet by octet; one of no session
//! is refused. Nothing is shared but sockets: what is printed is what the peers saw.

mod government;
mod ladder;
mod mcu;
mod stage;
mod talk;
mod wire;

use super::Failed;
use clap::{Args, Subcommand};
use ladder::{Line, Report};
use lhtt_core::journal::{Entry, verify};
use lhtt_gateway::store::read_sqlite;
use stage::{ACCEPTED_ROOM, Stage, UNKNOWN_ALIAS};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Kết thúc ngay, mã thoát 0 chỉ khi đã thấy đủ. End at once, with 0 only if all of it was seen.
    #[arg(long)]
    pub exit: bool,
}

/// One of the demo's peers, as a process of its own.
#[derive(Debug, Subcommand)]
pub(crate) enum DemoPeer {
    /// The Government's SIP system: one call.
    Government(government::Government),
    /// The provincial MCU: takes calls until its standard input ends.
    Mcu(mcu::Mcu),
}

impl DemoPeer {
    pub(crate) fn run(self) -> Result<ExitCode, Failed> {
        let failed = |error| Failed::because("điểm cuối trình diễn", "demo peer", error);
        match self {
            Self::Government(government) => government.run().map_err(failed)?,
            Self::Mcu(mcu) => mcu.run().map_err(failed)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Plays both calls, shows them, and stays up unless told to end.
pub(crate) fn demo(arguments: &Demo) -> Result<ExitCode, Failed> {
    let stage = Stage::build()?;
    println!("Trình diễn trong {0}. Demo in {0}.\n", stage.folder().display());
    let mcu = Mcu::start(&stage)?;
    let mut border = Border::start(&stage)?;

    let accepted = call(&stage, &stage.alias)?;
    let room = mcu.report();
    ladder::print(
        &format!("1. Phiên họp đã chấp nhận, số {}. The accepted session.", stage.alias),
        &[&accepted.lines, &room.lines],
    );
    let media = ladder::compare_media(&accepted, &room);

    let refused = call(&stage, UNKNOWN_ALIAS)?;
    thread::sleep(Duration::from_millis(300));
    let silence = mcu.lines();
    ladder::print(
        &format!("2. Số {UNKNOWN_ALIAS} không có phiên họp nào. A number that no session has."),
        &[&refused.lines, &silence],
    );
    let article = show_refusal(&stage, &refused)?;
    let silent = silence.is_empty();
    println!("MCU không nhận octet nào của cuộc gọi bị từ chối. No octet of it reached the MCU: {}\n", yes(silent));

    let connected = accepted.status == Some(200) && room.called.as_deref() == Some(ACCEPTED_ROOM);
    let all = connected && media && refused.status == Some(403) && article && silent;
    println!("Đã thấy đủ. All of it was seen: {}", yes(all));
    if arguments.exit || !all {
        border.stop();
        if all {
            stage.remove();
        }
        return Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    println!("\n{}", stage.how_to_call());
    border.wait();
    stage.remove();
    Ok(ExitCode::SUCCESS)
}

fn yes(is: bool) -> &'static str {
    if is { "có / yes" } else { "KHÔNG / NO" }
}

/// One call of the Government's system.
fn call(stage: &Stage, alias: &str) -> Result<Report, Failed> {
    let output =
        stage.command(&["demo-peer", "government"]).args(stage.government(alias)).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| Failed::because("không chạy được", "cannot be run", error))?;
    Ok(Report::read(output.stdout.split(|&octet| octet == b'\n').map(String::from_utf8_lossy)))
}

/// The refusal as the journal has it; whether it names an article, and the caller heard the same one.
fn show_refusal(stage: &Stage, refused: &Report) -> Result<bool, Failed> {
    let lines = read_sqlite_blocking(stage)?;
    if let Err(broken) = verify(&lines) {
        return Err(Failed::because("nhật ký hỏng", "the journal is broken", broken));
    }
    let entries = lines.iter().rev().filter_map(|line| Entry::from_line(line).ok());
    let refusal = entries.into_iter().find(|entry| !entry.decision().is_permit());
    let Some(refusal) = refusal else { return Ok(false) };
    println!("{}\n", refusal.decision().render_vi());
    let heard = refused.warning.as_deref().is_some_and(|warning| warning.contains(&refusal.decision().ascii()));
    println!("Bên gọi được nghe điều khoản đó. The caller heard that article: {}", yes(heard));
    Ok(heard)
}

fn read_sqlite_blocking(stage: &Stage) -> Result<Vec<String>, Failed> {
    let failed =
        |error: &dyn std::fmt::Display| Failed::because("không đọc được nhật ký", "cannot read the journal", error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| failed(&error))?;
    runtime.block_on(read_sqlite(&stage.journal())).map_err(|error| failed(&error))
}

/// The border's process.
struct Border(Child);

impl Border {
    fn start(stage: &Stage) -> Result<Self, Failed> {
        let mut command = stage.command(&["run", "--config"]);
        let mut child = command.arg(stage.config()).stderr(Stdio::piped()).spawn().map_err(not_started)?;
        let (tell, told) = mpsc::channel();
        if let Some(stderr) = child.stderr.take() {
            let log = stage.log();
            thread::spawn(move || follow(stderr, &log, &tell));
        }
        match told.recv_timeout(START_WITHIN) {
            Ok(()) => Ok(Self(child)),
            Err(_) => {
                let log = std::fs::read_to_string(stage.log()).unwrap_or_default();
                drop(Self(child));
                Err(Failed::because("cổng biên không sẵn sàng", "the border did not become ready", log))
            }
        }
    }

    /// Asks it to end in good order.
    fn stop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.0);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.0.wait();
    }

    fn wait(&mut self) {
        let _ = self.0.wait();
    }
}

impl Drop for Border {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Copies the border's log to a file, and tells when it is ready.
fn follow(stderr: impl Read, log: &std::path::Path, ready: &mpsc::Sender<()>) {
    let Ok(mut file) = std::fs::File::create(log) else { return };
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        let _ = std::io::Write::write_all(&mut file, format!("{line}\n").as_bytes());
        if line.contains("The border is ready.") {
            let _ = ready.send(());
        }
    }
}

/// The MCU's process. It ends when its standard input does.
struct Mcu {
    child: Child,
    lines: Receiver<String>,
}

impl Mcu {
    fn start(stage: &Stage) -> Result<Self, Failed> {
        let mut command = stage.command(&["demo-peer", "mcu"]);
        command.args(stage.mcu()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(not_started)?;
        let (tell, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
            });
        }
        let mcu = Self { child, lines };
        match mcu.lines.recv_timeout(START_WITHIN) {
            Ok(_) => Ok(mcu),
            Err(error) => Err(not_started(std::io::Error::other(error))),
        }
    }

    /// What it says of the call that has just ended.
    fn report(&self) -> Report {
        let mut report = Report::default();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_secs(5)) {
            if report.take(&line) {
                break;
            }
        }
        report
    }

    /// What it has seen since.
    fn lines(&self) -> Vec<Line> {
        Report::read(self.lines.try_iter()).lines
    }
}

impl Drop for Mcu {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn not_started(error: std::io::Error) -> Failed {
    Failed::because("không khởi động được", "cannot be started", error)
}

/// A debug build on a slow machine starts in a fraction of it.
const START_WITHIN: Duration = Duration::from_secs(20);
