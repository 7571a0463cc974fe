//! Just enough of Rust's lexical structure to read who names whom: words and punctuation with their lines, without comments and
//! literals; paths with `use` groups unfolded; function spans. Leaves out everything that needs a parser.

/// One word or one punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// The text; `::` and `->` are one token, any other mark is one character.
    pub(crate) text: String,
}

/// A path as written, `use` groups unfolded: `use a::{b, c::d}` is `a::b` and `a::c::d`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    /// Where its last word stands.
    pub(crate) line: usize,
    /// The words.
    pub(crate) words: Vec<String>,
}

/// A function and how many lines lie between its `fn` and its last brace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// Where it starts.
    pub(crate) line: usize,
    /// Its name.
    pub(crate) name: String,
    /// Its length.
    pub(crate) lines: usize,
}

/// The words and marks of a source text.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let (mut at, mut line, mut out) = (0, 1, Vec::new());
    while at < chars.len() {
        let end = match skip(&chars, at) {
            Some(end) => end,
            None => {
                let end = token_end(&chars, at);
                out.push(Token { line, text: chars[at..end].iter().collect() });
                end
            }
        };
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    out
}

/// Where the space, comment or literal that starts here ends; none if a token starts here.
fn skip(chars: &[char], at: usize) -> Option<usize> {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        c if c.is_whitespace() => Some(at + 1),
        '/' if next == Some('/') => Some(find(chars, at, |c| c == '\n')),
        '/' if next == Some('*') => Some(block_comment(chars, at)),
        '"' => Some(string(chars, at)),
        'r' | 'b' | 'c' if !follows_word(chars, at) => prefixed_literal(chars, at),
        '\'' => char_literal(chars, at),
        _ => None,
    }
}

fn follows_word(chars: &[char], at: usize) -> bool {
    at > 0 && is_word(chars[at - 1])
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn find(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|at| wanted(chars[*at])).unwrap_or(chars.len())
}

fn block_comment(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (at, depth) = (at + 2, depth + 1),
            ('*', Some('/')) if depth == 1 => return at + 2,
            ('*', Some('/')) => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    chars.len()
}

fn string(chars: &[char], quote: usize) -> usize {
    let mut at = quote + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

/// `r"…"`, `r#"…"#`, `b"…"`, `br#"…"#`, `b'…'`, `c"…"`.
fn prefixed_literal(chars: &[char], start: usize) -> Option<usize> {
    let mut at = start + 1;
    if matches!(chars[start], 'b' | 'c') && chars.get(at) == Some(&'r') {
        at += 1;
    }
    let raw = chars[at - 1] == 'r';
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    match chars.get(at + hashes) {
        Some('"') if raw => Some(raw_string(chars, at + hashes, hashes)),
        Some('"') if hashes == 0 => Some(string(chars, at)),
        Some('\'') if hashes == 0 && chars[start] == 'b' => char_literal(chars, at),
        _ => None,
    }
}

fn raw_string(chars: &[char], quote: usize, hashes: usize) -> usize {
    let closes =
        |at: usize| chars[at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes;
    (quote + 1..chars.len()).find(|at| closes(*at)).map_or(chars.len(), |at| at + 1 + hashes)
}

/// A character literal; none for a lifetime.
fn char_literal(chars: &[char], quote: usize) -> Option<usize> {
    match (chars.get(quote + 1), chars.get(quote + 2)) {
        (Some('\\'), _) => Some(find(chars, quote + 3, |c| c == '\'') + 1),
        (Some(_), Some('\'')) => Some(quote + 3),
        _ => None,
    }
}

fn token_end(chars: &[char], at: usize) -> usize {
    if is_word(chars[at]) {
        return find(chars, at, |c| !is_word(c));
    }
    let pair = chars.get(at + 1).map(|next| (chars[at], *next));
    if matches!(pair, Some((':', ':') | ('-', '>'))) { at + 2 } else { at + 1 }
}

/// Leaves out what `#[cfg(test)]` stands before: a module, a function, an import.
pub(crate) fn without_tests(tokens: &[Token]) -> Vec<Token> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let (mut at, mut out) = (0, Vec::new());
    while at < tokens.len() {
        let window = tokens[at..].iter().take(MARK.len()).map(|token| token.text.as_str());
        if window.eq(MARK) {
            at = item_end(tokens, at + MARK.len());
        } else {
            out.push(tokens[at].clone());
            at += 1;
        }
    }
    out
}

/// The end of the item that starts here: its `;`, or its braces.
fn item_end(tokens: &[Token], start: usize) -> usize {
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token.text.as_str() {
            ";" => return at + 1,
            "{" => return closing(tokens, at) + 1,
            _ => {}
        }
    }
    tokens.len()
}

/// The brace that closes the one at `open`.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth <= 1 => return at,
            "}" => depth -= 1,
            _ => {}
        }
    }
    tokens.len().saturating_sub(1)
}

/// Every path in the tokens.
pub(crate) fn paths(tokens: &[Token]) -> Vec<Path> {
    let (mut at, mut out) = (0, Vec::new());
    while at < tokens.len() {
        if tokens[at].text.starts_with(is_word) { at = path(tokens, at, &[], &mut out) } else { at += 1 }
    }
    out
}

/// Reads one path, or one branch of a group, and what hangs below it; gives where to go on.
fn path(tokens: &[Token], start: usize, prefix: &[String], out: &mut Vec<Path>) -> usize {
    let (mut at, mut words) = (start, prefix.to_vec());
    loop {
        words.push(tokens[at].text.clone());
        let line = tokens[at].line;
        let text = |offset: usize| tokens.get(at + offset).map(|token| token.text.as_str());
        match (text(1), text(2)) {
            (Some("::"), Some("{")) => return group(tokens, at + 3, &words, out),
            (Some("::"), Some(next)) if next.starts_with(is_word) || next == "*" => at += 2,
            _ => {
                out.push(Path { line, words });
                return at + 1;
            }
        }
    }
}

fn group(tokens: &[Token], start: usize, prefix: &[String], out: &mut Vec<Path>) -> usize {
    let mut at = start;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "}" => return at + 1,
            "as" => at += 2,
            text if text.starts_with(is_word) || text == "*" => at = path(tokens, at, prefix, out),
            _ => at += 1,
        }
    }
    at
}

/// Every function that has a body.
pub(crate) fn functions(tokens: &[Token]) -> Vec<Function> {
    let mut out = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.text == "fn") {
        let Some(name) = tokens.get(at + 1).filter(|name| name.text.starts_with(is_word)) else { continue };
        let body =
            tokens[at..].iter().position(|token| matches!(token.text.as_str(), "{" | ";")).map(|offset| at + offset);
        if let Some(open) = body.filter(|open| tokens[*open].text == "{") {
            let lines = tokens[closing(tokens, open)].line - token.line;
            out.push(Function { line: token.line, name: name.text.clone(), lines });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        tokens(source).into_iter().map(|token| token.text).collect()
    }

    fn written(source: &str) -> Vec<String> {
        paths(&tokens(source)).into_iter().map(|path| path.words.join("::")).collect()
    }

    #[test]
    fn comments_and_literals_are_no_words() {
        assert_eq!(words("a // b\n/* c /* d */ e */ f"), ["a", "f"]);
        assert_eq!(words(r##"a "b \" c" d r#"e " f"# g b'h' i b"j" k"##), ["a", "d", "g", "i", "k"]);
        assert_eq!(words("'a' b 'c: '\\'' d '\\u{41}' e"), ["b", "'", "c", ":", "d", "e"]);
        assert_eq!(words("bar::<'a>(r)"), ["bar", "::", "<", "'", "a", ">", "(", "r", ")"]);
        assert_eq!(tokens("a\n\"x\ny\"\nb")[1].line, 4);
    }

    #[test]
    fn groups_are_unfolded() {
        assert_eq!(written("use a::{b, c::{self, d}, e as f};"), ["use", "a::b", "a::c::self", "a::c::d", "a::e"]);
        assert_eq!(written("x.y(crate::driver::run)"), ["x", "y", "crate::driver::run"]);
        assert_eq!(written("use a::*;"), ["use", "a::*"]);
    }

    #[test]
    fn test_modules_are_left_out() {
        let kept = without_tests(&tokens("a #[cfg(test)] mod tests { b { c } } d #[cfg(test)] use e; f"));
        assert_eq!(kept.iter().map(|token| token.text.as_str()).collect::<Vec<_>>(), ["a", "d", "f"]);
    }

    #[test]
    fn functions_are_measured() {
        let found = functions(&tokens("trait T { fn a(); }\nfn b() {\n if x {\n }\n}\nlet f: fn(u8) = c;"));
        assert_eq!(found, [Function { line: 2, name: "b".into(), lines: 3 }]);
    }
}
