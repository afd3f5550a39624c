//! The answer of a language model, taken apart without trusting any of it.

use serde::Deserialize;
use serde_json::Value;

/// Bytes of an answer that are looked at.
pub const MAX_ANSWER_BYTES: usize = 1 << 20;
/// Proposals of one answer that are looked at.
pub const MAX_PROPOSALS: usize = 200;
/// Characters of any text in a proposal.
const MAX_TEXT_CHARS: usize = 2_000;

/// What a model says that a document says. All of it is hearsay until it is checked.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Proposal {
    /// The words.
    pub quote: String,
    /// Sort of proposition.
    pub kind: String,
    /// Words that name the speaker.
    pub speaker: Option<String>,
    /// The word that says that it is said.
    pub cue: Option<String>,
    /// Words that name who acts.
    pub actors: Vec<String>,
    /// Words that name who is acted upon.
    pub acted_upon: Vec<String>,
    /// Short verb phrase.
    pub action: String,
    /// `affirmative` or `negative`.
    pub polarity: String,
    /// How the wording holds it.
    pub modality: String,
    /// Grammatical time.
    pub tense: String,
    /// Condition.
    pub condition: Option<ProposedCondition>,
    /// Date.
    pub date: Option<ProposedDate>,
    /// Figures.
    pub quantities: Vec<ProposedQuantity>,
}

/// A condition as proposed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ProposedCondition {
    /// Sort.
    #[serde(rename = "type")]
    pub sort: String,
    /// Words.
    pub text: String,
}

/// A date as proposed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ProposedDate {
    /// Words.
    pub text: String,
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
}

/// A figure as proposed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ProposedQuantity {
    /// Words.
    pub text: String,
    /// Lower bound.
    pub min: Option<f64>,
    /// Upper bound.
    pub max: Option<f64>,
    /// Unit.
    pub unit: String,
}

/// The proposals in an answer of `/v1/chat/completions`. Those that cannot be read are left out and counted.
///
/// # Errors
/// Why nothing of the answer can be used.
pub fn proposals(answer: &str) -> Result<(Vec<Proposal>, usize), String> {
    if answer.len() > MAX_ANSWER_BYTES {
        return Err(format!("it is longer than {} kB", MAX_ANSWER_BYTES >> 10));
    }
    let body: Value = serde_json::from_str(answer).map_err(|error| format!("it is no JSON: {error}"))?;
    if let Some(error) = body.get("error").filter(|error| !error.is_null()) {
        let said = error.get("message").and_then(Value::as_str).or(error.as_str()).unwrap_or("unknown");
        return Err(format!("it is an error: {}", short(said)));
    }
    let choice = body.get("choices").and_then(|choices| choices.get(0));
    let content = choice.and_then(|choice| choice.get("message")).and_then(|message| message.get("content"));
    let content = content.and_then(Value::as_str).ok_or("it holds no message")?;
    let inner: Value =
        serde_json::from_str(bare(content)).map_err(|_| "its message is no JSON object".to_owned())?;
    let list = match &inner {
        Value::Array(list) => list,
        other => {
            other.get("claims").and_then(Value::as_array).ok_or("its message holds no list of claims")?
        }
    };
    let read: Vec<Proposal> = list
        .iter()
        .take(MAX_PROPOSALS)
        .filter_map(|one| serde_json::from_value::<Proposal>(one.clone()).ok())
        .filter(is_bounded)
        .collect();
    let n_left_out = list.len() - read.len();
    Ok((read, n_left_out))
}

fn is_bounded(proposal: &Proposal) -> bool {
    let texts = [&proposal.quote, &proposal.kind, &proposal.action, &proposal.polarity, &proposal.modality];
    let names = proposal.actors.iter().chain(&proposal.acted_upon);
    let said = proposal.speaker.iter().chain(&proposal.cue);
    let fits = |text: &String| text.chars().take(MAX_TEXT_CHARS + 1).count() <= MAX_TEXT_CHARS;
    texts.into_iter().chain(names).chain(said).all(fits)
        && proposal.actors.len() + proposal.acted_upon.len() + proposal.quantities.len() <= 60
}

/// Without the marks of a code block that many models put around JSON.
fn bare(content: &str) -> &str {
    let content = content.trim();
    let Some(inner) = content.strip_prefix("```") else { return content };
    let inner = inner.split_once('\n').map_or(inner, |(_, rest)| rest);
    inner.trim_end().strip_suffix("```").unwrap_or(inner).trim()
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(content: &str) -> String {
        serde_json::json!({ "choices": [{ "message": { "content": content } }] }).to_string()
    }

    #[test]
    fn answers_are_read_or_refused_with_a_reason() {
        let check = |answer: &str| proposals(answer).map(|(list, n)| (list.len(), n));
        assert_eq!(check(&wrapped("{\"claims\":[{\"quote\":\"a\"}]}")), Ok((1, 0)));
        assert_eq!(
            check(&wrapped("```json\n{\"claims\":[{\"quote\":\"a\"}, 7, {\"actors\": 3}]}\n```")),
            Ok((1, 2))
        );
        assert_eq!(check(&wrapped("Sure! Here they are:")), Err("its message is no JSON object".to_owned()));
        assert_eq!(check(&wrapped("{\"a\":1}")), Err("its message holds no list of claims".to_owned()));
        assert_eq!(check("{}"), Err("it holds no message".to_owned()));
        assert_eq!(
            check("{\"error\":{\"message\":\"no such\\u0007 model\"}}"),
            Err("it is an error: no such model".to_owned())
        );
        assert!(check("<html>").unwrap_err().starts_with("it is no JSON"));
        assert!(check(&"x".repeat(MAX_ANSWER_BYTES + 1)).unwrap_err().contains("longer than"));
        let many = format!("{{\"claims\":[{}]}}", vec!["{\"quote\":\"a\"}"; 500].join(","));
        assert_eq!(check(&wrapped(&many)), Ok((200, 300)));
        let huge = format!("{{\"claims\":[{{\"quote\":\"{}\"}}]}}", "y".repeat(5_000));
        assert_eq!(check(&wrapped(&huge)), Ok((0, 1)));
    }
}
