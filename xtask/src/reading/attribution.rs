//! Who says what, on the marked articles of `data/language/attribution_dev` (United States political news of 2016;
//! sources, cues and contents marked as in PolNeAR).
//!
//! The articles are halved by a hash of their names. Rules were developed on one half; the other is only ever a number:
//! `--show` prints nothing of it. Where several people marked an article, the first by name is the measure, and how far
//! the others agree with each other is printed by the same scores.

mod marked;
mod score;

use anyhow::Result;
use servanda_language::{Model, analyse};
use servanda_model::{QuoteType, Span};
use servanda_read::prose::attribution::{Cues, quotes, utterances};
use servanda_read::prose::{Block, BlockRole};

use super::{Context, Scores};
use marked::{Article, Marked};
use score::Tally;

/// Measures, and prints scores by half; `--show WORD` prints what was missed and what was wrong in the articles of the
/// development half whose names hold the word, `--cues` the cues that do harm there, `--read FILE` who says what in a
/// text of one's own, with `--tags` after the words and their tags,
/// `--export FILE` writes the articles for a peer.
pub(super) fn run(ctx: &Context) -> Result<Option<Scores>> {
    if let Some(file) = ctx.after("--read") {
        print(&std::fs::read_to_string(file)?, ctx.has("--tags"));
        return Ok(None);
    }
    let Some(folder) = ctx.shared("data/language/attribution_dev") else { return Ok(None) };
    let articles = marked::articles(&folder)?;
    if let Some(file) = ctx.after("--export") {
        return export(&articles, file).map(|()| None);
    }
    let (mut seen, mut unseen, mut agreement) = (Tally::default(), Tally::default(), Tally::default());
    for article in &articles {
        let quoted = quoted(&article.text);
        let found = read(&article.text);
        let tally = if article.is_for_development { &mut seen } else { &mut unseen };
        tally.add(&found, &article.marked[0], &quoted);
        for (ix, one) in article.marked.iter().enumerate() {
            article.marked[ix + 1..].iter().for_each(|other| agreement.add(one, other, &quoted));
        }
        if article.is_for_development {
            if ctx.after("--show").is_some_and(|word| article.name.contains(word)) {
                score::show(article, &found, &quoted);
            }
            if ctx.has("--cues") {
                score::note_cues(article, &found);
            }
        }
    }
    println!("{:<24} {:>12} {:>12} {:>12} {:>12}", "", "development", "other half", "all", "annotators");
    let all = seen.clone() + unseen.clone();
    let mut scores = Scores::default();
    for name in score::FIGURES {
        let figure = |tally: &Tally| tally.figure(name);
        println!(
            "{name:<24} {:>12.4} {:>12.4} {:>12.4} {:>12.4}",
            figure(&seen),
            figure(&unseen),
            figure(&all),
            figure(&agreement)
        );
        scores.put(format!("{name}_development"), figure(&seen));
        scores.put(format!("{name}_other_half"), figure(&unseen));
    }
    println!("{}", seen.counts("development"));
    println!("{}", unseen.counts("other half"));
    Ok(Some(scores))
}

/// Writes every article for a peer that brings no parser of its own: text, words with tags and tree, marked quotations and
/// what stands within quotation marks, one object a line.
fn export(articles: &[Article], file: &str) -> Result<()> {
    let mut lines = String::new();
    let pairs = |spans: &[Span]| spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>();
    for article in articles {
        let text = &article.text;
        let ranges: Vec<_> = blocks(text).iter().map(|block| block.span.start..block.span.end).collect();
        let analysis = analyse(Model::builtin(), text, &ranges);
        let mut tokens = Vec::new();
        for (at, token) in analysis.tokens.iter().enumerate() {
            let starts = analysis.sentences[token.sentence].tokens.start == at;
            let (tag, relation) = (token.tag.as_str(), token.relation.as_str());
            tokens.push(serde_json::json!([
                token.start,
                token.end,
                tag,
                analysis.lemma(at),
                token.head,
                relation,
                starts
            ]));
        }
        let quoted_ones = article.marked[0].iter().filter(|one| one.is_quoted && !one.source.is_empty());
        let marked: Vec<_> = quoted_ones
            .map(|one| serde_json::json!({ "source": pairs(&one.source), "content": pairs(&one.content) }))
            .collect();
        let line = serde_json::json!({
            "name": article.name,
            "is_for_development": article.is_for_development,
            "text": text,
            "blocks": ranges.iter().map(|range| [range.start, range.end]).collect::<Vec<_>>(),
            "tokens": tokens,
            "marked": marked,
            "quoted": pairs(&quoted(text)),
        });
        lines += &format!("{line}\n");
    }
    Ok(std::fs::write(file, lines)?)
}

/// Prints who says what in a text.
fn print(text: &str, with_tags: bool) {
    let blocks = blocks(text);
    let ranges: Vec<_> = blocks.iter().map(|block| block.span.start..block.span.end).collect();
    let analysis = analyse(Model::builtin(), text, &ranges);
    for token in (0..analysis.tokens.len()).filter(|_| with_tags) {
        let known = analysis.tokens[token];
        let head = analysis.word(text, known.head);
        println!(
            "{}/{}/{}/{} < {head}",
            analysis.word(text, token),
            analysis.lemma(token),
            known.fine,
            known.relation
        );
    }
    for (ix, one) in utterances(text, &blocks, &analysis, Cues::builtin()).iter().enumerate() {
        let words =
            |spans: &[Span]| spans.iter().filter_map(|span| span.of(text)).collect::<Vec<_>>().join(" … ");
        let head = one.source_head.map_or("", |head| analysis.word(text, head));
        println!(
            "{ix:>3} < {:<4} {:?} {} {:?}{}\n      source {} ({head})\n      cue {}\n      content {}",
            one.parent.map_or("-".to_owned(), |parent| parent.to_string()),
            one.quote_type,
            one.rule,
            one.modality,
            if one.is_communication { "" } else { " (attitude)" },
            one.source.and_then(|span| span.of(text)).unwrap_or("-"),
            one.cue.and_then(|span| span.of(text)).unwrap_or("-"),
            words(&one.content)
        );
    }
}

/// Blocks of an article: a title, then paragraphs between blank lines.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive("\n\n") {
        let role = if start == 0 { BlockRole::Headline } else { BlockRole::Paragraph };
        let end = start + piece.trim_end().len();
        if end > start {
            blocks.push(Block { span: Span::new(start, end), role });
        }
        start += piece.len();
    }
    blocks
}

fn read(text: &str) -> Vec<Marked> {
    let blocks = blocks(text);
    let ranges: Vec<_> = blocks.iter().map(|block| block.span.start..block.span.end).collect();
    let analysis = analyse(Model::builtin(), text, &ranges);
    let found = utterances(text, &blocks, &analysis, Cues::builtin());
    let has_cue = found.into_iter().filter(|utterance| utterance.cue.is_some() || utterance.source.is_some());
    has_cue
        .map(|utterance| Marked {
            source: utterance.source.into_iter().collect(),
            cue: utterance.cue.into_iter().collect(),
            is_quoted: matches!(utterance.quote_type, QuoteType::Direct | QuoteType::Mixed),
            content: utterance.content,
            rule: utterance.rule,
        })
        .collect()
}

/// What stands within quotation marks.
fn quoted(text: &str) -> Vec<Span> {
    let top = quotes(text, &blocks(text)).into_iter().filter(|quote| quote.parent.is_none());
    top.flat_map(|quote| quote.parts).collect()
}
