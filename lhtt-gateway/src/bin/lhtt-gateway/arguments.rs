//! The arguments, and their help.

use crate::demo::{Demo, DemoPeer};
use clap::{Args, Parser, Subcommand};
use lhtt_core::journal::{Hash, Head};
use lhtt_gateway::inspect::Kind;
use std::path::PathBuf;

/// Cổng biên báo hiệu của hệ thống hội nghị trực tuyến tỉnh.
/// The signalling border of the provincial conferencing system.
///
/// Mã thoát (exit codes): 0 xong (done), 1 bị từ chối hoặc lỗi (refused or failed), 2 sai cách dùng (usage).
#[derive(Debug, Parser)]
#[command(name = "lhtt-gateway", version, verbatim_doc_comment)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Trình diễn hai cuộc gọi trên máy này. Show two calls on this machine.
    Demo(Demo),
    /// A peer of the demo, in a process of its own.
    #[command(subcommand, hide = true)]
    DemoPeer(DemoPeer),
    /// Chạy cổng biên cho đến SIGTERM. Run the border until SIGTERM.
    Run {
        /// Tệp cấu hình. The configuration file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Kiểm tra tệp cấu hình, giải thích cái gì mở, cái gì đóng. Check a configuration and explain what it opens.
    CheckConfig {
        /// Tệp cấu hình. The configuration file.
        file: PathBuf,
    },
    /// Nộp một đăng ký lịch họp. Hand in a registration.
    Submit {
        /// Tệp JSON của đăng ký, `-` là đầu vào chuẩn. The registration as JSON; `-` is standard input.
        request: PathBuf,
        /// Tệp cấu hình. The configuration file.
        #[arg(long, value_name = "FILE", default_value = CONFIG)]
        config: PathBuf,
    },
    /// Chấp nhận một đăng ký và cấp số cho phiên họp. Accept a registration and give its session a number.
    Accept(Accept),
    /// Tình trạng của cổng biên đang chạy. How the running border stands.
    Status {
        /// Tệp cấu hình. The configuration file.
        #[arg(long, value_name = "FILE", default_value = CONFIG)]
        config: PathBuf,
        /// Một đối tượng JSON. One JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Nhật ký. The journal.
    Journal {
        #[command(subcommand)]
        command: JournalCommand,
    },
    /// Đọc octet trên đường truyền, in một đối tượng JSON. Read octets of the wire and print one JSON object.
    Inspect(Inspect),
    /// Quyết định một yêu cầu theo dữ kiện trong tệp, in quyết định dạng JSON. Decide one request on the facts of a file and
    /// print the decision as JSON. See docs/decide.md.
    ///
    /// Mã thoát (exit codes): 0 chấp thuận hoặc một giá trị (permit, or a value), 1 khác (otherwise), 2 tệp sai (a wrong file).
    Decide(Decide),
}

#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// Tệp JSON, `-` là đầu vào chuẩn. The case as JSON; `-` is standard input.
    pub file: PathBuf,
    /// In bằng lời, tiếng Việt rồi tiếng Anh. Print it in words, Vietnamese and then English.
    #[arg(long)]
    pub text: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Accept {
    /// Số của đăng ký. The number of the registration.
    pub id: u64,
    /// Số của phiên họp, mặc định cấp ngẫu nhiên. Digits of the session; allocated at random by default.
    #[arg(long, value_name = "DIGITS")]
    pub alias: Option<String>,
    /// Số phòng trên MCU, mặc định là số của phiên họp. The room on the MCU; the session's number by default.
    #[arg(long, value_name = "NUMBER")]
    pub room: Option<String>,
    /// Ai chấp nhận. Who accepts.
    #[arg(long, value_name = "NAME", default_value = "Cán bộ trực")]
    pub by: String,
    /// Tệp cấu hình. The configuration file.
    #[arg(long, value_name = "FILE", default_value = CONFIG)]
    pub config: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// Kiểm tra chuỗi băm của nhật ký. Check the journal's chain of hashes.
    Verify(Verify),
    /// Xuất nhật ký, mỗi dòng một mục. Print the journal, one entry a line.
    Export(Export),
    /// Xóa một tên hoặc số điện thoại khỏi phần dữ liệu cá nhân; chuỗi băm vẫn nguyên. Erase a name or telephone number from
    /// the personal data beside the journal; the chain still verifies. The border must not run.
    Erase(Erase),
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Tệp cấu hình. The configuration file.
    #[arg(long, value_name = "FILE", default_value = CONFIG)]
    pub config: PathBuf,
    /// Tệp nhật ký: SQLite, hoặc mỗi dòng một mục. The journal: SQLite, or one entry a line.
    #[arg(long, value_name = "FILE", conflicts_with = "config")]
    pub file: Option<PathBuf>,
    /// In dữ liệu cá nhân thay cho các mục. Print the personal data beside the journal, not its entries.
    #[arg(long)]
    pub personal: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Erase {
    /// Tên hoặc số điện thoại, đúng như đã ghi. The name or telephone number, as it was written.
    pub text: String,
    /// Tệp cấu hình. The configuration file.
    #[arg(long, value_name = "FILE", default_value = CONFIG)]
    pub config: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Tệp cấu hình. The configuration file.
    #[arg(long, value_name = "FILE", default_value = CONFIG)]
    pub config: PathBuf,
    /// Tệp nhật ký: SQLite, hoặc mỗi dòng một mục. The journal: SQLite, or one entry a line.
    #[arg(long, value_name = "FILE", conflicts_with = "config")]
    pub file: Option<PathBuf>,
    /// Mục đã biết, SỐ:BĂM như lệnh này in ra; phát hiện nhật ký bị cắt đuôi. A known head, SEQ:HASH as printed by this
    /// command, to detect a journal that was cut off.
    #[arg(long, value_name = "SEQ:HASH", value_parser = head)]
    pub known: Option<Head>,
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// sip | sdp | tpkt | q931 | ras | h225 | h245 | olc
    #[arg(required_unless_present = "tsv")]
    pub kind: Option<Kind>,
    /// Tệp octet, `-` hoặc bỏ trống là đầu vào chuẩn. A file of octets; `-` or nothing is standard input.
    pub file: Option<PathBuf>,
    /// Đầu vào là số thập lục phân. The input is hexadecimal.
    #[arg(long)]
    pub hex: bool,
    /// Thêm `reencoded`: octet mà ta viết cho giá trị đã đọc. Add `reencoded`, what we write for the value read.
    #[arg(long)]
    pub reencode: bool,
    /// Đọc các dòng tên TAB kiểu TAB hex. Read rows of name TAB type TAB hex.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "file", "hex", "reencode"])]
    pub tsv: Option<PathBuf>,
}

fn head(text: &str) -> Result<Head, String> {
    let parsed =
        text.split_once(':').and_then(|(seq, hash)| Some(Head { seq: seq.parse().ok()?, hash: Hash::from_hex(hash)? }));
    parsed.ok_or_else(|| "a number, a colon and 64 hexadecimal digits".to_owned())
}

/// Where the configuration is looked for when none is named.
const CONFIG: &str = "gateway.toml";
