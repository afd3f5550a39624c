//! Treebanks in CoNLL-U: sentences with tokens, tags, lemmas and heads, and the text they were cut from.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};

/// One word of a treebank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// Penn part of speech.
    pub xpos: String,
    /// Head, 0-based; its own index at the root.
    pub head: usize,
    /// Relation with its subtype.
    pub relation: String,
    /// Whether white space follows in the text.
    pub space_after: bool,
}

/// One sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Its words.
    pub rows: Vec<Row>,
    /// Whether a paragraph or document begins with it.
    pub begins_paragraph: bool,
    /// Name of the document.
    pub document: String,
}

/// The text of a treebank with the place of every word.
#[derive(Clone, Debug, Default)]
pub struct Raw {
    /// Sentences joined by spaces, paragraphs by empty lines.
    pub text: String,
    /// Bytes of each word.
    pub words: Vec<Range<usize>>,
    /// Each sentence as a run of words.
    pub sentences: Vec<Range<usize>>,
    /// Bytes of each paragraph.
    pub paragraphs: Vec<Range<usize>>,
}

/// Reads a treebank. Empty nodes (`8.1`) are left out; words of a multi-word token (`don't`) stand side by side.
///
/// # Errors
/// The file cannot be read.
pub fn read(file: &Path) -> Result<Vec<Tree>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut trees = Vec::new();
    let (mut tree, mut document, mut begins) = (Tree::default(), String::new(), false);
    let mut inside = (0, false);
    for line in text.lines() {
        if line.is_empty() {
            tree.begins_paragraph = begins;
            tree.document.clone_from(&document);
            trees.push(std::mem::take(&mut tree));
            (begins, inside) = (false, (0, false));
        } else if let Some(name) = line.strip_prefix("# newdoc id = ") {
            name.clone_into(&mut document);
            begins = true;
        } else if line.starts_with('#') {
            begins |= line.starts_with("# newpar");
        } else {
            add_row(&mut tree, line, &mut inside);
        }
    }
    Ok(trees)
}

/// Adds one line. `inside`: last word of the multi-word token that we are in, and whether white space follows that.
fn add_row(tree: &mut Tree, line: &str, inside: &mut (usize, bool)) {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, relation, _, misc] = fields[..] else { return };
    let space_after = !misc.contains("SpaceAfter=No");
    if let Some((_, last)) = id.split_once('-') {
        *inside = (last.parse().unwrap_or(0), space_after);
        return;
    }
    let Ok(number) = id.parse::<usize>() else { return };
    let head = head.parse::<usize>().unwrap_or(0);
    let space_after = match number.cmp(&inside.0) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => inside.1,
        std::cmp::Ordering::Greater => space_after,
    };
    tree.rows.push(Row {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: upos.to_owned(),
        xpos: xpos.to_owned(),
        head: if head == 0 { number - 1 } else { head - 1 },
        relation: relation.to_owned(),
        space_after,
    });
}

/// The text that the sentences were cut from.
pub fn raw(trees: &[Tree]) -> Raw {
    let mut raw = Raw::default();
    for tree in trees {
        if tree.begins_paragraph || raw.paragraphs.is_empty() {
            raw.text.truncate(raw.text.trim_end().len());
            if !raw.text.is_empty() {
                raw.text.push_str("\n\n");
            }
            raw.paragraphs.push(raw.text.len()..raw.text.len());
        }
        let first = raw.words.len();
        for row in &tree.rows {
            let start = raw.text.len();
            raw.text.push_str(&row.form);
            raw.words.push(start..raw.text.len());
            if row.space_after {
                raw.text.push(' ');
            }
        }
        raw.sentences.push(first..raw.words.len());
        if let (Some(paragraph), Some(last)) = (raw.paragraphs.last_mut(), raw.words.last()) {
            paragraph.end = last.end;
        }
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_multi_word_token_stand_side_by_side() {
        let file = std::env::temp_dir().join(format!("servanda-conllu-{}.conllu", std::process::id()));
        let line = |id: &str, form: &str, head: &str, misc: &str| {
            format!("{id}\t{form}\t_\tX\tFW\t_\t{head}\tdep\t_\t{misc}\n")
        };
        let text = [
            "# newdoc id = one\n".to_owned(),
            line("1-2", "don't", "_", "SpaceAfter=No"),
            line("1", "do", "0", "_"),
            line("2", "n't", "1", "_"),
            line("2.1", "ghost", "_", "_"),
            line("3", ".", "1", "_"),
            "\n".to_owned(),
            line("1", "Go", "0", "_"),
            "\n".to_owned(),
        ];
        fs::write(&file, text.concat()).unwrap();
        let trees = read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        assert_eq!(raw(&trees).text, "don't. Go ");
        assert_eq!(trees[0].rows.iter().map(|row| row.head).collect::<Vec<_>>(), [0, 0, 0]);
        assert_eq!(raw(&trees).sentences, [0..3, 3..4]);
    }
}
