//! `check-config`: what is wrong with a file, or what a right one opens and closes.

use super::{Failed, load, warn};
use std::path::Path;
use std::process::ExitCode;

/// Prints the explanation.
pub(crate) fn check(file: &Path) -> Result<ExitCode, Failed> {
    let config = load(file)?;
    for name in config
        .driver
        .tls
        .iter()
        .flat_map(|tls| [&tls.certificate, &tls.key].into_iter().chain(tls.anchors.iter().map(|(_, file)| file)))
    {
        std::fs::metadata(name).map_err(|error| {
            let name = name.display();
            Failed::new(format_args!("không có tệp `{name}`: {error}"), format_args!("no file `{name}`: {error}"))
        })?;
    }
    println!("Cấu hình đúng. The configuration is right.");
    print!("{}", config.explain());
    warn(&config);
    Ok(ExitCode::SUCCESS)
}
