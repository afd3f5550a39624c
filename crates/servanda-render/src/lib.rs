//! One view type per screen, shared by command line, HTTP and Python; the only crate that words sentences.
//!
//! Invariant: pure. No disk, no clock, no environment; the zones of the world are built in. The same view gives the
//! same bytes.
//! Invariant: sentences report ("according to", "reported", "nothing on record"). What is, was done or was breached has
//! no subject but a source; only a ruling says "breach".
//! Invariant: words that rank parties or serve the choice of whom to strike are never printed ([`words::NEVER`]).

mod aid;
mod alerts;
mod alerts_map;
mod alerts_words;
mod audit;
pub mod check;
pub mod civil;
mod claim_words;
mod claims_table;
pub mod compare;
mod counts;
mod counts_table;
mod counts_words;
mod excerpt;
pub mod figures;
mod heading;
pub mod html;
mod lexicon;
pub mod markdown;
pub mod plain;
mod read;
mod report;
mod review;
mod row;
mod schemas;
mod section;
mod status;
pub mod table;
mod table_csv;
mod table_geojson;
pub mod text;
mod timeline;
mod verify;
pub mod violations;
mod violations_section;
mod violations_table;
pub mod why;
pub mod words;

pub use aid::{AidLine, AidView, CheckLine};
pub use alerts::{AlertRow, AlertsView, ClusterRow, DigestRow, SeriesRow, alert_claims};
pub use alerts_map::{ALERT_COLUMNS, alerts_map};
pub use audit::{AuditItem, AuditView, audited_claims};
pub use check::{CheckView, PlacedDiagnostic};
pub use claim_words::{FieldWords, claim_words};
pub use claims_table::{CLAIM_COLUMNS, ClaimEntry, ClaimStanding};
pub use compare::{CompareView, ComparedRow, SourceShare};
pub use counts::{CountsRow, CountsTable, CountsView, FigureLine};
pub use counts_table::{COUNTS_COLUMNS, counts_rows};
pub use excerpt::{Excerpt, excerpt, sentence};
pub use heading::Heading;
pub use lexicon::{KindLabel, Lexicon, ProvisionLabel, Quoted, Reading, claims_of};
pub use read::{ArticleHead, ClaimRow, DocumentRow, ReadView, Sentenced};
pub use report::{ReportView, SourceEntry};
pub use review::{Candidate, QueueCounts, QueueState, ReviewItem, ReviewView, unreviewed_said};
pub use row::{BadgeWords, EpisodeWords, PivotWords, StatusRow, status_row};
pub use schemas::schemas;
pub use section::{Block, Item, Section};
pub use status::{LegendEntry, StateCount, StatusView};
pub use table_csv::{CsvTable, csv};
pub use table_geojson::GeoJsonTable;
pub use timeline::{ChangedRow, Difference, RecordedItem, RecordedSort, TimelineView};
pub use verify::{ChainLine, VerifyView};
pub use violations::{IncidentRow, ViolationsFound, ViolationsView};
pub use violations_table::{INCIDENT_COLUMNS, incident_rows};
pub use why::{WhyItem, WhyNode, WhyView};
