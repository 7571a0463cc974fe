//! The rules of the house, held over the whole work tree: who may import whom, what only the outermost parts may touch, lengths,
//! and no marks of unfinished work. CONTRIBUTING.md says the rules in words; `house/rules.rs` holds them and shows that each bites.
#![allow(clippy::disallowed_methods, reason = "it reads the sources")]

#[path = "house/lex.rs"]
mod lex;
#[path = "house/rules.rs"]
mod rules;

use std::path::{Path, PathBuf};

/// Files whose text is read for marks.
const TEXT: &[&str] = &["rs", "toml", "md", "py", "xml", "sh", "txt", ""];
/// What holds no sources; `.git` is a file in a second work tree.
const SKIPPED: &[&str] = &["target", ".git", "node_modules", "corpus", "vectors", "__pycache__"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the workspace").to_owned()
}

/// Every file below a folder, skipped folders aside.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let skipped = SKIPPED.iter().any(|skip| name == *skip) || name.to_string_lossy().starts_with("lhtt-demo");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !skipped => files(&path, out),
            Ok(kind)
                if kind.is_file()
                    && !skipped
                    && TEXT.contains(&path.extension().and_then(|e| e.to_str()).unwrap_or("")) =>
            {
                out.push(path)
            }
            _ => {}
        }
    }
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).expect("found below it").to_string_lossy().replace('\\', "/")
}

fn sources() -> Vec<(String, String)> {
    let (root, mut found) = (root(), Vec::new());
    files(&root, &mut found);
    found.sort();
    let text = |path: PathBuf| std::fs::read_to_string(&path).ok().map(|text| (relative(&path, &root), text));
    found.into_iter().filter_map(text).collect()
}

#[test]
fn the_sources_keep_the_rules() {
    let mut breaches = Vec::new();
    for (file, text) in sources() {
        breaches.extend(if file.ends_with(".rs") { rules::check(&file, &text) } else { rules::marks(&file, &text) });
    }
    let lines: Vec<String> =
        breaches.iter().map(|breach| format!("{}:{}: {}", breach.file, breach.line, breach.what)).collect();
    assert!(lines.is_empty(), "{} breaches\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn the_list_of_long_functions_only_shrinks() {
    for (file, name, _) in rules::LONG_FUNCTIONS {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
        let mut found = lex::functions(&lex::tokens(&text)).into_iter().filter(|function| function.name == *name);
        let long = found.any(|function| function.lines > rules::FUNCTION_LINES_MAX);
        assert!(long, "{file}: `{name}` is short now: take it off the list");
    }
}

#[test]
fn every_crate_is_read() {
    let files = sources();
    for crate_root in ["lhtt-core/src/lib.rs", "lhtt-sip/src/lib.rs", "lhtt-h323/src/lib.rs", "lhtt-gateway/src/lib.rs"]
    {
        assert!(files.iter().any(|(file, _)| file == crate_root), "{crate_root}");
    }
}

#[test]
fn stacks_take_the_core_without_the_law() {
    let (_, workspace) =
        sources().into_iter().find(|(file, _)| file == "Cargo.toml").expect("the workspace has a manifest");
    let line =
        workspace.lines().find(|line| line.starts_with("lhtt-core")).expect("the core is a workspace dependency");
    assert!(line.contains("default-features = false"), "{line}");
    for stack in ["lhtt-sip", "lhtt-h323"] {
        let manifest =
            std::fs::read_to_string(root().join(stack).join("Cargo.toml")).expect("the stack has a manifest");
        let core = manifest.lines().find(|line| line.starts_with("lhtt-core")).expect("the stack uses the core");
        assert!(!core.contains("regulation"), "{stack}: {core}");
        let other = if stack == "lhtt-sip" { "lhtt-h323" } else { "lhtt-sip" };
        assert!(!manifest.contains(other), "{stack} depends on {other}");
    }
}
