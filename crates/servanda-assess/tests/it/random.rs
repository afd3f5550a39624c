//! Random agreements and records, each from one number; and how a failing one is made small.
//!
//! Days are written `@12` (day 12 of the case) or `@12T06:00` and parties by name, so that a case can be moved in time
//! and two parties swapped when it is written out.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use servanda_ledger::{KnownBy, Ledger, LedgerBuilder};
use servanda_model::*;
use servanda_pact::{Agreement, parse_agreement};

use crate::naive::{NEVER, Told};
use crate::world;

/// Monday 2025-03-03.
const FIRST_DAY_MS: i64 = 1_740_960_000_000;
/// Claims are about these days.
pub const N_DAYS: u64 = 60;

/// SplitMix64.
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize].clone()
    }
}

/// One claim of a record, by a line as in [`crate::world`].
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub text: String,
    pub known: String,
    /// The line that this one corrects; it stands before this one.
    pub corrects: Option<usize>,
    /// When it was taken back.
    pub retracted: Option<String>,
    /// When it was put on record once more.
    pub again: Option<String>,
}

/// An agreement with a record.
#[derive(Clone, Debug)]
pub struct Case {
    pub head: String,
    pub blocks: Vec<String>,
    pub lines: Vec<Line>,
    pub standpoint: Standpoint,
}

/// How a case is written out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dress {
    pub shift_days: i64,
    pub swapped: bool,
}

fn instant(text: &str) -> i64 {
    world::moment(text, true).ms()
}

impl Dress {
    /// A template with its days and parties filled in.
    pub fn write(self, template: &str) -> String {
        let mut text = String::new();
        let mut pieces = template.split('@');
        text += pieces.next().unwrap_or_default();
        for piece in pieces {
            let n_digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let day: i64 = piece[..n_digits].parse().expect("a day");
            let ms = FIRST_DAY_MS + (day + self.shift_days) * DAY_MS;
            text += &Instant::from_ms(ms).to_string()[..10];
            text += &piece[n_digits..];
        }
        if self.swapped {
            text = text.replace("north", "\u{1}").replace("south", "north").replace('\u{1}', "south");
        }
        text
    }

    /// The moment of a template day.
    pub fn at(self, template: &str) -> i64 {
        instant(&self.write(template))
    }
}

/// A case written out: the agreement as read, the claims, and the ledger that holds them.
pub struct Written {
    pub pact: Agreement,
    pub told: Vec<Told>,
    pub ids: Vec<ClaimId>,
    pub ledger: Ledger,
}

enum Step {
    Assert(usize, i64),
    Retract(usize, i64),
}

impl Case {
    pub fn pact_text(&self, dress: Dress) -> String {
        dress.write(&(self.head.clone() + &self.blocks.concat()))
    }

    /// The agreement; `None` where the text has errors (a shrunk case can).
    pub fn pact(&self, dress: Dress) -> Option<Agreement> {
        let text = self.pact_text(dress);
        let (pact, diagnostics) = parse_agreement(&[("test.pact".to_owned(), text.into_bytes())]);
        diagnostics.iter().all(|d| d.severity != Severity::Error).then_some(pact)
    }

    /// Writes the case out; records of one moment arrive in the order of `shuffle`, or as they stand.
    pub fn written(&self, dress: Dress, shuffle: Option<&mut Rng>) -> Option<Written> {
        let pact = self.pact(dress)?;
        let mut claims: Vec<(Claim, i64)> = Vec::new();
        for line in &self.lines {
            let (mut claim, _) = world::claim(&dress.write(&line.text));
            claim.corrects = line.corrects.map(|at| claims[at].0.id());
            // Two claims of the same words stand at different places.
            claim.span = Span { start: claims.len(), end: claims.len() + 1 };
            claims.push((claim, dress.at(&line.known)));
        }
        let ids: Vec<ClaimId> = claims.iter().map(|(claim, _)| claim.id()).collect();
        let mut steps: Vec<Step> = Vec::new();
        let mut told: Vec<Told> = Vec::new();
        for (at, (claim, known)) in claims.iter().enumerate() {
            steps.push(Step::Assert(at, *known));
            steps.extend(self.lines[at].again.iter().map(|day| Step::Assert(at, dress.at(day))));
            steps.extend(self.lines[at].retracted.iter().map(|day| Step::Retract(at, dress.at(day))));
            told.push(Told { claim: claim.clone(), known: *known, gone: NEVER });
        }
        for (at, line) in self.lines.iter().enumerate() {
            if let Some(day) = &line.retracted {
                told[at].gone = told[at].gone.min(dress.at(day));
            }
            if let Some(old) = line.corrects {
                told[old].gone = told[old].gone.min(told[at].known.max(told[old].known));
            }
        }
        if let Some(rng) = shuffle {
            // By the words of each line, so that a smaller case keeps the order of a larger one.
            let seed = rng.next();
            steps.sort_by_key(|step| {
                let (Step::Assert(at, known) | Step::Retract(at, known)) = *step;
                let words = self.lines[at].text.bytes().chain(known.to_le_bytes());
                let hash = words.fold(seed, |hash, byte| Rng(hash ^ u64::from(byte)).next());
                (hash, at, matches!(step, Step::Retract(..)))
            });
        }
        let source: HashMap<ClaimId, Claim> =
            ids.iter().copied().zip(claims.iter().map(|(claim, _)| claim.clone())).collect();
        let mut builder = LedgerBuilder::new(KnownBy::Record, Arc::new(source));
        for step in steps {
            match step {
                Step::Assert(at, known) => builder.claim(ids[at], &claims[at].0, Instant::from_ms(known)),
                Step::Retract(at, known) => builder.retract(&ids[at], Instant::from_ms(known)),
            }
        }
        Some(Written { pact, told, ids, ledger: builder.finish() })
    }

    /// For a message: everything that makes the case.
    pub fn show(&self) -> String {
        let dress = Dress::default();
        let mut text = self.pact_text(dress);
        for line in &self.lines {
            text += &format!("{} known {}", dress.write(&line.text), dress.write(&line.known));
            text += &line.corrects.map_or(String::new(), |at| format!(" corrects line {at}"));
            text +=
                &line.retracted.as_ref().map_or(String::new(), |d| format!(" retracted {}", dress.write(d)));
            text += &line.again.as_ref().map_or(String::new(), |d| format!(" again {}", dress.write(d)));
            text += "\n";
        }
        text + &format!("{:?} verifiers {:?}\n", self.standpoint.doubt, self.standpoint.verifiers)
    }

    fn without_line(&self, gone: usize) -> Case {
        let mut case = self.clone();
        case.lines.remove(gone);
        for line in &mut case.lines {
            line.corrects = match line.corrects {
                Some(at) if at == gone => None,
                Some(at) if at > gone => Some(at - 1),
                same => same,
            };
        }
        case
    }

    /// The case with everything left out that the failure does not need.
    pub fn shrunk(&self, fails: &dyn Fn(&Case) -> bool) -> Case {
        let mut case = self.clone();
        loop {
            let mut smaller: Vec<Case> = Vec::new();
            for at in (0..case.blocks.len()).rev() {
                let mut less = case.clone();
                less.blocks.remove(at);
                smaller.push(less);
                for clause in 2..case.blocks[at].lines().count() {
                    let mut less = case.clone();
                    let kept = case.blocks[at].lines().enumerate().filter(|(n, _)| *n != clause);
                    less.blocks[at] = kept.map(|(_, line)| format!("{line}\n")).collect();
                    smaller.push(less);
                }
            }
            for at in (0..case.lines.len()).rev() {
                smaller.push(case.without_line(at));
                let mut less = case.clone();
                let line = &mut less.lines[at];
                if line.corrects.is_some() || line.retracted.is_some() || line.again.is_some() {
                    (line.corrects, line.retracted, line.again) = (None, None, None);
                    smaller.push(less);
                }
            }
            match smaller.into_iter().find(|less| less.pact(Dress::default()).is_some() && fails(less)) {
                Some(less) => case = less,
                None => return case,
            }
        }
    }
}

/// What the generator is to make.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Promises whose clauses share no kind, few doubts: for worlds that are all tried.
    pub few_doubts: bool,
    /// Also running totals, rival counters, windows.
    pub counters: bool,
    pub n_claims: (u64, u64),
}

const HEAD: &str = r#"party north "North"
party south "South"
party east "East"
body board "Board"
body court "Court"
zone border "border.geojson"
kind sign "signs"
kind call "calls"
kind vote "votes"
kind parcel "parcels" counts parcel
kind letter "letters" counts letter
kind crate "crates" counts crate
kind load "loads" counts load
kind pay "payments" counts payment
kind mail "mail" counts mail
kind shot "shots"
kind raid "raids"
kind pause "pauses"
kind storm "storms"
kind close "closings"
kind exit "exits"
kind truck "trucks" counts truck
number quota 4 since @0 "first", 9 since @25 "second"
"#;

#[derive(Clone, Debug)]
struct Made {
    id: String,
    kinds: BTreeSet<String>,
    is_delivery: bool,
    each: bool,
    has_unless: bool,
}

struct Maker<'r> {
    rng: &'r mut Rng,
    wish: Wish,
    blocks: Vec<String>,
    made: Vec<Made>,
    n_milestones: usize,
    powers: Vec<(String, &'static str)>,
}

impl Maker<'_> {
    /// A name that this provision does not use yet, where clauses may share none.
    fn draw(&mut self, pool: &[&str], used: &mut BTreeSet<String>) -> Option<String> {
        let name = self.rng.pick(pool).to_owned();
        if used.contains(&name) && self.wish.few_doubts {
            return None;
        }
        used.insert(name.clone());
        Some(name)
    }

    fn duration(&mut self) -> String {
        match self.rng.below(6) {
            0 => format!("{} calendar days", 1 + self.rng.below(6)),
            1 => format!("{} days", 1 + self.rng.below(9)),
            2 => "1 weeks".to_owned(),
            _ => format!("{} hours", 6 * (1 + self.rng.below(24))),
        }
    }

    fn date(&mut self) -> String {
        let day = self.rng.below(N_DAYS - 10);
        if self.rng.chance(40) { format!("@{day} 12:00") } else { format!("@{day}") }
    }

    fn atom(&mut self, pool: &[&str], used: &mut BTreeSet<String>) -> Option<String> {
        let refers = self.made.iter().filter(|made| !made.each);
        let refers: Vec<Made> = refers.cloned().collect();
        match self.rng.below(12) {
            0 => Some(self.date()),
            1 => {
                let kind = self.draw(&["mail"], used)?;
                Some(format!("count {kind} at least {}", 2 + self.rng.below(8)))
            }
            2 => Some(format!("established {}", self.draw(&["court"], used)?)),
            3 | 4 if !refers.is_empty() => {
                let made = self.rng.pick(&refers);
                let shares = made.kinds.iter().any(|kind| used.contains(kind));
                let fulfilled = made.is_delivery && self.rng.chance(60);
                if self.wish.few_doubts && (shares || fulfilled && made.has_unless) {
                    return None;
                }
                used.extend(made.kinds.clone());
                Some(format!("{} {}", if fulfilled { "fulfilled" } else { "breached" }, made.id))
            }
            5 => {
                let duration = self.duration();
                let kind = self.draw(pool, used)?;
                Some(format!("{duration} after {kind}"))
            }
            _ => self.occurs(pool, used),
        }
    }

    fn occurs(&mut self, pool: &[&str], used: &mut BTreeSet<String>) -> Option<String> {
        let kind = self.draw(pool, used)?;
        Some(match self.rng.below(3) {
            0 => format!("{kind} by {}", self.rng.pick(&["north", "south"])),
            _ => kind,
        })
    }

    fn cond(&mut self, pool: &[&str], used: &mut BTreeSet<String>) -> Option<String> {
        let mut text = self.atom(pool, used)?;
        if self.rng.chance(15)
            && let Some(other) = self.atom(pool, used)
        {
            text = format!("{text} {} {other}", self.rng.pick(&["and", "or"]));
        }
        if self.rng.chance(10) {
            self.n_milestones += 1;
            let name = format!("step{}", self.n_milestones);
            self.blocks.push(format!("milestone {name} when {text}\n"));
            text = name;
        }
        Some(text)
    }

    fn amount(&mut self) -> String {
        if !self.wish.few_doubts && self.rng.chance(12) {
            "quota".to_owned()
        } else {
            (1 + self.rng.below(12)).to_string()
        }
    }

    fn provision(&mut self) {
        let mut used = BTreeSet::new();
        let id = format!("p{}", self.made.len() + 1);
        let triggers = ["sign", "call", "vote"];
        let obligors = self.rng.pick(&["north", "south", "north", "south", "north, south"]);
        let other = if obligors == "north" { "south" } else { "north" };
        let mut each = false;
        let form = self.rng.below(if self.wish.counters { 10 } else { 8 });
        let (mut is_delivery, mut has_deadline) = (false, false);
        let duty = match form {
            0..=2 | 6 | 7 => {
                (is_delivery, has_deadline) = (true, true);
                each = form >= 6;
                let mut targets = Vec::new();
                for _ in 0..1 + self.rng.below(2) {
                    let amount = self.amount();
                    let kind = self.rng.pick(&["parcel", "letter", "crate"]);
                    if used.insert(kind.to_owned()) {
                        targets.push(format!("{amount} {kind}"));
                    }
                }
                let to = if self.rng.chance(50) { format!(" to {other}") } else { String::new() };
                format!("must deliver {}{to}", targets.join(", "))
            }
            3 => {
                (is_delivery, has_deadline) = (true, true);
                used.insert("board".to_owned());
                let state = if self.rng.chance(30) { " as working" } else { "" };
                format!("must establish board{state}")
            }
            4 => {
                used.insert("shot".to_owned());
                let more = if self.rng.chance(30) && used.insert("raid".to_owned()) { ", raid" } else { "" };
                let zone = if self.rng.chance(20) { " in border" } else { "" };
                format!("must not shot{more}{zone}")
            }
            5 => {
                used.extend(["pay".to_owned(), "load".to_owned()]);
                let by = if self.rng.chance(70) { format!(" by {other}") } else { String::new() };
                format!(
                    "must match {} pay for each {} load{by}",
                    1 + self.rng.below(3),
                    1 + self.rng.below(3)
                )
            }
            _ => {
                used.insert("truck".to_owned());
                let bound = self.rng.pick(&["least", "least", "most"]);
                let (n, per) = self.rng.pick(&[(5, "day"), (30, "week")]);
                format!("must keep truck at {bound} {n} per {per}")
            }
        };
        let mut clauses: Vec<String> = Vec::new();
        if each {
            let trigger = self.occurs(&triggers, &mut used).expect("nothing is used yet");
            let delay =
                if self.rng.chance(20) { format!("{} after ", self.duration()) } else { String::new() };
            clauses.push(format!("whenever {delay}{trigger}"));
        } else if self.rng.chance(75)
            && let Some(cond) = self.cond(&triggers, &mut used)
        {
            clauses.push(format!("when {cond}"));
        }
        if has_deadline && self.rng.chance(85) {
            let duration = self.duration();
            match self.rng.below(8) {
                0 if !each => clauses.push(format!("by {}", self.date())),
                1 if !each => {
                    if let Some(cond) = self.cond(&triggers, &mut used) {
                        clauses.push(format!("within {duration} of {cond}"));
                    } else {
                        clauses.push(format!("within {duration}"));
                    }
                }
                _ => clauses.push(format!("within {duration}")),
            }
        } else if has_deadline {
            clauses.push("no deadline".to_owned());
        } else if form == 5 && self.rng.chance(70) {
            clauses.push(format!("within {}", self.duration()));
        }
        let mut has_unless = false;
        if self.rng.chance(30)
            && let Some(cond) = if each || self.rng.chance(80) {
                self.occurs(&["pause", "storm"], &mut used)
            } else {
                self.cond(&["pause", "storm"], &mut used)
            }
        {
            has_unless = true;
            clauses.push(format!("unless {cond}"));
        }
        if self.rng.chance(20)
            && let Some(cond) = self.cond(&["close", "exit"], &mut used)
        {
            clauses.push(format!("until {cond}"));
        }
        if !is_delivery
            && self.rng.chance(20)
            && let Some(cond) = self.cond(&triggers, &mut used)
        {
            clauses.push(format!("while {cond}"));
        }
        if form >= 8 {
            if self.rng.chance(60) {
                clauses.push("watch truck by depot complete after 1 days".to_owned());
            }
            if self.rng.chance(30) {
                clauses.push("tolerance 1 day in 3".to_owned());
            }
        }
        let mut powers: Vec<String> = Vec::new();
        if self.rng.chance(35) {
            let mut which =
                vec![self.rng.pick(&["suspend", "suspend", "waive", "terminate", "extend", "extend"])];
            if which[0] == "suspend" && self.rng.chance(70) {
                which.push("resume");
            }
            for power in which {
                let name = format!("{power}{id}");
                let holder = self.rng.pick(&["north", "south"]);
                let mut text = format!(
                    "provision {name} \"a power\"\n  paraphrase \"a power\"\n  {holder} may {power} {id}\n"
                );
                if power == "extend" {
                    text += &format!("  within {}\n", self.duration());
                }
                if self.rng.chance(20)
                    && let Some(cond) = self.occurs(&triggers, &mut used)
                {
                    text += &format!("  when {cond}\n");
                }
                if self.rng.chance(10)
                    && let Some(cond) = self.occurs(&["close", "exit"], &mut used)
                {
                    text += &format!("  until {cond}\n");
                }
                used.insert(name.clone());
                self.powers.push((name, holder));
                powers.push(text);
            }
        }
        let clauses: String = clauses.iter().map(|clause| format!("  {clause}\n")).collect();
        self.blocks.push(format!(
            "provision {id} \"a point\"\n  paraphrase \"in our own words\"\n  {obligors} {duty}\n{clauses}"
        ));
        self.blocks.extend(powers);
        self.made.push(Made { id, kinds: used, is_delivery, each, has_unless });
    }
}

/// The case of a number.
pub fn case(number: u64, wish: Wish) -> Case {
    let mut rng = Rng(number.wrapping_mul(0x2545_F491_4F6C_DD1D) ^ 0x5EED);
    let clock = rng.pick(&["UTC", "UTC", "Etc/GMT-3"]);
    let adopted = rng.pick(&["@0", "@5", "@10 12:00"]);
    let mut head =
        format!("pact test \"A test\"\nclock {clock}\ninstrument text \"The text\" adopted {adopted}\n");
    head += HEAD;
    let mut maker = Maker {
        rng: &mut rng,
        wish,
        blocks: Vec::new(),
        made: Vec::new(),
        n_milestones: 0,
        powers: Vec::new(),
    };
    let n_provisions = 1 + maker.rng.below(if wish.few_doubts { 3 } else { 5 });
    for n in 0..n_provisions {
        if n > 0 && maker.rng.chance(6) && !maker.blocks.iter().any(|block| block.starts_with("instrument")) {
            // What was promised before ends with it, what follows begins with it.
            let later = "instrument later \"The later text\" adopted @40 supersedes text\n";
            maker.blocks.push(later.to_owned());
        }
        maker.provision();
    }
    let Maker { blocks, made, powers, .. } = maker;
    let kinds: BTreeSet<String> = made.iter().flat_map(|made| made.kinds.iter().cloned()).collect();
    let kinds: Vec<String> = kinds.into_iter().collect();
    let lines = record(&mut rng, wish, &kinds, &powers);
    let mut standpoint = Standpoint::all_sources();
    if rng.chance(60) {
        standpoint.verifiers = vec!["observer".into()];
    }
    if !wish.few_doubts && rng.chance(20) {
        standpoint.doubt = Doubt::Unverified;
    }
    if rng.chance(10) {
        standpoint.corroboration = 0;
    }
    Case { head, blocks, lines, standpoint }
}

fn moment(rng: &mut Rng) -> String {
    format!("@{}T{:02}:00", rng.below(N_DAYS), 6 * rng.below(4))
}

fn record(rng: &mut Rng, wish: Wish, kinds: &[String], powers: &[(String, &'static str)]) -> Vec<Line> {
    let n_claims = wish.n_claims.0 + rng.below(wish.n_claims.1 - wish.n_claims.0 + 1);
    let mut doubts_left = if wish.few_doubts { 2 + rng.below(8) } else { u64::MAX };
    let mut lines: Vec<Line> = Vec::new();
    while (lines.len() as u64) < n_claims {
        let kind = rng.pick(kinds);
        let is_power = powers.iter().find(|(name, _)| *name == kind);
        let counts =
            matches!(kind.as_str(), "parcel" | "letter" | "crate" | "load" | "pay" | "mail" | "truck");
        let mut doubt = |rng: &mut Rng, percent: u64| {
            let doubts = doubts_left > 0 && rng.chance(percent);
            doubts_left -= u64::from(doubts);
            doubts
        };
        let (day, hour) = (rng.below(N_DAYS), 6 * rng.below(4));
        let vague = doubt(rng, 35);
        let mut known_day = day;
        let time = if !vague {
            format!("@{day}T{hour:02}:00")
        } else if rng.chance(75) {
            format!("@{day}")
        } else {
            known_day = day + rng.below(4);
            format!("@{day}/@{known_day}")
        };
        let mut text = format!("{time} {kind}");
        if counts {
            let low = 1 + rng.below(8);
            if doubt(rng, 20) {
                text += &format!(" {low}..{}", low + 1 + rng.below(5))
            } else {
                text += &format!(" {low}")
            }
        }
        let actor = match is_power {
            Some((_, holder)) if rng.chance(85) => *holder,
            _ => rng.pick(&["north", "south", "north", "south", "north,south", "", "east"]),
        };
        if !actor.is_empty() {
            text += &format!(" by {actor}");
        }
        if kind == "shot" && rng.chance(50) {
            text += " place border";
        }
        if kind == "board" && rng.chance(60) {
            text += " state working";
        }
        if wish.counters && counts && rng.chance(30) {
            let (from, n) = (rng.below(N_DAYS / 7) * 7, rng.pick(&[1, 7, 7, 14]));
            let measure = rng.pick(&["total", "total", "total", "outstanding", "per_day"]);
            known_day = from + n - 1;
            text = format!(
                "@{from}/@{known_day} {kind} {} counter {} {measure}",
                1 + rng.below(30),
                rng.pick(&["depot", "clerk"])
            );
        }
        let late = if rng.chance(20) { rng.below(15) } else { 0 };
        let known = format!("@{}T{}", known_day + late, rng.pick(&["23:00", "23:59"]));
        let speakers = ["north", "south", "observer", "press", "agency"];
        let speaker = rng.pick(&speakers);
        if rng.chance(60) {
            text += &format!(" says {speaker}");
            if rng.chance(30) {
                text += &format!(" origin {}", rng.pick(&speakers));
            }
        }
        let n = lines.len();
        let line = |text: String, known: &str| Line { text, known: known.to_owned(), ..Line::default() };
        match rng.below(20) {
            // Asserted and denied.
            0..=3 if doubt(rng, 100) => {
                lines.push(line(format!("{text} id i{n}"), &known));
                let denier = rng.pick(&["north", "south", "press", "observer"]);
                let denial = format!("{time} {kind} says {denier} id i{n} not");
                lines.push(line(denial, &if rng.chance(50) { known.clone() } else { moment(rng) }));
            }
            // Told by several, not always alike.
            4 => {
                lines.push(line(format!("{text} id i{n}"), &known));
                let mut other = text.clone();
                if !wish.few_doubts && rng.chance(50) {
                    other = other.replacen(&time, &format!("@{}", (day + rng.below(2)).min(N_DAYS - 1)), 1);
                }
                let other = format!("{other} origin {} id i{n}", rng.pick(&["agency", "ministry", "paper"]));
                lines.push(line(other, &known));
            }
            // Corrected.
            5 | 6 => {
                lines.push(line(text.clone(), &known));
                let at = lines.len() - 1;
                let time = moment(rng);
                let rest = text.split_once(' ').map_or("", |(_, rest)| rest).to_owned();
                let text = if text.contains("counter") { text.clone() } else { format!("{time} {rest}") };
                let known = format!("@{}T12:00", known_day + late + 1 + rng.below(9));
                lines.push(Line { corrects: Some(at), ..line(format!("{text} origin editor"), &known) });
            }
            // Taken back.
            7 | 8 => {
                let retracted = format!("@{}T12:00", known_day + late + rng.below(12) + 1);
                lines.push(Line { retracted: Some(retracted), ..line(text, &known) });
            }
            // Put on record twice.
            9 => {
                let again = format!("@{}T12:00", known_day + late + rng.below(12) + 1);
                lines.push(Line { again: Some(again), ..line(text, &known) });
            }
            // Not something that occurred.
            10 => lines.push(line(format!("{text} planned"), &known)),
            _ => lines.push(line(text, &known)),
        }
    }
    lines
}
