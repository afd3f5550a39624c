//! What programs made, and what persons said about it: who counts when.

use std::collections::HashMap;
use std::sync::Arc;

use servanda_ledger::{KnownBy, Ledger, LedgerBuilder, Verdict, View, Withdrawn, ruling_id};
use servanda_model::{
    AuthorId, Claim, ClaimId, ClaimKind, Document, DocumentId, Hash32, Instant, Judgement, Method, Ruling,
    Span, Standpoint,
};

const PUBLISHED: i64 = 10;
const RECORDED: i64 = 100;

fn claim(words: &str, method: Method) -> Claim {
    let mut claim =
        Claim::new(DocumentId::default(), Span::new(0, words.len()), words, ClaimKind::Event).unwrap();
    claim.method = method;
    claim
}

fn claims() -> [Claim; 3] {
    [claim("coded", Method::Coded), claim("read", Method::Read), claim("proposed", Method::Proposed)]
}

fn author(n: u8) -> AuthorId {
    AuthorId(Hash32([n; 32]))
}

/// A ledger of a coded, a read and a proposed claim, with these judgements about all of them, at these moments. A moment
/// may be followed by another, at which the author takes the ruling back.
fn ledger(known_by: KnownBy, rulings: &[(Judgement, i64, Option<i64>)]) -> Ledger {
    let claims = claims();
    let source: HashMap<ClaimId, Claim> = claims.iter().map(|claim| (claim.id(), claim.clone())).collect();
    let mut builder = LedgerBuilder::new(known_by, Arc::new(source));
    let json = format!(
        r#"{{"id":"{}","path":"a","n_bytes":1,"media_type":"text/plain","encoding":"UTF-8"}}"#,
        DocumentId::default()
    );
    let document: Document = serde_json::from_str(&json).unwrap();
    builder.document(Document { published_at: Some(Instant::from_ms(PUBLISHED)), ..document });
    for claim in &claims {
        builder.claim_by(author(1), claim.id(), claim, Instant::from_ms(RECORDED));
    }
    for (n, (judgement, at, taken_back)) in rulings.iter().enumerate() {
        let ids = claims.iter().map(Claim::id).collect();
        let ruling = Ruling { judgement: judgement.clone(), claims: ids, reason: n.to_string() };
        let id = ruling_id(&ruling);
        builder.ruling(id, author(2), ruling, Instant::from_ms(*at));
        if let Some(at) = taken_back {
            builder.withdraw(author(2), Withdrawn::Ruling(id), Instant::from_ms(*at));
        }
    }
    builder.finish()
}

/// Which claims stand: `c`oded, `r`ead, `p`roposed.
fn stand(view: &View) -> String {
    let word = |method| match method {
        Method::Coded => 'c',
        Method::Read => 'r',
        Method::Proposed => 'p',
        Method::Feed => 'f',
    };
    view.standing().map(|(_, fact)| word(fact.method)).collect()
}

fn careful() -> Standpoint {
    Standpoint { reviewed_only: true, ..Standpoint::all_sources() }
}

/// At each moment: what stands for everybody, and for who counts reviewed claims only.
fn check(known_by: KnownBy, rulings: &[(Judgement, i64, Option<i64>)], expected: &[(i64, &str, &str)]) {
    let ledger = ledger(known_by, rulings);
    for (at, all, reviewed) in expected {
        let view = ledger.as_of(Instant::from_ms(*at));
        let seen = view.seen_from(&careful());
        assert_eq!((stand(&view).as_str(), stand(&seen).as_str()), (*all, *reviewed), "at {at}");
        assert_eq!(stand(&seen.narrowed(Instant::from_ms(*at + 1))), *reviewed, "a view cannot be widened");
        // Whoever follows the changes one by one sees the same.
        let mut live = std::collections::BTreeSet::new();
        for change in seen.changes() {
            match change.what {
                servanda_ledger::What::Assert(ix) => assert!(live.insert(ix), "asserted twice"),
                servanda_ledger::What::Retract(ix) => {
                    assert!(live.remove(&ix), "taken back without having been there")
                }
                servanda_ledger::What::Rule(_) => {}
            }
        }
    }
}

#[test]
fn a_record_kept_as_events_unfold_counts_from_the_ruling_on() {
    use Judgement::{Accept, Postpone, Reject};
    check(KnownBy::Record, &[], &[(99, "", ""), (100, "cr", "c")]);
    check(
        KnownBy::Record,
        &[(Accept, 200, None), (Reject, 300, None), (Accept, 400, None), (Postpone, 500, None)],
        &[(199, "cr", "c"), (200, "crp", "crp"), (300, "", ""), (400, "crp", "crp"), (500, "cr", "c")],
    );
    check(
        KnownBy::Record,
        &[(Accept, 200, Some(250)), (Reject, 300, Some(350))],
        &[(200, "crp", "crp"), (250, "cr", "c"), (300, "", ""), (350, "cr", "c")],
    );
}

#[test]
fn a_case_compiled_afterwards_knows_what_was_accepted_since_its_document_was_published() {
    use Judgement::{Accept, Reject};
    check(KnownBy::Publication, &[], &[(9, "", ""), (10, "cr", "c")]);
    check(
        KnownBy::Publication,
        &[(Accept, 200, None)],
        &[(9, "", ""), (10, "crp", "crp"), (300, "crp", "crp")],
    );
    check(
        KnownBy::Publication,
        &[(Accept, 200, None), (Reject, 300, None)],
        &[(10, "cr", "c"), (300, "", "")],
    );
    check(KnownBy::Publication, &[(Accept, 200, Some(300))], &[(10, "cr", "c"), (400, "cr", "c")]);
}

#[test]
fn the_queue_holds_what_programs_made_with_the_last_word_about_it() {
    let of = |rulings: &[(Judgement, i64, Option<i64>)]| {
        let ledger = ledger(KnownBy::Record, rulings);
        let view = ledger.as_of(Instant::from_ms(1_000));
        let queue = view.for_review();
        let words: Vec<Option<Verdict>> =
            queue.iter().map(|(_, _, judged)| judged.map(|j| j.verdict)).collect();
        let single: Vec<Option<Verdict>> = queue.iter().map(|(ix, _, _)| view.verdict(*ix)).collect();
        assert_eq!(words, single);
        (words, view.n_unreviewed())
    };
    let both = |verdict| vec![verdict, verdict];
    assert_eq!(of(&[]), (both(None), 2));
    assert_eq!(of(&[(Judgement::Accept, 200, None)]), (both(Some(Verdict::Accepted)), 0));
    assert_eq!(of(&[(Judgement::Accept, 200, Some(300))]), (both(None), 2));
    assert_eq!(
        of(&[(Judgement::Accept, 200, None), (Judgement::Postpone, 300, None)]),
        (both(Some(Verdict::Open)), 2)
    );
    assert_eq!(of(&[(Judgement::Verified, 200, None)]), (both(None), 2));
}
