//! Claims as a table: one row for each claim on record, with where it stands.

use servanda_model::{Claim, ClaimId, Document, Instant, Name, Number, Position, Quantity, roles};

use crate::claim_words::word;
use crate::table::{Column, Field, Sort, column};

/// How a claim stands at the moment of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimStanding {
    /// On record, and nobody has ruled on it.
    OnRecord,
    /// A person ruled that it is a sound reading of its document.
    Accepted,
    /// A person ruled that it is no sound reading; it does not count.
    Rejected,
    /// Its author corrected it; the correction counts.
    Corrected,
    /// Its author took it back.
    Retracted,
}

impl ClaimStanding {
    /// The word of the table.
    pub fn word(self) -> &'static str {
        match self {
            ClaimStanding::OnRecord => "on record",
            ClaimStanding::Accepted => "accepted",
            ClaimStanding::Rejected => "rejected",
            ClaimStanding::Corrected => "corrected",
            ClaimStanding::Retracted => "retracted",
        }
    }

    /// Whether the claim counts.
    pub fn counts(self) -> bool {
        matches!(self, ClaimStanding::OnRecord | ClaimStanding::Accepted)
    }
}

/// A claim with what the record says about it.
#[derive(Clone, Copy, Debug)]
pub struct ClaimEntry<'r> {
    /// Its id.
    pub id: ClaimId,
    /// The claim.
    pub claim: &'r Claim,
    /// Its document, where that is on record.
    pub document: Option<&'r Document>,
    /// When it became known.
    pub known_at: Instant,
    /// How it stands.
    pub standing: ClaimStanding,
    /// Where its place lies, for claims that have no position of their own.
    pub place_position: Option<Position>,
}

/// The columns, in order.
pub const CLAIM_COLUMNS: &[Column] = &[
    column("claim_id", "#meta+claim+id", Sort::Text, "Id of the claim: a hash of all it says."),
    column(
        "document",
        "#meta+document",
        Sort::Text,
        "The document that it quotes, by its place in the case.",
    ),
    column("document_sha256", "#meta+document+hash", Sort::Text, "SHA-256 of the document's bytes."),
    column("publisher", "#org+publisher", Sort::Text, "Who published the document."),
    column("quote", "#meta+quote", Sort::Text, "The words, as they stand in the document."),
    column("speaker", "#org+speaker", Sort::Text, "Who says it; empty: the document's own voice."),
    column("origin", "#org+origin", Sort::Text, "Where the information comes from in the end."),
    column("counter", "#org+counter", Sort::Text, "Who counts, by an own rule."),
    column("actors", "#org+actor", Sort::Text, "Who acts, parted by ';'."),
    column("acted_upon", "#org+acted_upon", Sort::Text, "Who is acted upon, parted by ';'."),
    column(
        "claim_kind",
        "#meta+claim+kind",
        Sort::Text,
        "Sort of proposition (event, quantity, statement, ...).",
    ),
    column("kind", "#event+kind", Sort::Text, "Kind of the agreement that it is an instance of."),
    column("incident", "#event+id", Sort::Text, "The occurrence, as analyst or feed names it."),
    column("component", "#indicator+component", Sort::Text, "Component of a mixed figure."),
    column(
        "measure",
        "#indicator+measure",
        Sort::Text,
        "How the figure relates to time (occurrence, total, outstanding, per_day, ...).",
    ),
    column("low", "#indicator+num+low", Sort::Number, "Lower bound of the figure that counts."),
    column("best", "#indicator+num+best", Sort::Number, "Best estimate."),
    column("high", "#indicator+num+high", Sort::Number, "Upper bound; empty: none is stated."),
    column("unit", "#indicator+unit", Sort::Text, "Unit of the figure."),
    column(
        "figure",
        "#indicator+state",
        Sort::Text,
        "'stated'; 'open' where the row leaves the figure open; 'none' where the claim has none and counts as one.",
    ),
    column("approx", "#indicator+approx", Sort::Flag, "Whether the statement calls the figure approximate."),
    column("killed_low", "#affected+killed+low", Sort::Number, "People killed, lower bound (role `killed`)."),
    column("killed_best", "#affected+killed+best", Sort::Number, "People killed, best estimate."),
    column("killed_high", "#affected+killed+high", Sort::Number, "People killed, upper bound."),
    column("injured", "#affected+injured", Sort::Number, "People injured, best estimate (role `injured`)."),
    column(
        "other_figures",
        "#meta+figures",
        Sort::Text,
        "Further figures: role=low..best..high unit, parted by ';'.",
    ),
    column("polarity", "#meta+polarity", Sort::Text, "Affirmative, or negative for a denial."),
    column(
        "modality",
        "#meta+modality",
        Sort::Text,
        "How the wording holds its content (actual, planned, alleged, ...).",
    ),
    column("when_earliest", "#date+occurred+start", Sort::Moment, "The first instant that it can have been."),
    column("when_latest", "#date+occurred+end", Sort::Moment, "The last instant that it can have been."),
    column("when_precision", "#date+precision", Sort::Text, "How exactly the time is known."),
    column(
        "window_start",
        "#date+window+start",
        Sort::Moment,
        "First instant of the period for which the figure holds.",
    ),
    column("window_end", "#date+window+end", Sort::Moment, "One past its last instant."),
    column("place", "#loc+name", Sort::Text, "Place of the case's gazetteer."),
    column("lat", "#geo+lat", Sort::Degrees, "Degrees north, coarse."),
    column("lon", "#geo+lon", Sort::Degrees, "Degrees east, coarse."),
    column("radius_m", "#geo+radius", Sort::Whole, "The place lies within so many metres of the point."),
    column("known_at", "#date+known", Sort::Moment, "When the claim became known."),
    column("reported_at", "#date+reported", Sort::Moment, "When its row says that it was reported."),
    column("method", "#meta+method", Sort::Text, "How the claim came to be (coded by hand, a feed, ...)."),
    column(
        "standing",
        "#meta+standing",
        Sort::Text,
        "on record, accepted, rejected, corrected or retracted, at the moment of the export.",
    ),
    column(
        "counts",
        "#meta+counts",
        Sort::Flag,
        "Whether it counts: neither rejected nor corrected nor retracted.",
    ),
    column("note", "#description", Sort::Text, "Remark of the analyst or feed."),
];

impl<'r> ClaimEntry<'r> {
    /// The position that is disclosed: the claim's own or else that of its place, coarse.
    pub fn position(&self) -> Option<Position> {
        self.claim.position.or(self.place_position).map(|position| position.coarse())
    }

    /// The fields, one for each of [`CLAIM_COLUMNS`].
    pub fn fields(&self) -> Vec<Field<'r>> {
        let claim = self.claim;
        let name = |name: &'r Option<Name>| Field::of(name.as_ref(), |name| Field::text(name.as_str()));
        let number = |number: Option<Number>| Field::of(number, Field::Number);
        let (amount, killed) = (claim.amount(), claim.figure(roles::KILLED));
        let (when, window, position) = (claim.when, claim.window, self.position());
        let state = match amount {
            None => "none",
            Some(figure) if figure.low.or(figure.best).or(figure.high).is_none() => "open",
            Some(_) => "stated",
        };
        vec![
            Field::text(self.id.to_string()),
            Field::of(self.document, |document| Field::text(document.path.as_str())),
            Field::text(claim.document.to_string()),
            Field::of(self.document, |document| name(&document.publisher)),
            Field::text(claim.quote.as_str()),
            name(&claim.speaker),
            Field::of(claim.effective_origin(), |origin| Field::text(origin.as_str())),
            name(&claim.counter),
            list(&claim.actors),
            list(&claim.targets),
            Field::text(word(&claim.kind)),
            name(&claim.event_kind),
            name(&claim.incident),
            name(&claim.component),
            Field::text(word(&claim.measure)),
            number(amount.and_then(|figure| figure.low)),
            number(amount.and_then(|figure| figure.best)),
            number(amount.and_then(|figure| figure.high)),
            Field::of(amount, |figure| Field::text(figure.unit.as_str())),
            Field::text(state),
            Field::of(amount, |figure| Field::Flag(figure.approx)),
            number(killed.and_then(|figure| figure.low)),
            number(killed.and_then(|figure| figure.best)),
            number(killed.and_then(|figure| figure.high)),
            number(claim.figure(roles::INJURED).and_then(|figure| figure.best)),
            Field::text(other_figures(claim)),
            Field::text(word(&claim.polarity)),
            Field::text(word(&claim.modality)),
            Field::of(when, |when| Field::Moment(when.earliest)),
            Field::of(when, |when| Field::Moment(when.latest)),
            Field::of(when, |when| Field::text(word(&when.precision))),
            Field::of(window, |window| Field::Moment(window.start)),
            Field::of(window, |window| Field::Moment(window.end)),
            name(&claim.place),
            Field::of(position, |position| Field::Degrees(position.lat_e6)),
            Field::of(position, |position| Field::Degrees(position.lon_e6)),
            Field::of(position, |position| Field::Whole(i64::from(position.radius_m))),
            Field::Moment(self.known_at),
            Field::of(claim.reported_at, Field::Moment),
            Field::text(word(&claim.method)),
            Field::text(self.standing.word()),
            Field::Flag(self.standing.counts()),
            Field::of(claim.note.as_deref(), Field::text),
        ]
    }
}

fn list<'r>(names: &'r [Name]) -> Field<'r> {
    match names {
        [] => Field::Empty,
        [one] => Field::text(one.as_str()),
        more => Field::text(more.iter().map(Name::as_str).collect::<Vec<_>>().join(";")),
    }
}

fn other_figures(claim: &Claim) -> String {
    let is_own = |role: &Name| [roles::KILLED, roles::INJURED].contains(&role.as_str());
    let figures = claim.quantities.iter().filter_map(|figure| Some((figure.role.as_ref()?, figure)));
    let said: Vec<String> =
        figures.filter(|(role, _)| !is_own(role)).map(|(role, figure)| said(role, figure)).collect();
    said.join(";")
}

fn said(role: &Name, figure: &Quantity) -> String {
    let bound = |number: Option<Number>| number.map(|number| number.to_string()).unwrap_or_default();
    let value = match (figure.low, figure.best, figure.high) {
        (low, best, high) if low == best && best == high => bound(best),
        (low, best, high) => format!("{}..{}..{}", bound(low), bound(best), bound(high)),
    };
    format!("{role}={value} {}", figure.unit).trim_end().to_owned()
}
