//! Claims that look like those of a real record, for tests and benchmarks. No real name occurs.

use servanda_model::{
    Attribution, AttributionRole, Claim, ClaimKind, DAY_MS, Document, DocumentId, HOUR_MS, Hash32, Instant,
    Measure, Method, Name, Precision, Quantity, Span, When, Window,
};

/// A document of so many lines, each of which one claim quotes.
pub fn document(number: u64, n_lines: usize) -> (Document, String) {
    use std::fmt::Write;
    let mut text = String::new();
    for line in 0..n_lines {
        let _ = writeln!(text, "{}", quote(number * 1000 + line as u64));
    }
    let document = Document {
        id: DocumentId(Hash32::of(text.as_bytes())),
        path: format!("sources/report-{number}.txt"),
        n_bytes: text.len() as u64,
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        title: Some(format!("Daily report {number}")),
        publisher: Some(Name::from(format!("observer-{}", number % 7))),
        published_at: Some(Instant::from_ms(1_760_000_000_000 + number as i64 * HOUR_MS)),
        url: None,
    };
    (document, text)
}

fn quote(n: u64) -> String {
    format!(
        "According to the crossing office, {} trucks carrying food and shelter items entered through crossing {} on day {}.",
        n % 640,
        n % 5,
        n / 640
    )
}

/// The claim that quotes that line of that document. Its JSON has about 700 bytes.
pub fn claim(document: DocumentId, number: u64, line: usize) -> Claim {
    let n = number * 1000 + line as u64;
    let start: usize = (0..line).map(|line| quote(number * 1000 + line as u64).len() + 1).sum();
    claim_at(document, n, start)
}

/// A claim whose place in the document is given, so that a million are made quickly.
pub fn claim_at(document: DocumentId, n: u64, start: usize) -> Claim {
    let quote = quote(n);
    let span = Span { start, end: start + quote.len() };
    let begin = Instant::from_ms(1_760_000_000_000 + (n as i64 / 200) * HOUR_MS);
    let mut claim = Claim::new(document, span, quote, ClaimKind::Event).expect("the quote has words");
    claim.speaker = Some(Name::from(format!("office-{}", n % 9)));
    claim.attribution =
        vec![Attribution { role: AttributionRole::Source, name: Name::from(format!("office-{}", n % 9)) }];
    claim.actors = vec![Name::from(format!("agency-{}", n % 23))];
    claim.action = "let in".to_owned();
    claim.event_kind = Some(Name::new("truck.entered"));
    claim.place = Some(Name::from(format!("crossing-{}", n % 5)));
    claim.when = Some(When::between(begin, begin.plus_ms(DAY_MS - 1), Precision::Day));
    claim.quantities = vec![Quantity::exactly((n % 640) as i64, "truck")];
    if n.is_multiple_of(4) {
        claim.measure = Measure::Total;
        claim.window = Some(Window { start: begin, end: begin.plus_ms(DAY_MS) });
        claim.counter = Some(Name::from(format!("counter-{}", n % 3)));
    }
    claim.method = Method::Feed;
    claim
}
