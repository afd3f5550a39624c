//! Plans: provisions made ready for evaluation, one per provision, obligor and reading.

use std::collections::HashMap;
use std::rc::Rc;

use servanda_model::{Name, Standpoint};
use servanda_pact::{Agreement, Amount, Clock, Cond, CondSort, Date, Duration, Duty, Per, Power, Provision};

use super::keep::KeepSeries;
use super::stream::{Needs, Stream, StreamKey, Whose};

/// Position of a stream.
pub(crate) type StreamIx = usize;
/// Position of a condition.
pub(crate) type CondIx = usize;
/// Position of a plan.
pub(crate) type PlanIx = usize;

/// One provision, obligor and reading.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Position of the provision in the agreement.
    pub(crate) provision_ix: usize,
    /// Which reading: `None` is the text as written.
    pub(crate) reading: Option<usize>,
    /// Whether the standpoint follows this reading.
    pub(crate) is_followed: bool,
    /// The provision as read.
    pub(crate) provision: Provision,
    pub(crate) obligor: Name,
    pub(crate) start: Option<CondIx>,
    pub(crate) each_time: Option<StreamIx>,
    /// For `whenever DUR after KIND`: how long after.
    pub(crate) each_delay: Vec<Duration>,
    pub(crate) whiles: Vec<CondIx>,
    pub(crate) unless: Vec<CondIx>,
    pub(crate) until: Vec<CondIx>,
    pub(crate) deadline_of: Option<CondIx>,
    pub(crate) duty: DutyPlan,
    /// Powers over it: what they do, and their plans.
    pub(crate) powers: Vec<(Power, PlanIx)>,
    pub(crate) adopted_ms: i64,
    pub(crate) superseded_ms: i64,
}

/// What a plan counts.
#[derive(Clone, Debug)]
pub(crate) enum DutyPlan {
    Deliver {
        parts: Vec<(StreamIx, Amount)>,
    },
    Not {
        stream: StreamIx,
    },
    Keep {
        stream: StreamIx,
    },
    Match {
        returned: StreamIx,
        burden: StreamIx,
        /// How much of the burden its own provision promises, so that "so many outstanding" can be counted.
        promised: Option<Amount>,
    },
    Establish {
        stream: StreamIx,
    },
    May {
        stream: StreamIx,
    },
}

/// A condition with its streams and provisions looked up.
#[derive(Clone, Debug)]
pub(crate) enum CondPlan {
    Occurs(StreamIx),
    Established(StreamIx),
    Count(StreamIx, Amount),
    Fulfilled(Name),
    Breached(Name),
    On(i64),
    After(Duration, CondIx),
    All(Vec<CondIx>),
    Any(Vec<CondIx>),
    /// A condition that names itself: it can never hold.
    Never,
}

/// Everything compiled.
pub(crate) struct Compiled {
    pub(crate) plans: Vec<Rc<Plan>>,
    pub(crate) conds: Vec<CondPlan>,
    pub(crate) cond_source: Vec<Cond>,
    pub(crate) streams: Vec<Stream>,
    /// Plans that the standpoint follows, by provision name.
    pub(crate) followed: HashMap<Name, Vec<PlanIx>>,
}

struct Compiler<'a> {
    agreement: &'a Agreement,
    clock: &'a Clock,
    standpoint: &'a Standpoint,
    streams: Vec<Stream>,
    by_key: HashMap<(StreamKey, Option<u8>), StreamIx>,
    conds: Vec<CondPlan>,
    cond_source: Vec<Cond>,
    open_milestones: Vec<Name>,
}

/// Compiles an agreement for one standpoint.
pub(crate) fn compile(agreement: &Agreement, clock: &Clock, standpoint: &Standpoint) -> Compiled {
    let mut compiler = Compiler {
        agreement,
        clock,
        standpoint,
        streams: Vec::new(),
        by_key: HashMap::new(),
        conds: Vec::new(),
        cond_source: Vec::new(),
        open_milestones: Vec::new(),
    };
    let mut plans: Vec<Plan> = Vec::new();
    for (at, provision) in agreement.provisions.iter().enumerate() {
        let wanted = standpoint.readings.get(&provision.id);
        let followed = wanted.and_then(|label| provision.readings.iter().position(|r| r.label == *label));
        let readings = std::iter::once(None).chain((0..provision.readings.len()).map(Some));
        for reading in readings {
            let as_read =
                reading.map_or_else(|| provision.clone(), |r| provision.read_as(&provision.readings[r]));
            for obligor in as_read.obligors.clone() {
                plans.push(compiler.plan(at, &as_read, reading, reading == followed, obligor));
            }
        }
    }
    let mut followed: HashMap<Name, Vec<PlanIx>> = HashMap::new();
    for (at, plan) in plans.iter().enumerate().filter(|(_, plan)| plan.is_followed) {
        followed.entry(plan.provision.id.clone()).or_default().push(at);
    }
    let powers: Vec<(Name, Power, PlanIx)> = plans
        .iter()
        .enumerate()
        .filter(|(_, plan)| plan.is_followed)
        .filter_map(|(at, plan)| match &plan.provision.duty {
            Duty::May { power, provision } => Some((provision.clone(), *power, at)),
            _ => None,
        })
        .collect();
    for plan in &mut plans {
        let over = powers.iter().filter(|(provision, _, _)| *provision == plan.provision.id);
        plan.powers = over.map(|(_, power, at)| (*power, *at)).collect();
    }
    let Compiler { streams, conds, cond_source, .. } = compiler;
    let plans = plans.into_iter().map(Rc::new).collect();
    Compiled { plans, conds, cond_source, streams, followed }
}

impl Compiler<'_> {
    fn plan(
        &mut self,
        provision_ix: usize,
        provision: &Provision,
        reading: Option<usize>,
        is_followed: bool,
        obligor: Name,
    ) -> Plan {
        let alone = provision.obligors.len() == 1;
        let mine = |name: &Name| {
            if alone { Whose::NamedOrUnstated(name.clone()) } else { Whose::Named(name.clone()) }
        };
        let amounts = Needs { amounts: true, numbers: false };
        let numbers = Needs { amounts: false, numbers: true };
        let duty = match &provision.duty {
            Duty::Deliver { targets, to } => {
                let parts = targets.iter().map(|(amount, kind)| {
                    let key = self.key([kind], mine(&obligor), None, to.clone());
                    (self.stream(key, amounts, None), amount.clone())
                });
                DutyPlan::Deliver { parts: parts.collect() }
            }
            Duty::Not { kinds, zone } => {
                let mut key =
                    self.key(kinds, Whose::Named(obligor.clone()), zone.clone(), Some(obligor.clone()));
                key.kinds.sort();
                DutyPlan::Not { stream: self.stream(key, numbers, None) }
            }
            Duty::Keep { kind, per, zone, .. } => {
                let whose = if alone { Whose::Anyone } else { Whose::Named(obligor.clone()) };
                let key = self.key([kind], whose, zone.clone(), None);
                DutyPlan::Keep { stream: self.stream(key, Needs::default(), Some(*per)) }
            }
            Duty::Match { kind, unit_kind, by, .. } => {
                let returned = self.key([kind], mine(&obligor), None, by.clone());
                let whose = by.clone().map_or(Whose::Anyone, Whose::NamedOrUnstated);
                let burden = self.key([unit_kind], whose, None, Some(obligor.clone()));
                DutyPlan::Match {
                    returned: self.stream(returned, amounts, None),
                    burden: self.stream(burden, amounts, None),
                    promised: self.promised(unit_kind),
                }
            }
            Duty::Establish { body, state } => {
                let mut key = self.key([body], Whose::Anyone, None, None);
                key.component = state.clone();
                DutyPlan::Establish { stream: self.stream(key, numbers, None) }
            }
            Duty::May { .. } => {
                let key = self.key([&provision.id], mine(&obligor), None, None);
                DutyPlan::May { stream: self.stream(key, numbers, None) }
            }
        };
        let (mut start, mut each_time, mut each_delay) = (None, None, Vec::new());
        if let Some(clause) = &provision.start {
            if clause.each_time {
                each_time = self.each(&clause.condition, &mut each_delay);
            }
            start = Some(self.cond(&clause.condition));
        }
        let conds =
            |compiler: &mut Self, list: &[Cond]| list.iter().map(|c| compiler.cond(c)).collect::<Vec<_>>();
        let whiles = conds(self, &provision.whiles);
        let unless = conds(self, &provision.unless);
        let until = conds(self, &provision.until);
        let deadline_of = provision.deadline.as_ref().and_then(|deadline| match &deadline.sort {
            servanda_pact::DeadlineSort::Within { of: Some(cond), .. } => Some(self.cond(cond)),
            _ => None,
        });
        Plan {
            provision_ix,
            reading,
            is_followed,
            provision: provision.clone(),
            obligor,
            start,
            each_time,
            each_delay,
            whiles,
            unless,
            until,
            deadline_of,
            duty,
            powers: Vec::new(),
            adopted_ms: self.adopted(&provision.instrument),
            superseded_ms: self.superseded(&provision.instrument),
        }
    }

    /// The stream whose occurrences each start an instance: a kind, also through milestones and delays.
    fn each(&mut self, cond: &Cond, delay: &mut Vec<Duration>) -> Option<StreamIx> {
        match &cond.sort {
            CondSort::Occurs { kind, by } => Some(self.occurs(kind, by.as_ref())),
            CondSort::After { duration, condition } => {
                let stream = self.each(condition, delay)?;
                delay.push(*duration);
                Some(stream)
            }
            CondSort::Milestone(name) => {
                let milestone = self.agreement.milestones.iter().find(|m| m.id == *name)?;
                if self.open_milestones.contains(name) {
                    return None;
                }
                self.open_milestones.push(name.clone());
                let stream = self.each(&milestone.condition, delay);
                self.open_milestones.pop();
                stream
            }
            _ => None,
        }
    }

    fn occurs(&mut self, kind: &Name, by: Option<&Name>) -> StreamIx {
        let whose = by.map_or(Whose::Anyone, |party| Whose::Named(party.clone()));
        let key = self.key([kind], whose, None, by.cloned());
        self.stream(key, Needs { amounts: false, numbers: true }, None)
    }

    fn cond(&mut self, cond: &Cond) -> CondIx {
        let plan = match &cond.sort {
            CondSort::Milestone(name) => {
                let milestone = self.agreement.milestones.iter().find(|m| m.id == *name);
                match milestone {
                    Some(milestone) if !self.open_milestones.contains(name) => {
                        self.open_milestones.push(name.clone());
                        let inner = self.cond(&milestone.condition);
                        self.open_milestones.pop();
                        CondPlan::All(vec![inner])
                    }
                    _ => CondPlan::Never,
                }
            }
            CondSort::Occurs { kind, by } => CondPlan::Occurs(self.occurs(kind, by.as_ref())),
            CondSort::Established(body) => {
                let key = self.key([body], Whose::Anyone, None, None);
                CondPlan::Established(self.stream(key, Needs { amounts: false, numbers: true }, None))
            }
            CondSort::Count { kind, at_least } => {
                let key = self.key([kind], Whose::Anyone, None, None);
                let stream = self.stream(key, Needs { amounts: true, numbers: false }, None);
                CondPlan::Count(stream, at_least.clone())
            }
            CondSort::Fulfilled(name) => CondPlan::Fulfilled(name.clone()),
            CondSort::Breached(name) => CondPlan::Breached(name.clone()),
            CondSort::On(date) => CondPlan::On(self.moment(*date)),
            CondSort::After { duration, condition } => CondPlan::After(*duration, self.cond(condition)),
            CondSort::All(all) => CondPlan::All(all.iter().map(|inner| self.cond(inner)).collect()),
            CondSort::Any(any) => CondPlan::Any(any.iter().map(|inner| self.cond(inner)).collect()),
        };
        self.conds.push(plan);
        self.cond_source.push(cond.clone());
        self.conds.len() - 1
    }

    /// How much of a kind a delivery promises, where exactly one does.
    fn promised(&self, kind: &Name) -> Option<Amount> {
        let targets = self.agreement.provisions.iter().flat_map(|provision| match &provision.duty {
            Duty::Deliver { targets, .. } => targets.as_slice(),
            _ => &[],
        });
        let mut amounts = targets.filter(|(_, promised)| promised == kind).map(|(amount, _)| amount);
        amounts.next().filter(|first| amounts.all(|other| other == *first)).cloned()
    }

    /// First instant of a date: its moment where it has a time of day, else the start of the day.
    fn moment(&self, date: Date) -> i64 {
        if date.time.is_some() { self.clock.moment(date).ms() } else { self.clock.start_of_day(date).ms() }
    }

    fn adopted(&self, instrument: &Name) -> i64 {
        let found = self.agreement.instruments.iter().find(|i| i.id == *instrument);
        found.map_or(i64::MIN, |instrument| self.moment(instrument.adopted))
    }

    fn superseded(&self, instrument: &Name) -> i64 {
        let by = self.agreement.instruments.iter().filter(|i| i.supersedes.contains(instrument));
        by.map(|later| self.moment(later.adopted)).min().unwrap_or(i64::MAX)
    }

    fn key<'n>(
        &self,
        kinds: impl IntoIterator<Item = &'n Name>,
        whose: Whose,
        zone: Option<Name>,
        interest: Option<Name>,
    ) -> StreamKey {
        StreamKey { kinds: kinds.into_iter().cloned().collect(), whose, zone, interest, component: None }
    }

    fn stream(&mut self, key: StreamKey, needs: Needs, per: Option<Per>) -> StreamIx {
        let identity = (key.clone(), per.map(|per| per as u8));
        let at = match self.by_key.get(&identity) {
            Some(at) => *at,
            None => {
                let keep = per.map(|per| KeepSeries::new(self.clock.clone(), per));
                self.streams.push(Stream::new(key, self.standpoint.doubt, keep));
                self.by_key.insert(identity, self.streams.len() - 1);
                self.streams.len() - 1
            }
        };
        self.streams[at].need(needs);
        at
    }
}
