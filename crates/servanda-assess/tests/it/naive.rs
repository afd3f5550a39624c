//! The rules of status written down plainly: loops over lists, one world of point events at a time.
//!
//! Nothing of the engine is used here. What is shared is the agreement as read and the claims as told.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use servanda_model::*;
use servanda_pact::*;

pub use crate::told::{Grade, Incident, Told, incidents};

/// After every moment.
pub const NEVER: i64 = i64::MAX;

/// An incident as one world has it.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    pub of: &'a Incident,
    /// Whether this world holds it for true; a party's admission counts against that party even where it does not.
    pub accepted: bool,
    pub at: i64,
    pub amount: i64,
}

/// One way in which everything can have been.
pub struct World<'a> {
    pact: &'a Agreement,
    offset_ms: i64,
    events: Vec<Event<'a>>,
    courses: RefCell<HashMap<(usize, usize), Rc<Course>>>,
}

/// The view in which only what is verified counts, at its latest moment and lowest amount.
pub fn verified<'a>(pact: &'a Agreement, incidents: &'a [Incident]) -> World<'a> {
    let of = |of: &'a Incident| Event {
        of,
        accepted: of.grade == Grade::Verified,
        at: of.time.1,
        amount: of.amount.0,
    };
    World::new(pact, incidents.iter().filter(|i| i.grade != Grade::Refuted).map(of).collect())
}

/// The view in which all counts that is not refuted, at its latest moment and best amount.
pub fn reported<'a>(pact: &'a Agreement, incidents: &'a [Incident]) -> World<'a> {
    let of = |of: &'a Incident| Event { of, accepted: true, at: of.time.1, amount: of.best };
    World::new(pact, incidents.iter().filter(|i| i.grade != Grade::Refuted).map(of).collect())
}

/// What is found of one promise of one obligor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub state: State,
    pub breach: bool,
    pub n_episodes: usize,
    /// Instances by state, for `whenever`.
    pub tally: Vec<(State, usize)>,
    /// How much was delivered, target by target.
    pub progress: Vec<i64>,
    /// Burden, due, returned.
    pub balance: Option<(i64, i64, i64)>,
}

/// How a delivery, or the frame of a standing promise, runs in one world.
#[derive(Clone, Debug)]
struct Course {
    start: i64,
    /// Before anything is added to it.
    due: i64,
    /// First moment at which everything has come, be it before the start.
    complete: i64,
    /// First moment at which an excuse is there, be it before the start.
    excused: i64,
    closed: (i64, State),
    suspended: Vec<(i64, i64)>,
    /// When it was extended, and by how much.
    extended: Vec<(i64, i64)>,
}

impl Course {
    /// The deadline as it held at a moment: with the extensions up to then.
    fn deadline(&self, at: i64) -> i64 {
        let mut deadline = self.due;
        if deadline == NEVER || self.start == NEVER {
            return deadline;
        }
        deadline += self.extended.iter().filter(|(moment, _)| *moment <= at).map(|(_, by)| by).sum::<i64>();
        for (from, to) in &self.suspended {
            let from = (*from).max(self.start);
            if from <= deadline && *to > from {
                deadline = deadline.saturating_add(to.saturating_sub(from));
            }
        }
        deadline
    }

    fn done(&self) -> i64 {
        self.complete.max(self.start)
    }

    /// Whether it counts at a moment as done in time: done by then, within the deadline that held then.
    fn is_in_time(&self, at: i64) -> bool {
        self.done() <= at && self.complete <= self.deadline(at)
    }

    fn is_excused(&self, at: i64) -> bool {
        self.excused.max(self.start) <= at && self.excused <= self.deadline(at)
    }

    fn is_suspended(&self, at: i64) -> bool {
        self.suspended.iter().any(|(from, to)| *from <= at && at < *to)
    }

    /// Moments at which the deadline changes or has just passed.
    fn turns(&self) -> Vec<i64> {
        let extended = self.extended.iter().map(|(moment, _)| *moment);
        let mut moments: Vec<i64> = extended.chain([i64::MIN, self.start]).collect();
        moments.extend(moments.clone().into_iter().map(|moment| self.deadline(moment).saturating_add(1)));
        moments.extend([self.done(), self.closed.0, self.excused]);
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// Whether it is past a deadline that was not met, nor fell away by then.
    fn is_late(&self, at: i64) -> bool {
        let deadline = self.deadline(at);
        self.start <= at
            && deadline < at
            && self.complete.min(self.excused).min(self.closed.0) > deadline
            && self.closed.0 > self.start
    }

    /// Stretches in which it was overdue; the first may be over at once.
    fn overdue(&self) -> Vec<(i64, i64)> {
        let turns: Vec<i64> = self.turns().into_iter().filter(|moment| *moment < NEVER).collect();
        let end = self.done().min(self.closed.0);
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for (place, moment) in turns.iter().enumerate().filter(|(_, moment)| self.is_late(**moment)) {
            let to = turns.get(place + 1).copied().unwrap_or(NEVER).min(end);
            match stretches.last_mut() {
                Some(last) if last.1 == *moment => last.1 = to,
                Some(_) if *moment >= end => {}
                _ => stretches.push((*moment, to)),
            }
        }
        stretches
    }
}

#[derive(Clone, Copy)]
enum Whose<'a> {
    Anyone,
    Named(&'a Name),
    NamedOrNobody(&'a Name),
}

impl<'a> World<'a> {
    pub fn new(pact: &'a Agreement, mut events: Vec<Event<'a>>) -> World<'a> {
        events.sort_by_key(|event| event.at);
        let offset_ms = if pact.clock == "Etc/GMT-3" { 3 * HOUR_MS } else { 0 };
        World { pact, offset_ms, events, courses: RefCell::default() }
    }

    /// Verdicts at a moment, one for each obligor of each provision adopted by then.
    pub fn verdicts(&self, at: i64) -> Vec<(Name, Name, Verdict)> {
        let mut verdicts = Vec::new();
        for (ix, provision) in self.pact.provisions.iter().enumerate() {
            for (obligor_ix, obligor) in provision.obligors.iter().enumerate() {
                if self.adopted(provision) <= at {
                    verdicts.push((
                        provision.id.clone(),
                        obligor.clone(),
                        self.verdict((ix, obligor_ix), at),
                    ));
                }
            }
        }
        verdicts
    }

    fn verdict(&self, which: (usize, usize), at: i64) -> Verdict {
        let provision = &self.pact.provisions[which.0];
        if provision.start.as_ref().is_some_and(|start| start.each_time) {
            return self.verdict_each_time(which, at);
        }
        let mut episodes = self.episodes(which, at);
        if !self.is_standing(which) {
            // One promise is breached once, in however many stretches it was overdue.
            episodes.truncate(1);
        }
        Verdict {
            state: self.state(which, at),
            breach: !episodes.is_empty(),
            n_episodes: episodes.len(),
            tally: Vec::new(),
            progress: self.progress(which, at),
            balance: match &provision.duty {
                Duty::Match { .. } => Some(self.balance(which, at)),
                _ => None,
            },
        }
    }

    // ----- what is counted -----

    fn counted(&self, kinds: &[Name], whose: Whose, interest: Option<&Name>) -> Vec<&Event<'a>> {
        let counts = |event: &&Event| {
            let of = event.of;
            let admitted = !of.decided && interest.is_some_and(|party| of.asserted_by.contains(party));
            let theirs = match whose {
                Whose::Anyone => true,
                Whose::Named(party) => of.actors.contains(party),
                Whose::NamedOrNobody(party) => of.actors.is_empty() || of.actors.contains(party),
            };
            kinds.contains(&of.kind) && theirs && (event.accepted || admitted)
        };
        self.events.iter().filter(counts).collect()
    }

    fn mine<'n>(&self, which: (usize, usize)) -> Whose<'n>
    where
        'a: 'n,
    {
        let obligors = &self.pact.provisions[which.0].obligors;
        if obligors.len() == 1 {
            Whose::NamedOrNobody(&obligors[which.1])
        } else {
            Whose::Named(&obligors[which.1])
        }
    }

    /// First moment at which the amounts of the events from `floor` on add up to so much.
    fn reached(events: &[&Event], target: i64, floor: i64) -> i64 {
        let mut sum = 0;
        for event in events.iter().filter(|event| event.at >= floor) {
            sum += event.amount;
            if sum >= target {
                return event.at;
            }
        }
        NEVER
    }

    // ----- time -----

    fn later(&self, moment: i64, by: Duration) -> i64 {
        if moment == NEVER {
            return NEVER;
        }
        let n = i64::from(by.n);
        match by.unit {
            DurationUnit::Hours => moment + n * HOUR_MS,
            DurationUnit::Days => moment + n * DAY_MS,
            DurationUnit::Weeks => moment + n * 7 * DAY_MS,
            DurationUnit::CalendarDays => {
                let day = (moment + self.offset_ms).div_euclid(DAY_MS);
                (day + n + 1) * DAY_MS - self.offset_ms - 1
            }
        }
    }

    fn date(&self, date: Date) -> i64 {
        let (hour, minute) = date.time.unwrap_or((0, 0));
        let text = format!("{:04}-{:02}-{:02}T{hour:02}:{minute:02}:00Z", date.year, date.month, date.day);
        text.parse::<Instant>().expect("a date").ms() - self.offset_ms
    }

    fn adopted(&self, provision: &Provision) -> i64 {
        let instrument = self.pact.instruments.iter().find(|i| i.id == provision.instrument);
        self.date(instrument.expect("an instrument").adopted)
    }

    fn superseded(&self, provision: &Provision) -> i64 {
        let by = self.pact.instruments.iter().filter(|i| i.supersedes.contains(&provision.instrument));
        by.map(|i| self.date(i.adopted)).min().unwrap_or(NEVER)
    }

    fn amount(&self, amount: &Amount, at: i64) -> i64 {
        match amount {
            Amount::Fixed(number) => number.thousandths(),
            Amount::Dated(name) => {
                let number = self.pact.numbers.iter().find(|n| n.id == *name).expect("a number");
                let mut value = number.values[0].value;
                for dated in &number.values {
                    if self.date(dated.since) <= at {
                        value = dated.value;
                    }
                }
                value.thousandths()
            }
        }
    }

    // ----- conditions -----

    fn instances(&self, name: &Name) -> Vec<(usize, usize)> {
        let ix = self.pact.provisions.iter().position(|p| p.id == *name).expect("a provision");
        (0..self.pact.provisions[ix].obligors.len()).map(|obligor| (ix, obligor)).collect()
    }

    fn milestone(&self, name: &Name) -> &'a Cond {
        &self.pact.milestones.iter().find(|m| m.id == *name).expect("a milestone").condition
    }

    /// First moment at which a condition holds.
    fn first(&self, cond: &Cond) -> i64 {
        let one = std::slice::from_ref;
        match &cond.sort {
            CondSort::Milestone(name) => self.first(self.milestone(name)),
            CondSort::Occurs { kind, by } => {
                let whose = by.as_ref().map_or(Whose::Anyone, Whose::Named);
                self.counted(one(kind), whose, by.as_ref()).first().map_or(NEVER, |event| event.at)
            }
            CondSort::Established(body) => {
                self.counted(one(body), Whose::Anyone, None).first().map_or(NEVER, |event| event.at)
            }
            CondSort::Count { kind, at_least } => {
                let events = self.counted(one(kind), Whose::Anyone, None);
                Self::reached(&events, self.amount(at_least, NEVER), i64::MIN)
            }
            CondSort::Fulfilled(name) => {
                self.instances(name).into_iter().map(|which| self.fulfilled(which)).max().expect("an obligor")
            }
            CondSort::Breached(name) => {
                let first = |which| self.episodes(which, NEVER - 1).first().map_or(NEVER, |(from, _)| *from);
                self.instances(name).into_iter().map(first).min().expect("an obligor")
            }
            CondSort::On(date) => self.date(*date),
            CondSort::After { duration, condition } => self.later(self.first(condition), *duration),
            CondSort::All(all) => all.iter().map(|inner| self.first(inner)).max().expect("conditions"),
            CondSort::Any(any) => any.iter().map(|inner| self.first(inner)).min().expect("conditions"),
        }
    }

    /// When a promise came into the state fulfilled, in time or late.
    fn fulfilled(&self, which: (usize, usize)) -> i64 {
        let course = self.course(which);
        let is_fulfilled =
            |at: &i64| course.is_in_time(*at) || course.done() <= *at && !course.is_excused(*at);
        course.turns().into_iter().filter(|moment| *moment < NEVER).find(is_fulfilled).unwrap_or(NEVER)
    }

    /// First occurrence from `floor` on, for a condition that excuses; first moment, where it lasts.
    fn first_from(&self, cond: &Cond, floor: i64) -> i64 {
        match &cond.sort {
            CondSort::Occurs { kind, by } => {
                let whose = by.as_ref().map_or(Whose::Anyone, Whose::Named);
                let events = self.counted(std::slice::from_ref(kind), whose, by.as_ref());
                events.iter().find(|event| event.at >= floor).map_or(NEVER, |event| event.at)
            }
            CondSort::Milestone(name) => self.first_from(self.milestone(name), floor),
            CondSort::Any(any) => {
                any.iter().map(|inner| self.first_from(inner, floor)).min().expect("conditions")
            }
            _ => self.first(cond).max(floor),
        }
    }

    /// Whether a guard holds at a moment: from its first moment on; a breach only while it lasts.
    fn holds(&self, cond: &Cond, at: i64, each: bool) -> bool {
        match &cond.sort {
            // An excuse holds as long as the time of the occurrence, as stated.
            CondSort::Occurs { kind, by } if each => {
                let whose = by.as_ref().map_or(Whose::Anyone, Whose::Named);
                let events = self.counted(std::slice::from_ref(kind), whose, by.as_ref());
                events.iter().any(|event| event.of.time.0 <= at && at <= event.of.time.1)
            }
            CondSort::Milestone(name) => self.holds(self.milestone(name), at, each),
            CondSort::Breached(name) => {
                let all = self.instances(name).into_iter();
                all.flat_map(|which| self.in_breach(which)).any(|(from, to)| from <= at && at < to)
            }
            CondSort::All(all) => all.iter().all(|inner| self.holds(inner, at, each)),
            CondSort::Any(any) => any.iter().any(|inner| self.holds(inner, at, each)),
            _ => self.first(cond) <= at,
        }
    }

    /// Moments at which a guard can begin or cease to hold.
    fn turns(&self, cond: &Cond) -> Vec<i64> {
        match &cond.sort {
            CondSort::Occurs { .. } => {
                let edges = |event: &Event| [event.at, event.of.time.0, event.of.time.1 + 1];
                self.events.iter().flat_map(edges).collect()
            }
            CondSort::Milestone(name) => self.turns(self.milestone(name)),
            CondSort::Breached(name) => {
                let all = self.instances(name).into_iter();
                all.flat_map(|which| self.in_breach(which)).flat_map(|(a, b)| [a, b]).collect()
            }
            CondSort::All(all) | CondSort::Any(all) => {
                all.iter().flat_map(|inner| self.turns(inner)).collect()
            }
            _ => vec![self.first(cond)],
        }
    }

    /// Whether it is settled at a moment, by what occurred up to then, that a condition can never hold.
    fn impossible(&self, cond: &Cond, at: i64) -> bool {
        match &cond.sort {
            CondSort::Milestone(name) => self.impossible(self.milestone(name), at),
            CondSort::Fulfilled(name) => self.instances(name).into_iter().any(|which| {
                let course = self.course(which);
                let shut = course.closed.0 <= at || self.state(which, at) == State::Void;
                shut && self.fulfilled(which) > at
            }),
            CondSort::Breached(name) => self.instances(name).into_iter().all(|which| {
                let course = self.course(which);
                let over = |moment: i64| moment <= at && moment <= course.deadline(at);
                let closed = course.closed.0;
                let is_unbegun = self.is_standing(which) || closed <= course.start;
                let ended = over(closed) || is_unbegun && closed <= at;
                self.episodes(which, at).is_empty()
                    && (ended
                        || course.is_in_time(at)
                        || course.is_excused(at)
                        || self.state(which, at) == State::Void)
            }),
            CondSort::After { condition, .. } => self.impossible(condition, at),
            CondSort::All(all) => all.iter().any(|inner| self.impossible(inner, at)),
            CondSort::Any(any) => any.iter().all(|inner| self.impossible(inner, at)),
            _ => false,
        }
    }

    // ----- one promise -----

    fn is_standing(&self, which: (usize, usize)) -> bool {
        !matches!(self.pact.provisions[which.0].duty, Duty::Deliver { .. } | Duty::Establish { .. })
    }

    fn course(&self, which: (usize, usize)) -> Rc<Course> {
        if let Some(known) = self.courses.borrow().get(&which) {
            return known.clone();
        }
        let course = Rc::new(self.run(which));
        self.courses.borrow_mut().insert(which, course.clone());
        course
    }

    fn run(&self, which: (usize, usize)) -> Course {
        let provision = &self.pact.provisions[which.0];
        let adopted = self.adopted(provision);
        let start = provision.start.as_ref().map_or(adopted, |s| self.first(&s.condition).max(adopted));
        let exercised = |power: Power| self.exercised(&provision.id, power);
        let first = |moments: Vec<i64>| moments.into_iter().min().unwrap_or(NEVER);
        let until = first(provision.until.iter().map(|cond| self.first(cond)).collect());
        let ended = if self.is_standing(which) { State::EndedKept } else { State::Lapsed };
        let mut closed = (self.superseded(provision), State::Superseded);
        for (moment, state) in [
            (first(exercised(Power::Waive)), State::Waived),
            (first(exercised(Power::Terminate)), State::Terminated),
            (until, ended),
        ] {
            if moment < closed.0 {
                closed = (moment, state);
            }
        }
        let suspended = self.suspended(&provision.id);
        let mut course = Course {
            start,
            due: NEVER,
            complete: NEVER,
            excused: NEVER,
            closed,
            suspended,
            extended: self.extended(&provision.id),
        };
        if self.is_standing(which) || start == NEVER {
            return course;
        }
        course.due = self.due(provision, start);
        course.complete = self.complete(which, start, adopted);
        course.excused = first(provision.unless.iter().map(|cond| self.first_from(cond, adopted)).collect());
        course
    }

    fn due(&self, provision: &Provision, start: i64) -> i64 {
        match provision.deadline.as_ref().map(|deadline| &deadline.sort) {
            None => NEVER,
            Some(DeadlineSort::By(date)) if date.time.is_some() => self.date(*date),
            Some(DeadlineSort::By(date)) => self.date(*date) + DAY_MS - 1,
            Some(DeadlineSort::Within { duration, of: None }) => self.later(start, *duration),
            Some(DeadlineSort::Within { duration, of: Some(cond) }) => {
                self.later(self.first(cond), *duration)
            }
        }
    }

    /// First moment at which everything has come that came from `floor` on.
    fn complete(&self, which: (usize, usize), start: i64, floor: i64) -> i64 {
        let provision = &self.pact.provisions[which.0];
        match &provision.duty {
            Duty::Deliver { targets, to } => targets
                .iter()
                .map(|(amount, kind)| {
                    let events = self.counted(std::slice::from_ref(kind), self.mine(which), to.as_ref());
                    Self::reached(&events, self.amount(amount, start), floor)
                })
                .max()
                .expect("targets"),
            Duty::Establish { body, state } => {
                let events = self.counted(std::slice::from_ref(body), Whose::Anyone, None);
                let of =
                    |event: &&&Event| event.at >= floor && (state.is_none() || event.of.component == *state);
                events.iter().find(of).map_or(NEVER, |event| event.at)
            }
            _ => NEVER,
        }
    }

    /// When a power over a provision was used.
    fn exercised(&self, over: &Name, wanted: Power) -> Vec<i64> {
        self.uses(over, wanted).into_iter().map(|(moment, _)| moment).collect()
    }

    /// Stretches in which a provision was suspended: from a suspension to the next resumption.
    fn suspended(&self, over: &Name) -> Vec<(i64, i64)> {
        let begun = self.exercised(over, Power::Suspend).into_iter().map(|moment| (moment, false));
        let ended = self.exercised(over, Power::Resume).into_iter().map(|moment| (moment, true));
        let mut turns: Vec<(i64, bool)> = begun.chain(ended).collect();
        turns.sort_unstable();
        let (mut suspended, mut since) = (Vec::new(), None);
        for (moment, resumes) in turns {
            if !resumes {
                since = since.or(Some(moment));
            } else if let Some(from) = since.take() {
                suspended.push((from, moment));
            }
        }
        suspended.extend(since.map(|from| (from, NEVER)));
        suspended
    }

    /// When a provision was extended, and by how much each time.
    fn extended(&self, over: &Name) -> Vec<(i64, i64)> {
        let length = |holder: usize| match self.pact.provisions[holder].deadline.as_ref().map(|d| &d.sort) {
            Some(DeadlineSort::Within { duration, .. }) => {
                let hours = match duration.unit {
                    DurationUnit::Hours => 1,
                    DurationUnit::Days | DurationUnit::CalendarDays => 24,
                    DurationUnit::Weeks => 168,
                };
                i64::from(duration.n) * hours * HOUR_MS
            }
            _ => 0,
        };
        let uses = self.uses(over, Power::Extend).into_iter();
        uses.map(|(moment, holder)| (moment, length(holder))).collect()
    }

    /// When a power over a provision was used, and which.
    fn uses(&self, over: &Name, wanted: Power) -> Vec<(i64, usize)> {
        let mut moments = Vec::new();
        for (ix, holder) in self.pact.provisions.iter().enumerate() {
            let Duty::May { power, provision } = &holder.duty else { continue };
            if provision != over || *power != wanted {
                continue;
            }
            let adopted = self.adopted(holder);
            let from = holder.start.as_ref().map_or(adopted, |s| self.first(&s.condition).max(adopted));
            let until = holder.until.iter().map(|cond| self.first(cond)).min().unwrap_or(NEVER);
            let until = until.min(self.superseded(holder));
            for obligor in 0..holder.obligors.len() {
                let events = self.counted(std::slice::from_ref(&holder.id), self.mine((ix, obligor)), None);
                let used = events.iter().map(|event| event.at);
                moments.extend(
                    used.filter(|moment| from <= *moment && *moment < until).map(|moment| (moment, ix)),
                );
            }
        }
        moments
    }

    fn state(&self, which: (usize, usize), at: i64) -> State {
        let provision = &self.pact.provisions[which.0];
        let course = self.course(which);
        if course.start > at {
            let is_shut = matches!(course.closed.1, State::Waived | State::Terminated | State::Superseded);
            if course.closed.0 <= at && is_shut {
                return course.closed.1;
            }
            let impossible = provision.start.as_ref().is_some_and(|s| self.impossible(&s.condition, at));
            return if impossible { State::Void } else { State::Dormant };
        }
        if !self.is_standing(which) {
            return self.state_of(&course, at);
        }
        if course.closed.0 <= at {
            let had_breach = || !self.episodes(which, at).is_empty();
            return match course.closed.1 {
                State::EndedKept if had_breach() => State::EndedWithBreaches,
                state => state,
            };
        }
        if course.is_suspended(at) { State::Suspended } else { State::InForce }
    }

    /// The state of a delivery, or of one instance of it, that has started.
    fn state_of(&self, course: &Course, at: i64) -> State {
        if course.is_in_time(at) {
            State::Fulfilled
        } else if course.is_excused(at) {
            State::Void
        } else if course.done() <= at {
            State::FulfilledLate
        } else if course.closed.0 <= at {
            course.closed.1
        } else if course.is_suspended(at) {
            State::Suspended
        } else if at > course.deadline(at) {
            State::Overdue
        } else {
            State::InForce
        }
    }

    /// Whether a standing promise binds at a moment.
    fn binds(&self, which: (usize, usize), at: i64) -> bool {
        let provision = &self.pact.provisions[which.0];
        let course = self.course(which);
        course.start <= at
            && at < course.closed.0
            && !course.is_suspended(at)
            && provision.whiles.iter().all(|cond| self.holds(cond, at, false))
            && !provision.unless.iter().any(|cond| self.holds(cond, at, true))
    }

    /// Stretches in which a promise is in breach: a prohibition for the whole stated time of each incident.
    fn in_breach(&self, which: (usize, usize)) -> Vec<(i64, i64)> {
        match self.pact.provisions[which.0].duty {
            Duty::Not { .. } => {
                let all = self.breaching(which).into_iter();
                all.map(|event| (event.of.time.0, event.of.time.1 + 1)).collect()
            }
            _ => self.episodes(which, NEVER - 1),
        }
    }

    /// What was done against a prohibition while it bound.
    fn breaching(&self, which: (usize, usize)) -> Vec<&Event<'a>> {
        let provision = &self.pact.provisions[which.0];
        let Duty::Not { kinds, zone } = &provision.duty else { return Vec::new() };
        let obligor = &provision.obligors[which.1];
        let events = self.counted(kinds, Whose::Named(obligor), Some(obligor)).into_iter();
        events
            .filter(|event| zone.is_none() || event.of.place == *zone)
            .filter(|event| self.binds(which, event.at))
            .collect()
    }

    /// Stretches of breach that began by a moment.
    fn episodes(&self, which: (usize, usize), at: i64) -> Vec<(i64, i64)> {
        let provision = &self.pact.provisions[which.0];
        let course = self.course(which);
        match &provision.duty {
            Duty::Not { .. } => {
                let events = self.breaching(which).into_iter().filter(|event| event.at <= at);
                events.map(|event| (event.at, event.at + 1)).collect()
            }
            Duty::Match { .. } => {
                let mut moments: Vec<i64> =
                    self.events.iter().flat_map(|e| [e.at, self.due_at(which, e.at)]).collect();
                moments.extend([course.start, course.closed.0]);
                moments.extend(course.suspended.iter().flat_map(|(from, to)| [*from, *to]));
                let guards = provision.whiles.iter().chain(&provision.unless);
                moments.extend(guards.flat_map(|cond| self.turns(cond)));
                moments.sort_unstable();
                moments.dedup();
                let behind = |moment: i64| {
                    let (_, due, returned) = self.balance(which, moment);
                    self.binds(which, moment) && returned < due
                };
                let mut episodes: Vec<(i64, i64)> = Vec::new();
                for (place, moment) in moments.iter().enumerate() {
                    if *moment == NEVER || !behind(*moment) {
                        continue;
                    }
                    let next = moments.get(place + 1).copied().unwrap_or(NEVER);
                    match episodes.last_mut() {
                        Some(last) if last.1 == *moment => last.1 = next,
                        _ => episodes.push((*moment, next)),
                    }
                }
                episodes.retain(|(from, _)| *from <= at);
                episodes
            }
            Duty::Deliver { .. } | Duty::Establish { .. } => {
                course.overdue().into_iter().filter(|(from, _)| *from <= at).collect()
            }
            _ => Vec::new(),
        }
    }

    /// From when on a burden of a moment is due back.
    fn due_at(&self, which: (usize, usize), moment: i64) -> i64 {
        match self.pact.provisions[which.0].deadline.as_ref().map(|deadline| &deadline.sort) {
            Some(DeadlineSort::Within { duration, of: None }) => self.later(moment, *duration) + 1,
            _ => moment,
        }
    }

    fn balance(&self, which: (usize, usize), at: i64) -> (i64, i64, i64) {
        let provision = &self.pact.provisions[which.0];
        let Duty::Match { amount, kind, unit_amount, unit_kind, by } = &provision.duty else {
            return (0, 0, 0);
        };
        let adopted = self.adopted(provision);
        let whose = by.as_ref().map_or(Whose::Anyone, Whose::NamedOrNobody);
        let obligor = &provision.obligors[which.1];
        let burdens = self.counted(std::slice::from_ref(unit_kind), whose, Some(obligor));
        let returns = self.counted(std::slice::from_ref(kind), self.mine(which), by.as_ref());
        let sum = |events: &[&Event], counts: &dyn Fn(&Event) -> bool| {
            events.iter().filter(|e| e.at >= adopted && counts(e)).map(|e| e.amount).sum::<i64>()
        };
        let burden = sum(&burdens, &|e| e.at <= at);
        let burden_due = sum(&burdens, &|e| self.due_at(which, e.at) <= at);
        let due = burden_due / self.amount(unit_amount, at) * self.amount(amount, at);
        (burden, due, sum(&returns, &|e| e.at <= at))
    }

    fn progress(&self, which: (usize, usize), at: i64) -> Vec<i64> {
        let provision = &self.pact.provisions[which.0];
        let adopted = self.adopted(provision);
        let Duty::Deliver { targets, to } = &provision.duty else { return Vec::new() };
        let sum = |kind: &Name| {
            let events = self.counted(std::slice::from_ref(kind), self.mine(which), to.as_ref());
            events.iter().filter(|e| e.at >= adopted && e.at <= at).map(|e| e.amount).sum::<i64>()
        };
        targets.iter().map(|(_, kind)| sum(kind)).collect()
    }

    // ----- whenever -----

    /// The events that each start an instance, with the delays between them and its start.
    fn triggers(&self, cond: &Cond) -> (Vec<&Event<'a>>, Vec<Duration>) {
        match &cond.sort {
            CondSort::Occurs { kind, by } => {
                let whose = by.as_ref().map_or(Whose::Anyone, Whose::Named);
                (self.counted(std::slice::from_ref(kind), whose, by.as_ref()), Vec::new())
            }
            CondSort::After { duration, condition } => {
                let (events, mut delays) = self.triggers(condition);
                delays.push(*duration);
                (events, delays)
            }
            CondSort::Milestone(name) => self.triggers(self.milestone(name)),
            other => panic!("{other:?} starts nothing each time"),
        }
    }

    fn verdict_each_time(&self, which: (usize, usize), at: i64) -> Verdict {
        let provision = &self.pact.provisions[which.0];
        let (events, delays) = self.triggers(&provision.start.as_ref().expect("a start").condition);
        let until = provision.until.iter().map(|cond| self.first(cond)).min().unwrap_or(NEVER);
        let terminated = self.exercised(&provision.id, Power::Terminate).into_iter().min().unwrap_or(NEVER);
        let mut ended = (self.superseded(provision), State::Superseded);
        for (moment, state) in [(terminated, State::Terminated), (until, State::Lapsed)] {
            if moment < ended.0 {
                ended = (moment, state);
            }
        }
        let mut tally: BTreeMap<usize, (State, usize)> = BTreeMap::new();
        let mut n_breached = 0;
        for event in events {
            let after = |moment: i64| delays.iter().fold(moment, |m, delay| self.later(m, *delay));
            // Deliveries, waivers and extensions count from the earliest moment that its trigger can have had.
            let (start, floor) = (after(event.at), after(event.of.time.0));
            if start < self.adopted(provision) || start > at || start >= ended.0 {
                continue;
            }
            let waived = self.exercised(&provision.id, Power::Waive).into_iter().filter(|m| *m >= floor);
            let waived = waived.min().unwrap_or(NEVER).max(start);
            let is_first = waived < ended.0 || waived == ended.0 && ended.1 != State::Superseded;
            let closed = if is_first && waived < NEVER { (waived, State::Waived) } else { ended };
            let excused = provision.unless.iter().map(|cond| self.first_from(cond, floor)).min();
            let mut extended = self.extended(&provision.id);
            extended.retain(|(moment, _)| *moment >= floor);
            let course = Course {
                start,
                due: self.due(provision, start),
                complete: self.complete(which, start, floor).max(start),
                excused: excused.unwrap_or(NEVER).max(start),
                closed,
                suspended: self.suspended(&provision.id),
                extended,
            };
            let state = self.state_of(&course, at);
            // The worst-off state comes first.
            let order = [
                State::Overdue,
                State::InForce,
                State::Suspended,
                State::FulfilledLate,
                State::Fulfilled,
                State::Void,
                State::Waived,
                State::Terminated,
                State::Lapsed,
                State::Superseded,
            ];
            let rank = order.iter().position(|one| *one == state).expect("a state of an instance");
            tally.entry(rank).or_insert((state, 0)).1 += 1;
            n_breached += usize::from(course.overdue().first().is_some_and(|(from, _)| *from <= at));
        }
        Verdict {
            state: tally.values().next().map_or(State::Dormant, |(state, _)| *state),
            breach: n_breached > 0,
            n_episodes: n_breached,
            tally: tally.into_values().collect(),
            progress: Vec::new(),
            balance: None,
        }
    }
}
