//! Which files a feed takes.

/// Whether a path fits a pattern: `?` is one character, `*` any within a folder, `**` any at all.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<char>, Vec<char>) = (pattern.chars().collect(), path.chars().collect());
    // reached[at]: the pattern read so far fits the first `at` characters of the path.
    let mut reached = vec![false; path.len() + 1];
    reached[0] = true;
    let mut next = 0;
    while next < pattern.len() {
        let is_star = pattern[next] == '*';
        let before = reached.clone();
        let is_deep = is_star && pattern.get(next + 1) == Some(&'*');
        if is_star {
            for at in 0..path.len() {
                reached[at + 1] |= reached[at] && (is_deep || path[at] != '/');
            }
        } else {
            for at in (0..path.len()).rev() {
                let same = pattern[next] == path[at] || pattern[next] == '?' && path[at] != '/';
                reached[at + 1] = reached[at] && same;
            }
            reached[0] = false;
        }
        next += if is_deep { 2 } else { 1 };
        if is_deep && pattern.get(next) == Some(&'/') {
            // `**/` also stands for no folder at all.
            for at in (0..path.len()).rev() {
                reached[at + 1] = before[at + 1] || reached[at] && path[at] == '/';
            }
            next += 1;
        }
    }
    reached[path.len()]
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn fits_paths() {
        for (pattern, path, expected) in [
            ("sources/*.csv", "sources/a.csv", true),
            ("sources/*.csv", "sources/a/b.csv", false),
            ("sources/**.csv", "sources/a/b.csv", true),
            ("**/a.csv", "a.csv", true),
            ("**/a.csv", "x/y/a.csv", true),
            ("**/a.csv", "x/ya.csv", false),
            ("sources/202?-*.json", "sources/2025-10.json", true),
            ("a", "b", false),
            ("", "", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }
}
