//! In what the definitions of counters differ, and who goes back to one origin.

use std::collections::BTreeMap;

use servanda_model::{
    DefinitionDifference, DifferenceGroup, DifferenceSort, Name, SeriesBasis, SeriesCount, Verification,
};

/// Marks the counters that have an origin in common.
pub(super) fn mark_origins(series: &mut [SeriesCount]) {
    let known: Vec<(Option<Name>, Vec<Name>)> =
        series.iter().map(|one| (one.counter.clone(), one.origins.clone())).collect();
    for one in series.iter_mut() {
        let shares = |(counter, origins): &&(Option<Name>, Vec<Name>)| {
            *counter != one.counter && origins.iter().any(|origin| one.origins.contains(origin))
        };
        let mut same: Vec<Name> =
            known.iter().filter(shares).filter_map(|(counter, _)| counter.clone()).collect();
        same.sort();
        same.dedup();
        one.same_origin_as = same;
    }
}

/// Each respect in which at least two counters differ, in a fixed order.
pub(super) fn differences(series: &[SeriesCount]) -> Vec<DefinitionDifference> {
    let named: Vec<&SeriesCount> = series.iter().filter(|one| one.counter.is_some()).collect();
    let mut found = Vec::new();
    let mut add = |sort: DifferenceSort, about: Option<Name>, value: &dyn Fn(&SeriesCount) -> String| {
        let mut groups: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for one in &named {
            let group = groups.entry(value(one)).or_default();
            group.extend(one.counter.clone().filter(|counter| !group.contains(counter)));
        }
        // Where nobody says anything there is no difference on record.
        if groups.len() > 1 {
            let groups = groups.into_iter().map(|(value, counters)| DifferenceGroup { value, counters });
            found.push(DefinitionDifference { sort, about, groups: groups.collect() });
        }
    };
    add(DifferenceSort::Actors, None, &|one| joined(&one.actors));
    add(DifferenceSort::Stage, None, &|one| {
        rule(one).and_then(|rule| rule.stage.as_ref()).map_or(String::new(), Name::to_string)
    });
    let mut cargo: Vec<Name> = named
        .iter()
        .filter_map(|one| rule(one))
        .flat_map(|rule| rule.includes.iter().chain(&rule.excludes))
        .cloned()
        .collect();
    cargo.sort();
    cargo.dedup();
    for cargo in cargo {
        add(DifferenceSort::Cargo, Some(cargo.clone()), &|one| {
            let rule = rule(one);
            let said = |list: fn(&servanda_model::Counter) -> &Vec<Name>| {
                rule.is_some_and(|rule| list(rule).contains(&cargo))
            };
            if said(|rule| &rule.includes) {
                "included".to_owned()
            } else if said(|rule| &rule.excludes) {
                "left_out".to_owned()
            } else {
                String::new()
            }
        });
    }
    add(DifferenceSort::Places, None, &|one| match (&one.place, rule(one)) {
        (Some(place), _) => place.to_string(),
        (None, rule) => rule.map_or(String::new(), |rule| joined(&rule.places)),
    });
    add(DifferenceSort::Unit, None, &|one| one.unit.clone());
    add(DifferenceSort::Component, None, &|one| {
        one.component.as_ref().map_or(String::new(), Name::to_string)
    });
    add(DifferenceSort::Basis, None, &|one| {
        match one.basis {
            SeriesBasis::Totals => "totals",
            SeriesBasis::Rates => "rates",
            SeriesBasis::Occurrences => "occurrences",
            SeriesBasis::Outstanding => "outstanding",
        }
        .to_owned()
    });
    add(DifferenceSort::Verification, None, &|one| {
        match rule(one).map(|rule| rule.verification).unwrap_or_default() {
            Verification::OwnObservation => "own_observation",
            Verification::AsTold => "as_told",
            Verification::Unknown => "",
        }
        .to_owned()
    });
    // Padded so that fewer days come first; the width is no part of the words.
    add(DifferenceSort::Days, None, &|one| format!("{:>6} of {}", one.n_days_covered, one.n_days));
    if named.iter().any(|one| !one.same_origin_as.is_empty()) {
        add(DifferenceSort::Origin, None, &|one| joined(&one.origins));
    }
    for group in found.iter_mut().flat_map(|difference| &mut difference.groups) {
        group.value = group.value.trim_start().to_owned();
    }
    found
}

fn rule(series: &SeriesCount) -> Option<&servanda_model::Counter> {
    series.rules.first()
}

fn joined(names: &[Name]) -> String {
    let names: Vec<&str> = names.iter().map(Name::as_str).collect();
    names.join(", ")
}
