//! One promise of one party in words: the row that every screen shows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{
    Badge, CounterSeries, Episode, EpisodeSort, Finding, Instant, Level, Number, Pivot, State, WindowTally,
};

use crate::civil::Civil;
use crate::figures::{count, number, range, unit};
use crate::lexicon::{Lexicon, ProvisionLabel, Quoted};
use crate::words::{self, Form};

/// A badge with its word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BadgeWords {
    /// The badge.
    #[serde(flatten)]
    pub badge: Badge,
    /// Its word.
    pub said: String,
}

/// What makes the difference where the state is contested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PivotWords {
    /// What hangs on it.
    pub said: String,
    /// The words of the claims.
    pub quotes: Vec<Quoted>,
}

/// A breach episode in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EpisodeWords {
    /// When and what.
    pub said: String,
    /// Whether it stands whatever is believed.
    pub settled: bool,
    /// The words of the claims; at most as many as the finding lists.
    pub quotes: Vec<Quoted>,
    /// How many claims it rests on.
    pub n_claims: usize,
}

/// One promise of one party: the finding, and every part of it in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StatusRow {
    /// Stable name of the row on its page.
    pub anchor: String,
    /// What the agreement says, in its words or a paraphrase.
    pub words: Option<String>,
    /// Whether these are the words of the text itself.
    pub words_are_quote: bool,
    /// What it asks for.
    pub form: Form,
    /// Where it stands (`agreement/03.pact:12`).
    pub place: String,
    /// Title of its instrument.
    pub instrument_said: String,
    /// Who owes.
    pub obligor_said: String,
    /// To whom.
    pub beneficiary_said: Option<String>,
    /// State in words; both outcomes where it is contested.
    pub state_said: String,
    /// Level in words.
    pub level_said: Option<String>,
    /// How far, in short ("24 of 28").
    pub progress_said: String,
    /// How far, one sentence for each thing promised.
    pub progress_lines: Vec<String>,
    /// When it is due, in short.
    pub due_said: String,
    /// When it starts, was due and was done, in words.
    pub time_lines: Vec<String>,
    /// Badges with their words.
    pub badges_said: Vec<BadgeWords>,
    /// One line per counter.
    pub counters_said: Vec<String>,
    /// Episodes.
    pub episodes_said: Vec<EpisodeWords>,
    /// What makes the difference.
    pub pivots_said: Vec<PivotWords>,
    /// Other readings with their states.
    pub readings_said: Vec<String>,
    /// The finding itself, without its tree.
    pub finding: Finding,
}

/// Makes the row of a finding; `as_of` tells which year goes without saying.
pub fn status_row(finding: &Finding, lexicon: &Lexicon, civil: &Civil, as_of: Instant) -> StatusRow {
    let provision = lexicon.provision(finding);
    let said = Said { finding, lexicon, civil, provision: &provision, as_of };
    StatusRow {
        anchor: format!(
            "{}--{}--{}",
            words::slug(finding.instrument.as_str()),
            finding.provision,
            finding.obligor
        ),
        words: provision.words.clone(),
        words_are_quote: provision.is_quote,
        form: provision.form,
        place: format!("{}:{}", provision.file, provision.line),
        instrument_said: lexicon.instrument(&finding.instrument).to_owned(),
        obligor_said: lexicon.actor(&finding.obligor).to_owned(),
        beneficiary_said: finding.beneficiary.as_ref().map(|name| lexicon.actor(name).to_owned()),
        state_said: said.state(),
        level_said: finding.level.map(|level| said.level(level)),
        progress_said: said.progress(),
        progress_lines: said.progress_lines(),
        due_said: said.due(),
        time_lines: said.times(),
        badges_said: finding
            .badges
            .iter()
            // Said where the deadline stands.
            .filter(|badge| **badge != Badge::NoDeadline)
            .map(|badge| BadgeWords { badge: badge.clone(), said: words::badge(badge).to_owned() })
            .collect(),
        counters_said: finding.counters.iter().map(|counter| said.counter(counter)).collect(),
        episodes_said: said.episodes(),
        pivots_said: finding.pivots.iter().map(|pivot| said.pivot(pivot)).collect(),
        readings_said: said.readings(),
        finding: Finding { why: None, ..finding.clone() },
    }
}

struct Said<'s> {
    finding: &'s Finding,
    lexicon: &'s Lexicon,
    civil: &'s Civil,
    provision: &'s ProvisionLabel,
    as_of: Instant,
}

impl Said<'_> {
    fn word(&self, state: State) -> &'static str {
        words::state(state, self.provision.form)
    }

    fn state(&self) -> String {
        let finding = self.finding;
        if !finding.tally.is_empty() {
            let parts = finding.tally.iter().map(|(state, n)| format!("{n} {}", self.word(*state)));
            return parts.collect::<Vec<_>>().join(", ");
        }
        if finding.state.is_settled() {
            return self.word(finding.state.reported).to_owned();
        }
        format!("contested: {} | {}", self.word(finding.state.worst), self.word(finding.state.best))
    }

    fn level(&self, level: Level) -> String {
        let pace = self.finding.pace.as_deref().map(|pace| format!(" ({})", self.civil.translate(pace)));
        format!("{} {}{}", u8::from(level), words::level(level), pace.unwrap_or_default())
    }

    fn progress(&self) -> String {
        let finding = self.finding;
        if let Some(balance) = &finding.balance {
            return format!(
                "{} of {} due",
                range(balance.returned.worst, balance.returned.best),
                range(balance.due.best, balance.due.worst)
            );
        }
        if let Some(windows) = &finding.windows {
            return self.tally(windows, false);
        }
        if self.provision.form == Form::Not {
            let (most, least) = (finding.n_episodes.worst, finding.n_episodes.best);
            return match (least.min(most), least.max(most)) {
                (_, 0) => String::new(),
                (low, high) if low == high => count(high as usize, "reported breach", "reported breaches"),
                (low, high) => format!("{low}\u{2013}{high} reported breaches"),
            };
        }
        if matches!(finding.state.reported, State::Dormant | State::Void) && finding.state.is_settled() {
            return String::new();
        }
        if finding.progress.is_empty() {
            let is_to_do = matches!(self.provision.form, Form::Deliver | Form::Establish);
            return match finding.level {
                Some(Level::NotInitiated) if is_to_do => "not begun".to_owned(),
                Some(Level::Full) if is_to_do => "done".to_owned(),
                _ => String::new(),
            };
        }
        let short = |progress: &servanda_model::Progress| match progress.target {
            one if one == Number::whole(1) && progress.low == progress.high => {
                if progress.reported >= one { "done" } else { "not begun" }.to_owned()
            }
            all => format!("{} of {}", range(progress.low, progress.high), number(all)),
        };
        finding.progress.iter().map(short).collect::<Vec<_>>().join(", ")
    }

    fn progress_lines(&self) -> Vec<String> {
        let finding = self.finding;
        let mut lines: Vec<String> = finding
            .progress
            .iter()
            .map(|progress| {
                let mut line = format!(
                    "{}: {} of {} {}",
                    self.lexicon.kind(&progress.kind),
                    range(progress.low, progress.high),
                    number(progress.target),
                    unit(&progress.unit, progress.target)
                );
                if progress.low != progress.high {
                    line.push_str(&format!(", {} as reported", number(progress.reported)));
                }
                line.trim_end().to_owned()
            })
            .collect();
        if let Some(balance) = &finding.balance {
            let (least, most) =
                (balance.returned.worst - balance.due.worst, balance.returned.best - balance.due.best);
            lines.push(format!(
                "burden {}, due for it {}, returned {}, balance {}",
                range(balance.burden.best, balance.burden.worst),
                range(balance.due.best, balance.due.worst),
                range(balance.returned.worst, balance.returned.best),
                range(least, most)
            ));
        }
        if let Some(windows) = &finding.windows {
            lines.push(self.tally(windows, true));
        }
        lines
    }

    fn tally(&self, tally: &WindowTally, in_full: bool) -> String {
        let per = self.provision.per.as_deref().unwrap_or("window");
        let all = tally.met + tally.missed + tally.undecided + tally.no_data;
        if all == 0 {
            return format!("no full {per} yet");
        }
        let mut parts = Vec::new();
        for (n, what) in [
            (tally.met, "met"),
            (tally.missed, "missed"),
            (tally.undecided, "undecided"),
            (tally.no_data, "without reports"),
        ] {
            if n > 0 {
                parts.push(format!("{n} {what}"));
            }
        }
        let head = if in_full {
            format!("by all counts together, of {}: ", count(all as usize, per, &format!("{per}s")))
        } else {
            format!("{}: ", count(all as usize, per, &format!("{per}s")))
        };
        format!("{head}{}", parts.join(", "))
    }

    fn due(&self) -> String {
        match &self.finding.deadline {
            Some(deadline) if deadline.earliest == deadline.latest => {
                self.civil.short(deadline.latest, self.as_of)
            }
            Some(deadline) => self.civil.when(deadline),
            None if self.finding.badges.contains(&Badge::NoDeadline) => "no deadline".to_owned(),
            None => String::new(),
        }
    }

    fn times(&self) -> Vec<String> {
        let finding = self.finding;
        let mut lines = Vec::new();
        let mut say = |what: &str, when: &Option<servanda_model::When>| {
            if let Some(when) = when {
                lines.push(format!("{what} {}", self.civil.when(when)));
            }
        };
        say("in force from", &finding.start);
        say("due", &finding.deadline);
        say("done, as reported,", &finding.done);
        say("instance of", &finding.occurrence);
        if let Some(reading) = &finding.reading {
            lines.push(format!("read as: {reading}"));
        }
        lines
    }

    fn counter(&self, series: &CounterSeries) -> String {
        let who = series.counter.as_ref().map_or("single reports", |name| self.lexicon.actor(name));
        let covered = self.civil.window(&series.covered);
        // Only a rate is counted by windows.
        let windows = match self.provision.form {
            Form::Keep => format!("; {}", self.tally(&series.windows, false)),
            _ => String::new(),
        };
        // A counter of rates gives no sum.
        if series.low == Number::ZERO && series.high == Number::MAX {
            return format!("{who}: no total, {covered}{windows}");
        }
        let promised = number(series.promised);
        let beside =
            if series.at_most { format!(", at most {promised} promised") } else { format!(" of {promised}") };
        format!("{who}: {}{beside}, {covered}{windows}", range(series.low, series.high))
    }

    fn quotes(&self, claims: &[servanda_model::ClaimId]) -> Vec<Quoted> {
        claims.iter().filter_map(|claim| self.lexicon.quotes.get(claim).cloned()).collect()
    }

    /// Windows that are short only by the lowest figures, and that no claim singles out, make one line together.
    fn episodes(&self) -> Vec<EpisodeWords> {
        let is_by_bounds = |episode: &&Episode| {
            episode.sort == EpisodeSort::Window && !episode.settled && episode.n_claims == 0
        };
        let episodes = &self.finding.episodes;
        let by_bounds: Vec<&Episode> = episodes.iter().filter(is_by_bounds).collect();
        let (Some(first), Some(last), true) = (by_bounds.first(), by_bounds.last(), by_bounds.len() > 1)
        else {
            return episodes.iter().map(|episode| self.episode(episode)).collect();
        };
        let per = self.provision.per.as_deref().unwrap_or("window");
        let whole = Episode { to: last.to, ..(*first).clone() };
        let together = EpisodeWords {
            said: format!(
                "{}: {} short by the lowest figures on record, not by the highest (contested)",
                self.span(&whole),
                count(by_bounds.len(), per, &format!("{per}s"))
            ),
            settled: false,
            quotes: Vec::new(),
            n_claims: 0,
        };
        let others =
            episodes.iter().filter(|episode| !is_by_bounds(episode)).map(|episode| self.episode(episode));
        others.chain([together]).collect()
    }

    fn span(&self, episode: &Episode) -> String {
        let Some(to) = episode.to else { return format!("since {}", self.civil.moment(episode.from)) };
        // A window ends where the next one begins.
        let is_window = matches!(episode.sort, EpisodeSort::Window | EpisodeSort::Windows);
        let to = if is_window && to > episode.from { to.plus_ms(-1) } else { to };
        self.civil.when(&servanda_model::When::between(episode.from, to, servanda_model::Precision::Range))
    }

    fn episode(&self, episode: &Episode) -> EpisodeWords {
        let span = self.span(episode);
        let extent = episode.extent.filter(|extent| *extent != Number::MAX && *extent != Number::ZERO);
        let what = match (episode.sort, episode.n_of, extent) {
            (EpisodeSort::Windows, Some((n, of)), _) => {
                let per = self.provision.per.as_deref().unwrap_or("window");
                let weeks = count(of as usize, per, &format!("{per}s"));
                format!("at least {n} of {weeks} {}", words::episode(episode.sort))
            }
            (EpisodeSort::Window, _, Some(short)) => {
                format!("{}, by up to {}", words::episode(episode.sort), number(short))
            }
            (EpisodeSort::Balance, _, Some(short)) => {
                format!("{} by {}", words::episode(episode.sort), number(short))
            }
            (EpisodeSort::Incident, _, Some(extent)) => {
                format!("{}, extent {}", words::episode(episode.sort), number(extent))
            }
            (sort, ..) => words::episode(sort).to_owned(),
        };
        let mut said = format!("{span}: {what}");
        if !episode.settled {
            said.push_str(" (contested)");
        }
        if episode.n_claims > 0 {
            said.push_str(&format!("; {}", count(episode.n_claims, "claim", "claims")));
        }
        EpisodeWords {
            said,
            settled: episode.settled,
            quotes: self.quotes(&episode.claims),
            n_claims: episode.n_claims,
        }
    }

    fn pivot(&self, pivot: &Pivot) -> PivotWords {
        PivotWords {
            said: format!(
                "if accepted: {}; if not: {} (in doubt: {})",
                self.word(pivot.accepted),
                self.word(pivot.rejected),
                words::doubt(pivot.doubt)
            ),
            quotes: self.quotes(&pivot.claims),
        }
    }

    fn readings(&self) -> Vec<String> {
        let other = self.finding.other_readings.iter();
        other
            .map(|(label, state)| format!("read as \u{201c}{label}\u{201d}: {}", self.word(*state)))
            .collect()
    }
}
