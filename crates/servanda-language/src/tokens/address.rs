//! Is this a web or mail address? Then it is one token.

/// Ends of bare host and file names that are read as addresses.
const ENDS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "mil", "int", "info", "io", "co", "uk", "eu", "us", "doc", "docx",
    "pdf", "xls", "xlsx", "htm", "html", "php", "jpg", "png", "txt", "zip", "tv", "url", "csv",
];

/// Longest local part of a mail address in bytes (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL_BYTES: usize = 64;

/// One past the last byte of an address that begins at `at`.
pub(super) fn address(chunk: &str, at: usize) -> Option<usize> {
    let rest = &chunk[at..];
    if is_web(rest) {
        return Some(at + trimmed(rest).len()).filter(|end| *end > at);
    }
    let local = rest.bytes().take(MAX_LOCAL_BYTES).take_while(|byte| is_local(*byte)).count();
    if local == 0 || rest.as_bytes().get(local) != Some(&b'@') {
        return None;
    }
    let host = rest[local + 1..]
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(byte))
        .count();
    (host > 0).then(|| at + trimmed(&rest[..local + 1 + host]).len())
}

/// Whether a host or file name ends with this part: `example.org`.
pub(super) fn is_ending(part: &str) -> bool {
    part.len() <= 4 && ENDS.contains(&part)
}

fn is_web(rest: &str) -> bool {
    let has = |start: &str| {
        rest.as_bytes().get(..start.len()).is_some_and(|there| there.eq_ignore_ascii_case(start.as_bytes()))
    };
    ["http://", "https://", "ftp://", "www.", "mailto:"].into_iter().any(has)
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte)
}

/// Without the marks behind it; a closing bracket stays where the address opened one.
fn trimmed(address: &str) -> &str {
    let mut address = address;
    let mut n_open = address.matches('(').count() as i64 - address.matches(')').count() as i64;
    while let Some(last) = address.chars().next_back() {
        let is_mark = matches!(
            last,
            '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '>' | ']' | '\u{2019}' | '\u{201d}' | '\u{bb}'
        );
        if !(is_mark || last == ')' && n_open < 0) {
            break;
        }
        n_open += i64::from(last == ')');
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}
