//! The values of an amount: a number, a range, money, or words of size.

use super::bounds::vague_at;
use super::number::{NumberRead, number_at, number_before_and};
use super::units::Units;
use crate::prose::ratio::Ratio;
use crate::prose::scan::{Gap, Scan};

/// Values of a number, before bounds.
pub(super) struct Core {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) low: Option<Ratio>,
    pub(super) best: Option<Ratio>,
    pub(super) high: Option<Ratio>,
    pub(super) approx: bool,
    pub(super) rule: &'static str,
    pub(super) is_bare_digits: bool,
    pub(super) is_fraction: bool,
    /// Money that stood before the number.
    pub(super) money: Option<String>,
}

/// The values that begin at this piece.
pub(super) fn core_at(scan: &Scan<'_>, ix: usize, units: &Units) -> Option<Core> {
    if let Some(core) = range(scan, ix, units) {
        return Some(core);
    }
    if let Some((unit, at)) = units.before(scan, ix)
        && let Some(number) = number_at(scan, at).filter(|_| scan.gap(at) < Gap::Blank)
    {
        let number = scaled(scan, number);
        let money = Some(unit.id.clone());
        return Some(Core { first: ix, money, ..core_of(number, "money") });
    }
    if let Some(vague) = vague_at(scan, ix) {
        let whole = |n: i64| Some(Ratio::whole(n.into()));
        return Some(Core {
            first: ix,
            end: vague.end,
            low: whole(vague.low),
            best: vague.best.and_then(whole),
            high: None,
            approx: true,
            rule: vague.rule,
            is_bare_digits: false,
            is_fraction: false,
            money: None,
        });
    }
    number_at(scan, ix)
        .map(|number| core_of(number, if number.in_words { "number:words" } else { "number:digits" }))
}

/// Money with letters that multiply ("$ 5 m").
fn scaled(scan: &Scan<'_>, number: NumberRead) -> NumberRead {
    if scan.is(number.end, "m") && !(scan.is_word(number.end + 1) && scan.touches(number.end + 1)) {
        let value = number.value.times(Ratio::whole(1_000_000)).unwrap_or(number.value);
        return NumberRead { value, end: number.end + 1, ..number };
    }
    number
}

fn core_of(number: NumberRead, rule: &'static str) -> Core {
    Core {
        first: number.first,
        end: number.end,
        low: None,
        best: Some(number.value),
        high: None,
        approx: false,
        rule: if number.whole.is_some() { "number:out-of" } else { rule },
        is_bare_digits: number.is_bare_digits,
        is_fraction: number.is_fraction,
        money: None,
    }
}

/// "between X and Y", "from X to Y", "X to Y", "X-Y", "two or three".
fn range(scan: &Scan<'_>, ix: usize, units: &Units) -> Option<Core> {
    let (at, links): (usize, &[&str]) = if scan.is(ix, "between") {
        (ix + 1, &["and", "to"])
    } else if scan.is(ix, "from") {
        (ix + 1, &["to", "up"])
    } else {
        (ix, &["to", "or"])
    };
    let is_led = at > ix;
    let money = units.before(scan, at).map(|(unit, end)| (unit.id.clone(), end));
    let first = number_before_and(scan, money.as_ref().map_or(at, |(_, end)| *end))?;
    // "rose 15 % to $ 1.45 billion": two amounts of two sorts are no range.
    let unit_of = |end: usize| units.after(scan, end).map(|(unit, _)| unit.id.as_str());
    let own_unit = unit_of(first.end);
    // The unit may stand at both ("10 km to 15 km").
    let after_unit = units.after(scan, first.end).map_or(first.end, |(_, end)| end);
    let (link, second_at) = [first.end, after_unit].into_iter().find_map(|link| {
        let is_link = scan.is_any(link, links);
        let is_dash = scan.is_dash(link) && (scan.touches(link) == scan.touches(link + 1));
        let past = if is_dash { link + 1 } else { scan.skip(link + 1, &["to"]) };
        (is_link || is_dash).then_some((link, past))
    })?;
    let second_money = units.before(scan, second_at);
    if second_money.is_some() && money.is_none() {
        return None;
    }
    let second_at = second_money.map_or(second_at, |(_, end)| end);
    let second = number_at(scan, second_at).filter(|_| scan.gap(second_at) < Gap::Blank)?;
    let second = if money.is_some() { scaled(scan, second) } else { second };
    if own_unit.is_some() && own_unit != unit_of(second.end) {
        return None;
    }
    // "2 to 3 million": the first shares the scale of the second.
    let mut low = first.value;
    if low < second.value
        && second.in_words
        && scan.is_digits(second.end - 2)
        && let Some(by) = super::number_words::scale(scan.low(second.end - 1))
        && low < Ratio::whole(1000)
        && link == first.end
        && !first.in_words
    {
        low = low.times(Ratio::whole(by))?;
    }
    let is_or = scan.is(link, "or");
    // "injured 10 to 2021", "85 to 14": a range rises, and "or" joins neighbours only.
    let rises =
        low < second.value && (is_led || first.in_words == second.in_words || second.end - second.first > 1);
    let near = !is_or || second.value.over(low).is_some_and(|ratio| ratio <= Ratio::whole(3));
    if !(rises && near) || first.is_fraction || second.is_fraction {
        return None;
    }
    Some(Core {
        first: ix,
        end: second.end,
        low: Some(low),
        best: None,
        high: Some(second.value),
        approx: false,
        rule: "range",
        is_bare_digits: false,
        is_fraction: false,
        money: money.map(|(id, _)| id),
    })
}
