//! Transcripts: whose turn is it? A label in capitals at the head of a paragraph ("MS. HALE:", "THE SPEAKER:") names the
//! speaker of all that follows until the next one; "Q" is whoever asks.

use servanda_model::Span;

use crate::prose::Block;

/// A speaker's turn in a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::prose) struct Turn {
    /// From the label to the next one.
    pub span: Span,
    /// The label, without its colon.
    pub label: Span,
    /// Whether it is a question from the room, or only calls on somebody to speak.
    pub is_question: bool,
}

/// The turns of a text; none unless it has at least two labels, for a single one may be a heading.
pub(in crate::prose) fn turns(text: &str, blocks: &[Block]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for block in blocks.iter().filter(|block| block.role.is_read()) {
        let Some((label, is_question)) = label(text, block.span) else { continue };
        if let Some(last) = turns.last_mut() {
            last.span.end = block.span.start;
        }
        turns.push(Turn { span: Span::new(block.span.start, text.len()), label, is_question });
    }
    if turns.len() < 2 { Vec::new() } else { turns }
}

/// The turn that holds a byte.
pub(in crate::prose) fn turn_at(turns: &[Turn], at: usize) -> Option<&Turn> {
    let next = turns.partition_point(|turn| turn.span.start <= at);
    turns[..next].last().filter(|turn| at < turn.span.end)
}

/// The label at the head of a block: words in capitals before a colon, or a lone "Q".
fn label(text: &str, block: Span) -> Option<(Span, bool)> {
    const MAX_LABEL_BYTES: usize = 60;
    let words = block.of(text)?;
    let lead = words.len() - words.trim_start().len();
    let words = words.trim_start();
    let start = block.start + lead;
    if let Some(rest) = words.strip_prefix('Q')
        && (rest.starts_with(char::is_whitespace) || rest.starts_with(':') || rest.starts_with('.'))
    {
        return Some((Span::new(start, start + 1), true));
    }
    let colon = words.char_indices().take(MAX_LABEL_BYTES).find(|(_, letter)| *letter == ':')?.0;
    let label = &words[..colon];
    let is_spoken_for =
        |word: &str| word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase);
    let n_words = label.split_whitespace().count();
    let is_label = n_words > 0
        && n_words <= 6
        && label.split_whitespace().all(|word| is_spoken_for(word) || is_particle(word))
        && label.chars().filter(|letter| letter.is_uppercase()).count() >= 2;
    // Who only calls on the others says nothing of the matter.
    let is_chair =
        matches!(label.trim_start_matches("THE "), "MODERATOR" | "OPERATOR" | "HOST" | "INTERPRETER");
    is_label.then(|| (Span::new(start, start + colon), is_chair))
}

/// Parts of names that keep a small letter among capitals ("McDOWELL", "de VRIES").
fn is_particle(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_uppercase()).count() >= 2
        || matches!(word, "de" | "van" | "al" | "bin" | "and")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::BlockRole;

    #[test]
    fn labels_open_turns_that_last_until_the_next() {
        let paragraphs = [
            "MS. HALE: Good day. We met.",
            "We talked at length.",
            "Q  And the gate?",
            "THE ENVOY: It is open.",
            "Note: two lines.",
        ];
        let text = paragraphs.join("\n\n");
        let blocks: Vec<Block> = paragraphs
            .iter()
            .map(|words| {
                let at = text.find(words).unwrap();
                Block { span: Span::new(at, at + words.len()), role: BlockRole::Paragraph }
            })
            .collect();
        let found = turns(&text, &blocks);
        let labels: Vec<_> =
            found.iter().map(|turn| (turn.label.of(&text).unwrap(), turn.is_question)).collect();
        assert_eq!(labels, [("MS. HALE", false), ("Q", true), ("THE ENVOY", false)]);
        assert_eq!(
            turn_at(&found, text.find("at length").unwrap()).unwrap().label.of(&text),
            Some("MS. HALE")
        );
        assert_eq!(
            turn_at(&found, text.find("two lines").unwrap()).unwrap().label.of(&text),
            Some("THE ENVOY")
        );
        assert!(
            turns("RULES: a, b", &[Block { span: Span::new(0, 11), role: BlockRole::Paragraph }]).is_empty()
        );
    }
}
