//! What a page says about itself: title, publisher, time of publication, address.
//!
//! Read are, the surest first: JSON-LD of schema.org, Open Graph and other `meta` elements, `time`, `title`.

use serde_json::Value;
use servanda_model::Span;

use super::references;
use super::tokens::{self, Token};
use crate::clock::Clock;
use crate::input::published::{self, Published};

/// Metadata of a page; absent fields are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageMetadata {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Published>,
    pub url: Option<String>,
}

const PUBLISHED: [&str; 22] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "sailthru.date",
    "citation_publication_date",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dc.date.created",
    "article.published",
    "date",
    "datecreated",
    "release_date",
    "og:pubdate",
];
const TITLES: [&str; 7] =
    ["og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "headline", "title"];
const PUBLISHERS: [&str; 6] = [
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
];

const MAX_METAS: usize = 500;
const MAX_SCRIPTS: usize = 50;
const MAX_SCRIPT_BYTES: usize = 1 << 20;
const MAX_LD_DEPTH: usize = 6;

#[derive(Default)]
struct Found {
    metas: Vec<(String, String)>,
    scripts: Vec<Span>,
    times: Vec<(bool, String)>,
    canonical: Option<String>,
    title: Option<Span>,
}

/// Reads the metadata of the page in `text[span]`.
pub(crate) fn metadata(text: &str, span: Span, clock: &Clock) -> PageMetadata {
    let found = collect(text, span);
    let meta = |names: &[&str]| -> Option<String> {
        names.iter().find_map(|name| {
            let (_, value) =
                found.metas.iter().find(|(key, value)| key == name && !value.trim().is_empty())?;
            Some(squeezed(value))
        })
    };
    let mut linked = PageMetadata::default();
    for script in &found.scripts {
        if let Ok(value) = serde_json::from_str::<Value>(text[script.start..script.end].trim()) {
            linked_data(&value, clock, &mut linked, 0);
        }
    }
    let dated = |names: &[&str]| {
        names.iter().find_map(|name| {
            let values = found.metas.iter().filter(|(key, _)| key == name);
            values.into_iter().find_map(|(_, value)| published::as_written(value, clock))
        })
    };
    let time = || {
        let mut times = found.times.iter().collect::<Vec<_>>();
        times.sort_by_key(|(is_published, _)| !is_published);
        times.iter().find_map(|(_, value)| published::as_written(value, clock))
    };
    let element =
        || found.title.map(|span| without_site(&squeezed(&references::decoded(&text[span.start..span.end]))));
    PageMetadata {
        title: linked.title.or_else(|| meta(&TITLES)).or_else(element).filter(|title| !title.is_empty()),
        publisher: linked.publisher.or_else(|| meta(&PUBLISHERS)),
        published: linked.published.or_else(|| dated(&PUBLISHED)).or_else(time),
        url: found.canonical.or_else(|| meta(&["og:url", "twitter:url"])).or(linked.url),
    }
}

fn collect(text: &str, span: Span) -> Found {
    let mut found = Found::default();
    let (mut is_ld, mut is_title) = (false, false);
    tokens::each(text, span, |token| match token {
        Token::Open { name, attributes, .. } => {
            let value = |wanted: &str| {
                attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str())
            };
            is_ld = name == "script"
                && value("type").is_some_and(|sort| sort.eq_ignore_ascii_case("application/ld+json"));
            is_title = name == "title";
            match name.as_str() {
                "meta" if found.metas.len() < MAX_METAS => {
                    for key in ["property", "name", "itemprop"] {
                        if let (Some(key), Some(content)) = (value(key), value("content")) {
                            found.metas.push((key.trim().to_ascii_lowercase(), content.to_owned()));
                        }
                    }
                }
                "link" if value("rel") == Some("canonical") => {
                    found.canonical = value("href")
                        .filter(|href| href.contains("://"))
                        .map(str::to_owned)
                        .or(found.canonical.take());
                }
                _ if found.times.len() < MAX_METAS => {
                    let is_published = value("itemprop")
                        .is_some_and(|prop| prop.eq_ignore_ascii_case("datepublished"))
                        || value("pubdate").is_some()
                        || value("class").is_some_and(|class| class.contains("published"));
                    if let Some(time) = value("datetime").filter(|_| name == "time")
                        && (is_published || value("itemprop").is_none())
                    {
                        found.times.push((is_published, time.to_owned()));
                    } else if let Some(content) = value("content").filter(|_| is_published) {
                        found.times.push((true, content.to_owned()));
                    }
                }
                _ => {}
            }
        }
        Token::Close { .. } => (is_ld, is_title) = (false, false),
        Token::Text(span) => {
            if is_ld && found.scripts.len() < MAX_SCRIPTS && span.len() <= MAX_SCRIPT_BYTES {
                found.scripts.push(span);
            }
            if is_title && found.title.is_none() {
                found.title = Some(span);
            }
        }
    });
    found
}

/// Takes what an article of schema.org says; the first article of the page counts.
fn linked_data(value: &Value, clock: &Clock, into: &mut PageMetadata, depth: usize) {
    if depth > MAX_LD_DEPTH {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| linked_data(value, clock, into, depth + 1)),
        Value::Object(fields) => {
            if let Some(graph) = fields.get("@graph") {
                linked_data(graph, clock, into, depth + 1);
            }
            let text = |key: &str| {
                fields.get(key).and_then(Value::as_str).map(squeezed).filter(|text| !text.is_empty())
            };
            if !is_article(fields.get("@type")) {
                return;
            }
            into.title = into.title.take().or_else(|| text("headline")).or_else(|| text("name"));
            into.url = into.url.take().or_else(|| text("url").filter(|url| url.contains("://")));
            if into.published.is_none() {
                into.published = text("datePublished").and_then(|when| published::as_written(&when, clock));
            }
            if into.publisher.is_none() {
                let publisher = match fields.get("publisher") {
                    Some(Value::Array(list)) => list.first(),
                    other => other,
                };
                let name = |value: &Value| {
                    value.get("name").and_then(Value::as_str).or(value.as_str()).map(squeezed)
                };
                into.publisher = publisher.and_then(name).filter(|name| !name.is_empty());
            }
        }
        _ => {}
    }
}

/// Article, NewsArticle, ReportageNewsArticle, BlogPosting, Report, SpecialAnnouncement and the like.
fn is_article(sort: Option<&Value>) -> bool {
    let is = |name: &str| {
        name.ends_with("Article")
            || name.ends_with("Posting")
            || matches!(name, "Report" | "SpecialAnnouncement" | "PressRelease")
    };
    match sort {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Title | Site" without the site: the longest part counts.
fn without_site(title: &str) -> String {
    let part = |mark: &str| {
        title.split(mark).max_by_key(|part| part.chars().count()).map(|part| part.trim().to_owned())
    };
    [" | ", " — ", " – ", " - ", " « ", " » ", " :: "]
        .into_iter()
        .find(|mark| title.contains(mark))
        .and_then(part)
        .unwrap_or_else(|| title.to_owned())
}
