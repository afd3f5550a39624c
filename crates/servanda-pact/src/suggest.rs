//! "Did you mean": the closest of the declared names.

/// Names longer than this are not compared: the distance is quadratic.
const MAX_CHARS: usize = 64;

/// The closest candidate, where it is close enough to be meant: at most a third of the letters differ.
///
/// Ties go to the first in byte order, so that the order of declarations does not matter.
pub(crate) fn closest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted: Vec<char> = word.chars().flat_map(char::to_lowercase).take(MAX_CHARS + 1).collect();
    if wanted.len() > MAX_CHARS {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == word {
            continue;
        }
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).take(MAX_CHARS + 1).collect();
        let allowed = (wanted.len().max(letters.len()) / 3).clamp(1, 3);
        if letters.len() > MAX_CHARS || letters.len().abs_diff(wanted.len()) > allowed {
            continue;
        }
        let distance = distance(&wanted, &letters);
        // A name of one or two letters is close to everything; only capitals may differ.
        let allowed = if wanted.len() <= 2 { 0 } else { allowed };
        if distance <= allowed && best.is_none_or(|found| (distance, candidate) < found) {
            best = Some((distance, candidate));
        }
    }
    best.map(|found| found.1)
}

/// Edit distance by insertion, deletion, substitution and swap of neighbours (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_near_names_in_any_script() {
        assert_eq!(closest("hostage.livng", ["hostage.living", "truck"]), Some("hostage.living"));
        assert_eq!(closest("Nroth", ["north", "south"]), Some("north"));
        assert_eq!(closest("شاحنه", ["شاحنة", "قافلة"]), Some("شاحنة"));
        assert_eq!(closest("a", ["b"]), None);
        assert_eq!(closest("aid", ["truck"]), None);
    }
}
