//! Why: the tree behind a verdict, from the state down to quoted words.

use servanda_ledger::{FactIx, View};
use servanda_model::*;
use servanda_pact::{At, DeadlineSort, Duration, DurationUnit, Words};

use super::course::{Course, NEVER};
use super::engine::Engine;
use super::finding::Question;
use super::incidents::{Grade, IncidentIx};
use super::plan::{CondIx, CondPlan, DutyPlan, Plan, PlanIx, StreamIx};
use super::stream::{Belief, Quad, UNBOUNDED};

/// Most incidents listed under one node; the rest is counted.
const MAX_LISTED: usize = 12;

impl Engine {
    pub(crate) fn why(
        &self,
        view: &View,
        at: PlanIx,
        course: &Quad<Course>,
        question: &Question,
        finding: &Finding,
    ) -> Why {
        let plan = &self.compiled.plans[at];
        let now = question.at.ms();
        let mut because = vec![self.why_provision(plan)];
        because.extend(self.why_reading(plan, finding));
        because.push(self.why_start(view, plan, course, now));
        because.extend(self.why_deadline(plan, course, now));
        because.extend(self.why_evidence(view, plan, now, finding));
        because.extend(self.why_counters(view, plan, finding, now));
        because.extend(finding.balance.as_ref().map(|balance| {
            let (burden, due, returned) =
                (balance.burden.reported, balance.due.reported, balance.returned.reported);
            Why::new(WhyKind::Balance, format!("{burden} came, so {due} due by now; {returned} returned"))
        }));
        because.extend(self.why_horizon(plan));
        because.extend(
            finding
                .pace
                .as_ref()
                .zip(finding.level)
                .map(|(pace, level)| Why::new(WhyKind::Level, format!("level {}: {pace}", u8::from(level)))),
        );
        because.extend(self.why_ruling(view, plan));
        because.extend(finding.pivots.iter().map(|pivot| {
            let doubt = match pivot.doubt {
                PivotDoubt::Existence => "whether it occurred",
                PivotDoubt::Quantity => "how much",
                PivotDoubt::Time => "when",
            };
            let text = format!("{doubt}: {} or {}", state_word(pivot.accepted), state_word(pivot.rejected));
            let claims = pivot
                .claims
                .iter()
                .filter_map(|claim| view.find(claim))
                .filter_map(|fact| self.why_claim(view, fact));
            Why::new(WhyKind::Pivot, text).because(claims.collect())
        }));
        let state = &finding.state;
        let text = if state.is_settled() {
            format!("{}: {}", finding.provision, state_word(state.reported))
        } else {
            format!(
                "{}: contested: {} against the obligor, {} for it; {} as reported",
                finding.provision,
                state_word(state.worst),
                state_word(state.best),
                state_word(state.reported)
            )
        };
        Why::new(WhyKind::Verdict, text).because(because)
    }

    fn pointing(&self, at: At) -> WhyRef {
        let file = self.agreement.files.get(at.file).map(|file| file.path.clone()).unwrap_or_default();
        WhyRef::Agreement { file, span: at.span }
    }

    fn why_provision(&self, plan: &Plan) -> Why {
        let (words, at) = match &plan.provision.words {
            Some(Words::Quote { text, at } | Words::Paraphrase { text, at }) => (text.clone(), *at),
            None => (String::new(), plan.provision.at),
        };
        let source = |at: At| {
            let text = self.agreement.files.get(at.file).and_then(|file| at.span.of(&file.text));
            text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let duty = Why::new(WhyKind::Clause, source(plan.provision.duty_at))
            .pointing(self.pointing(plan.provision.duty_at));
        let text = format!("{}, {}: {words}", plan.provision.instrument, plan.provision.title);
        Why::new(WhyKind::Provision, text).pointing(self.pointing(at)).because(vec![duty])
    }

    fn why_reading(&self, plan: &Plan, finding: &Finding) -> Option<Why> {
        if finding.other_readings.is_empty() {
            return None;
        }
        let others = finding.other_readings.iter().map(|(label, state)| {
            let label = if label.is_empty() { "as written" } else { label };
            Why::new(WhyKind::Reading, format!("read as \"{label}\": {}", state_word(*state)))
        });
        let followed =
            plan.reading.map_or("as written".to_owned(), |_| finding.reading.clone().unwrap_or_default());
        Some(Why::new(WhyKind::Reading, format!("followed: {followed}")).because(others.collect()))
    }

    fn why_start(&self, view: &View, plan: &Plan, course: &Quad<Course>, now: i64) -> Why {
        let start = &course.reported.start;
        let text = match plan.start {
            None => format!(
                "starts with the adoption of {}: {}",
                plan.provision.instrument,
                self.say(plan.adopted_ms)
            ),
            Some(_) if *start > now && course.reported.impossible.contains(now) => {
                "its start has become impossible".to_owned()
            }
            Some(_) if *start > now => "not started: nothing on record that meets its condition".to_owned(),
            Some(_) => format!("started {}", self.say_between(course.least.start, course.most.start)),
        };
        let conds = plan.start.iter().chain(&plan.whiles).chain(&plan.unless).chain(&plan.until);
        Why::new(WhyKind::Start, text).because(conds.map(|cond| self.why_cond(view, *cond, 0)).collect())
    }

    fn why_cond(&self, view: &View, cond: CondIx, depth: usize) -> Why {
        let source = &self.compiled.cond_source[cond];
        let words = self
            .agreement
            .files
            .get(source.at.file)
            .and_then(|file| source.at.span.of(&file.text))
            .unwrap_or_default();
        let moment = self.moment(cond, Belief::Reported);
        let holds = if moment == NEVER {
            "not met on record".to_owned()
        } else {
            format!("met {}", self.say(moment))
        };
        let node = Why::new(
            WhyKind::Condition,
            format!("{}: {holds}", words.split_whitespace().collect::<Vec<_>>().join(" ")),
        );
        let node = node.pointing(self.pointing(source.at));
        let because = match &self.compiled.conds[cond] {
            CondPlan::Occurs(stream) | CondPlan::Established(stream) => {
                let first = self.stream(*stream).possible_between(i64::MIN / 2, NEVER - 1).next();
                first
                    .into_iter()
                    .flat_map(|(incident, _, _)| self.why_incident(view, incident).because)
                    .collect()
            }
            CondPlan::Count(stream, _) => vec![self.why_stream(view, *stream, NEVER - 1)],
            CondPlan::All(all) | CondPlan::Any(all) if depth < 6 => {
                all.iter().map(|inner| self.why_cond(view, *inner, depth + 1)).collect()
            }
            CondPlan::After(_, inner) => vec![self.why_cond(view, *inner, depth + 1)],
            CondPlan::Fulfilled(name) | CondPlan::Breached(name) => {
                vec![
                    Why::new(WhyKind::Provision, name.to_string())
                        .pointing(WhyRef::Provision { id: name.clone() }),
                ]
            }
            _ => Vec::new(),
        };
        node.because(because)
    }

    fn why_deadline(&self, plan: &Plan, course: &Quad<Course>, now: i64) -> Vec<Why> {
        let Some(deadline) = &plan.provision.deadline else {
            let is_delivery = matches!(plan.duty, DutyPlan::Deliver { .. } | DutyPlan::Establish { .. });
            let node = Why::new(WhyKind::Deadline, "no deadline, so it can never be overdue");
            return is_delivery.then_some(node).into_iter().collect();
        };
        let rule = match &deadline.sort {
            DeadlineSort::By(_) => "by".to_owned(),
            DeadlineSort::Within { duration, of: None } => {
                format!("{} after the start", say_duration(*duration))
            }
            DeadlineSort::Within { duration, of: Some(_) } => {
                format!("{} after its own condition", say_duration(*duration))
            }
        };
        let due = self.say_between(course.least.deadlines.at(now), course.most.deadlines.at(now));
        let is_standing = course.reported.is_standing;
        let text = if is_standing { format!("each is due {rule}") } else { format!("due {rule}: {due}") };
        let mut nodes = vec![Why::new(WhyKind::Deadline, text).pointing(self.pointing(deadline.at))];
        if course.reported.suspended.iter().next().is_some() {
            nodes.push(Why::new(WhyKind::Remark, "suspended time is added to the deadline"));
        }
        let held = course.reported.deadlines.iter().filter(|(_, to, _)| *to <= now);
        nodes.extend(held.map(|(_, to, before)| {
            let text = format!("extended {}; until then due {}", self.say(to), self.say(before));
            Why::new(WhyKind::Remark, text)
        }));
        nodes.extend(
            deadline
                .assumed
                .as_ref()
                .map(|why| Why::new(WhyKind::Assumption, why.clone()).pointing(self.pointing(deadline.at))),
        );
        nodes
    }

    fn why_evidence(&self, view: &View, plan: &Plan, now: i64, finding: &Finding) -> Vec<Why> {
        let streams: Vec<StreamIx> = match &plan.duty {
            DutyPlan::Deliver { parts } => parts.iter().map(|(stream, _)| *stream).collect(),
            DutyPlan::Match { returned, burden, .. } => vec![*burden, *returned],
            DutyPlan::Not { stream } | DutyPlan::Establish { stream } | DutyPlan::May { stream } => {
                vec![*stream]
            }
            DutyPlan::Keep { .. } => Vec::new(),
        };
        let mut nodes: Vec<Why> = streams.iter().map(|stream| self.why_stream(view, *stream, now)).collect();
        for progress in &finding.progress {
            let counted = if progress.low == progress.high {
                progress.low.to_string()
            } else {
                format!("{} to {}", progress.low, progress.high)
            };
            let missing = progress.target - progress.reported.min(progress.target);
            let text =
                format!("{}: {counted} of {}; {missing} not on record", progress.kind, progress.target);
            nodes.push(Why::new(WhyKind::Missing, text));
        }
        nodes
    }

    fn why_stream(&self, view: &View, at: StreamIx, now: i64) -> Why {
        let stream = self.stream(at);
        let kinds = stream.key.kinds.iter().map(Name::to_string).collect::<Vec<_>>().join(", ");
        let n = stream.n_possible(now);
        let mut listed: Vec<IncidentIx> =
            stream.totals.iter().filter(|(_, item)| item.latest <= now).map(|(i, _)| *i).collect();
        listed.sort_by_key(|incident| stream.totals[incident].latest);
        let n_totals = listed.len();
        let n_listed_totals = n_totals.saturating_sub(MAX_LISTED);
        listed.drain(..n_listed_totals);
        listed.extend(
            stream
                .latest_between(i64::MIN / 2, now, MAX_LISTED)
                .into_iter()
                .rev()
                .map(|(incident, _, _)| incident),
        );
        let mut because: Vec<Why> =
            listed.iter().map(|incident| self.why_incident(view, *incident)).collect();
        let n_more = (n as usize + n_totals).saturating_sub(because.len());
        if n_more > 0 {
            because.push(Why::new(WhyKind::Remark, format!("and {n_more} more")));
        }
        let text = if n == 0 && n_totals == 0 {
            format!("{kinds}: nothing on record")
        } else {
            format!("{kinds}: {} on record", reports(n as usize, n_totals))
        };
        Why::new(WhyKind::Evidence, text).because(because)
    }

    pub(crate) fn why_incident(&self, view: &View, incident: IncidentIx) -> Why {
        let Some(evidence) = self.incidents.evidence(view, &self.names, &self.standpoint, incident) else {
            return Why::new(WhyKind::Incident, "no longer asserted");
        };
        let grade = match evidence.grade {
            Grade::Refuted => "refuted",
            Grade::Disputed => "disputed",
            Grade::Reported => "reported",
            Grade::Verified => "verified",
        };
        let amount = if evidence.high >= UNBOUNDED {
            format!("{} or more", Number::from_thousandths(evidence.low))
        } else if evidence.low == evidence.high {
            Number::from_thousandths(evidence.low).to_string()
        } else {
            format!(
                "{} to {}",
                Number::from_thousandths(evidence.low),
                Number::from_thousandths(evidence.high)
            )
        };
        let kind = self.names.name(evidence.kind);
        let text = match evidence.measure {
            Measure::Outstanding => {
                format!("{grade}: {amount} {kind} outstanding at {}", self.say(evidence.latest))
            }
            Measure::Occurrence => {
                format!("{grade}: {amount} {kind}, {}", self.say_between(evidence.earliest, evidence.latest))
            }
            _ => format!(
                "{grade}: {amount} {kind} in all, {}",
                self.say_between(evidence.earliest, evidence.latest)
            ),
        };
        let mut facts: Vec<FactIx> = self.incidents.facts(incident).collect();
        facts.sort_by_key(|fact| view.claim_id(*fact));
        let mut because: Vec<Why> =
            facts.iter().take(MAX_LISTED).filter_map(|fact| self.why_claim(view, *fact)).collect();
        because.extend(self.incidents.rulings(incident).iter().filter_map(|(_, ix)| {
            let ruling = view.ruling(*ix)?;
            Some(
                Why::new(WhyKind::Ruling, ruling.ruling.reason.clone())
                    .pointing(WhyRef::Ruling { id: ruling.id }),
            )
        }));
        Why::new(WhyKind::Incident, text).because(because)
    }

    fn why_claim(&self, view: &View, fact: FactIx) -> Option<Why> {
        let claim = view.claim(fact)?;
        let mut chain: Vec<Name> = claim.attribution.iter().map(|link| link.name.clone()).collect();
        if chain.is_empty() {
            let publisher = view.document(&claim.document).and_then(|document| document.publisher.clone());
            chain.extend(publisher);
            chain.extend(claim.speaker.clone().filter(|speaker| !chain.contains(speaker)));
        }
        let sign = if claim.polarity == Polarity::Negative { "denies" } else { "asserts" };
        let published = view.document(&claim.document).and_then(|document| document.published_at);
        let when =
            published.map_or_else(String::new, |at| format!(", published {}", &self.say(at.ms())[..10]));
        let text = format!(
            "{sign}, according to {}{when}",
            chain.iter().map(Name::to_string).collect::<Vec<_>>().join(" > ")
        );
        let reference = WhyRef::Claim {
            id: view.claim_id(fact),
            document: claim.document,
            quote: claim.quote.clone(),
            chain,
        };
        Some(Why::new(WhyKind::Claim, text).pointing(reference))
    }

    fn why_counters(&self, view: &View, plan: &Plan, finding: &Finding, now: i64) -> Vec<Why> {
        let mut nodes = Vec::new();
        for counter in &finding.counters {
            let name = counter.counter.as_ref().map_or("single reports".to_owned(), Name::to_string);
            let high =
                if counter.high == Number::MAX { "any number".to_owned() } else { counter.high.to_string() };
            let range = if counter.low == counter.high {
                counter.low.to_string()
            } else {
                format!("{} to {high}", counter.low)
            };
            let text = format!(
                "{name}: {range}{} {} promised, {}",
                if counter.at_most { ", at most" } else { " of" },
                counter.promised,
                self.say_between(counter.covered.start.ms(), counter.covered.end.ms() - 1)
            );
            let claims = counter
                .claims
                .iter()
                .filter_map(|claim| view.find(claim))
                .filter_map(|fact| self.why_claim(view, fact));
            nodes.push(Why::new(WhyKind::Counter, text).because(claims.collect()));
        }
        let DutyPlan::Keep { .. } = &plan.duty else { return nodes };
        for episode in finding.episodes.iter().filter(|episode| episode.from.ms() <= now) {
            let span = self.say_between(episode.from.ms(), episode.to.unwrap_or(episode.from).ms());
            let text = match episode.n_of {
                Some((n, of)) => {
                    format!("at least {n} of {of} windows short, {span}; which ones is not on record")
                }
                None => match episode.extent {
                    Some(short) => format!("window short by up to {short}, {span}"),
                    None => format!("window with no highest figure on record, {span}"),
                },
            };
            let claims = episode
                .claims
                .iter()
                .filter_map(|claim| view.find(claim))
                .filter_map(|fact| self.why_claim(view, fact));
            nodes.push(Why::new(WhyKind::Episode, text).because(claims.collect()));
        }
        nodes
    }

    fn why_horizon(&self, plan: &Plan) -> Vec<Why> {
        let nodes = plan.provision.watches.iter().map(|watch| {
            let horizon =
                self.horizon(&plan.provision, std::slice::from_ref(&watch.kind)).unwrap_or(i64::MIN);
            let until = if horizon == i64::MIN {
                "nothing reported yet".to_owned()
            } else {
                format!("complete to {}", self.say(horizon))
            };
            let text = format!("{} watches {}: {until}", watch.source, watch.kind);
            Why::new(WhyKind::Horizon, text).pointing(self.pointing(watch.at))
        });
        nodes.collect()
    }

    fn why_ruling(&self, view: &View, plan: &Plan) -> Option<Why> {
        let (finds_breach, ix) = self.breach_ruling(&plan.provision.id, &plan.obligor)?;
        let ruling = view.ruling(ix)?;
        let what = if finds_breach { "ruled a breach" } else { "ruled no breach" };
        Some(
            Why::new(WhyKind::Ruling, format!("{what}: {}", ruling.ruling.reason))
                .pointing(WhyRef::Ruling { id: ruling.id }),
        )
    }

    /// A moment in the clock of the agreement, to the minute.
    pub(crate) fn say(&self, ms: i64) -> String {
        if ms == NEVER {
            return "never".to_owned();
        }
        if ms <= i64::MIN / 8 {
            return "at some time".to_owned();
        }
        let (year, month, day, hour, minute) = self.clock.civil(Instant::from_ms(ms));
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }

    fn say_between(&self, a: i64, b: i64) -> String {
        let (first, last) = (self.say(a.min(b)), self.say(a.max(b)));
        if first == last {
            first
        } else if first.len() == 16
            && last.len() == 16
            && first[..10] == last[..10]
            && first.ends_with("00:00")
            && last.ends_with("23:59")
        {
            first[..10].to_owned()
        } else {
            format!("between {first} and {last}")
        }
    }
}

/// How many occurrences and running totals there are, each called what it is.
fn reports(n: usize, n_totals: usize) -> String {
    let said = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    match (n, n_totals) {
        (n, 0) => said(n, "occurrence"),
        (0, n_totals) => said(n_totals, "running total"),
        (n, n_totals) => format!("{} and {}", said(n, "occurrence"), said(n_totals, "running total")),
    }
}

/// A duration as the agreement writes it.
fn say_duration(duration: Duration) -> String {
    let unit = match duration.unit {
        DurationUnit::Hours => "hours",
        DurationUnit::Days => "days of 24 hours",
        DurationUnit::Weeks => "weeks of 168 hours",
        DurationUnit::CalendarDays => "calendar days",
    };
    format!("{} {unit}", duration.n)
}

/// A state in plain words.
pub(crate) fn state_word(state: State) -> &'static str {
    match state {
        State::Dormant => "dormant",
        State::Void => "void",
        State::InForce => "in force",
        State::Suspended => "suspended",
        State::Fulfilled => "fulfilled",
        State::Overdue => "overdue",
        State::FulfilledLate => "fulfilled late",
        State::Lapsed => "lapsed",
        State::EndedKept => "ended, kept",
        State::EndedWithBreaches => "ended, with reported breaches",
        State::Waived => "waived",
        State::Terminated => "terminated",
        State::Superseded => "superseded",
    }
}
