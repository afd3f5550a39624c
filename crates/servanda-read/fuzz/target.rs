//! What the fuzz target does; also run by the plain tests over the seeds.

use servanda_read::{Clock, Coding, Documents, Names, feeds, read_document, read_feed, redact};

const FEEDS: &str = r##"
feed = [
  { id = "csv", files = "a.csv", event_kind = { column = "a" }, when = "b", quantity = "c", optional = ["a", "b", "c"] },
  { id = "json", files = "a.json", when = "b", quantity = "/c/0" },
  { id = "deep", files = "a.json", rows = "/a/b", window = { end = "b", hours = "c" } },
  { id = "lines", files = "a.jsonl", components = [{ component = "x", column = "c" }] },
  { id = "object", files = "a.json", row = "", quantity = ["c", "/a/0"], private = ["p*"] },
  { id = "arrays", files = "a.json", arrays = { b = "/a", c = ["/c", "/b"] }, when = "b", quantity = "c" },
  { id = "tags", files = "a.csv", preset = "hxl", private = ["#b", "c*"] },
  { id = "form", files = "a.csv", preset = "kobo", actors = { choices = "a" }, place = { column = "b" }, optional = ["a", "b", "_uuid", "today", "_submission_time", "_validation_status", "_gps_latitude", "_gps_longitude", "_gps_precision"] },
  { id = "map", files = "a.geojson", preset = "geojson", quantity = "c", outliers = true },
  { id = "page", files = "a.json", preset = "un2720", window = { until = "2025-10-13" }, kinds = { tonnes = "t" } },
]"##;

/// Reads the bytes by each feed: nothing panics, every row is accounted for, every claim quotes its own bytes.
pub fn table(bytes: &[u8]) {
    let clock = Clock::utc();
    let (feeds, diagnostics) = feeds("feeds.toml", FEEDS, &clock);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let (documents, names) = (Documents::default(), Names::default());
    let coding = Coding { clock: &clock, documents: &documents, names: &names, event_kinds: None };
    for path in ["a.csv", "a.json", "a.jsonl", "a.geojson"] {
        let (document, _) = read_document(path, bytes, &clock, None);
        for feed in feeds.iter().filter(|feed| feed.takes(path)) {
            if let (Some(kept), _) = redact(feed, &document) {
                let (again, _) = read_document(path, &kept.bytes, &clock, None);
                assert_eq!(redact(feed, &again).0, None, "what was emptied once stays as it is");
            }
        }
        for feed in feeds.iter().filter(|feed| feed.takes(path)) {
            let (summary, list) = read_feed(feed, &document, &coding, &mut |found| {
                assert_eq!(found.claim.span.of(&document.text), Some(found.claim.quote.as_str()));
            });
            let n_told = summary.n_used + summary.n_silent + summary.n_rejected + summary.n_skipped;
            assert_eq!(summary.n_rows, n_told);
            assert!(list.iter().all(|diagnostic| diagnostic.span.end <= document.text.len()));
        }
    }
}
