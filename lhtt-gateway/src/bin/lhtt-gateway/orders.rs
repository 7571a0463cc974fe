//! `submit`, `accept`, `status`: orders to a running border over its control socket, or, where none runs, decided here
//! under the lock of the store.

use super::arguments::Accept;
use super::{Failed, load, read, run::not_started};
use lhtt_core::change::Change;
use lhtt_core::decision::Decision;
use lhtt_core::ids::RegistrationId;
use lhtt_core::request::{self, Actor, Request, Role};
use lhtt_core::submission::Submission;
use lhtt_gateway::admission::allocate_alias;
use lhtt_gateway::config::{Config, StoreSettings};
use lhtt_gateway::driver::clock::Clock;
use lhtt_gateway::driver::control::{Answered, Order};
use lhtt_gateway::driver::journal::{Journal, JournalError};
use lhtt_gateway::driver::rng;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Hands in a registration.
pub(crate) fn submit(request: &Path, config: &Path) -> Result<ExitCode, Failed> {
    let config = load(config)?;
    let text = if request == Path::new("-") { stdin()? } else { read(request)? };
    let submission: Submission = serde_json::from_str(&text).map_err(|error| {
        let name = request.display();
        Failed::new(format_args!("đăng ký `{name}` sai: {error}"), format_args!("registration `{name}`: {error}"))
    })?;
    order(&config, Order::Submit { submission: Box::new(submission) })
}

/// Accepts a registration.
pub(crate) fn accept(arguments: Accept) -> Result<ExitCode, Failed> {
    let config = load(&arguments.config)?;
    let Accept { id, alias, room, by, .. } = arguments;
    let actor = Actor::new(&by, Role::TechnicalOperator);
    order(&config, Order::Accept { registration: RegistrationId(id), actor, alias, room })
}

/// Asks how things stand.
pub(crate) fn status(config: &Path, json: bool) -> Result<ExitCode, Failed> {
    let config = load(config)?;
    let Some(answered) = ask_running(&config, &Order::Status)? else {
        return Err(Failed::new("cổng biên không chạy", "the border does not run"));
    };
    let Answered::Status { status } = answered else { return Err(unexpected()) };
    if json {
        println!("{status}");
    } else {
        for (name, value) in status.as_object().into_iter().flatten() {
            println!("{name:24} {value}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn order(config: &Config, order: Order) -> Result<ExitCode, Failed> {
    let answered = match ask_running(config, &order)? {
        Some(answered) => answered,
        None => decide_here(config, order)?,
    };
    match answered {
        Answered::Decided { seq, decision } => Ok(tell(config, seq, &decision)),
        Answered::Unavailable => Err(Failed::new(
            "không ghi được nhật ký, chưa quyết định gì; xem log của cổng biên",
            "the journal cannot be written, nothing was decided; see the border's log",
        )),
        Answered::Misuse { why } => Err(Failed::because("lệnh sai", "not an order", why)),
        Answered::Stopping | Answered::Status { .. } => Err(unexpected()),
    }
}

fn unexpected() -> Failed {
    Failed::new("câu trả lời không đúng lệnh", "the answer is not that of the order")
}

/// The running border's answer; none if none runs.
fn ask_running(config: &Config, order: &Order) -> Result<Option<Answered>, Failed> {
    let failed = |error: io::Error| Failed::because("ổ cắm điều khiển", "control socket", error);
    let mut stream = match UnixStream::connect(config.control_socket()) {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            return Ok(None);
        }
        Err(error) => return Err(failed(error)),
    };
    stream.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    let mut line = serde_json::to_string(order).map_err(|error| failed(error.into()))?;
    line.push('\n');
    stream.write_all(line.as_bytes()).map_err(failed)?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).map_err(failed)?;
    serde_json::from_str(&answer).map(Some).map_err(|error| failed(error.into()))
}

/// Decides under the store's lock.
fn decide_here(config: &Config, order: Order) -> Result<Answered, Failed> {
    if config.store == StoreSettings::Memory {
        return Err(Failed::new(
            "cổng biên không chạy và nhật ký nằm trong bộ nhớ; hãy chạy `run` trước",
            "the border does not run and its journal is in memory; start `run` first",
        ));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failed::because("không khởi động được", "cannot start", error))?;
    let mut random = rng().map_err(not_started)?;
    let decided = runtime.block_on(async {
        let mut journal = Journal::open(&config.store, random.fork()).await?;
        let mut clock = Clock::new(config.driver.clock.clone(), journal.last());
        journal.configure(&config.facts, clock.now().wall).await?;
        let request = match order {
            Order::Submit { submission } => Request::Submit(submission),
            Order::Accept { registration, actor, alias, room } => {
                let prefix = &config.settings.alias_prefix;
                let alias = alias.or_else(|| allocate_alias(journal.registry(), prefix, &mut random));
                Request::Accept(request::Accept { registration, actor, alias: alias.unwrap_or_default(), room })
            }
            Order::Status | Order::Stop => return Ok(None),
        };
        journal.decide(&request, clock.now().wall).await.map(Some)
    });
    match decided {
        Ok(Some(entry)) => Ok(Answered::Decided { seq: entry.seq(), decision: Box::new(entry.decision().clone()) }),
        Ok(None) => Err(unexpected()),
        Err(error) => Err(no_journal(&error)),
    }
}

fn no_journal(error: &JournalError) -> Failed {
    Failed::because("nhật ký không dùng được", "the journal cannot be used", error)
}

/// Prints a decision and what came of it.
fn tell(config: &Config, seq: u64, decision: &Decision) -> ExitCode {
    println!("{}", decision.render_vi());
    println!("{}", decision.render_en());
    for change in &decision.changes {
        match change {
            Change::Registered(registration) => {
                let id = registration.id;
                println!("Đăng ký số {id}. Registration {id}. → lhtt-gateway accept {id}");
            }
            Change::Accepted(session) => {
                let (alias, room) = (&session.alias, &session.room);
                println!("Phiên họp: sip:{alias}@{} · E.164 {alias} · phòng (room) {room}", config.settings.domain);
            }
            _ => {}
        }
    }
    println!("Nhật ký, mục {seq}. Journal entry {seq}.");
    if decision.is_permit() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn stdin() -> Result<String, Failed> {
    let mut text = String::new();
    let read = io::stdin().take(REQUEST_OCTETS_MAX).read_to_string(&mut text);
    read.map_err(|error| Failed::because("đầu vào chuẩn", "standard input", error))?;
    Ok(text)
}

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longest registration.
const REQUEST_OCTETS_MAX: u64 = 1 << 20;
