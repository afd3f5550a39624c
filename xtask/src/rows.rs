//! A case with very many rows of an event table, for measuring how long reading them takes: the same rows every time.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::events::SplitMix;

const SEED: u64 = 0x0e7e_27b1_e5ee_d500;
/// Days over which the events lie, from 2014-01-01.
const N_DAYS: u64 = 3650;
/// Places, each with its position, so that days have many events at few places.
const N_PLACES: u64 = 400;

const PACT: &str = "pact rows \"A table of very many rows\"\nclock UTC\n\ninstrument truce \"Truce\" adopted 2014-01-01\n\n\
                    party upland  \"Upland\"\nparty lowland \"Lowland\"\n\nkind fighting \"event with fighting\"\n\n\
                    provision quiet \"point 1\"\n  paraphrase \"Neither side fights.\"\n  upland, lowland must not fighting\n";
const CASE: &str = "title = \"Very many rows\"\nclock = \"UTC\"\nlanguages = [\"en\"]\nknown_by = \"publication\"\ninvented = true\n";
const ACTORS: &str = "[[actor]]\nid = \"upland\"\nlabel = \"Upland\"\nkind = \"party\"\n\n[[actor]]\nid = \"lowland\"\n\
                      label = \"Lowland\"\nkind = \"party\"\n\n[[actor]]\nid = \"events\"\nlabel = \"Events\"\nkind = \"observer\"\n";
const FEEDS: &str = "[[feed]]\nid = \"rows\"\nfiles = \"sources/*.csv\"\npreset = \"ucdp-ged\"\nevent_kind = \"fighting\"\n\
                     actors = [{ column = \"side_a\", map = { Upland = \"upland\", Lowland = \"lowland\" } }]\n\
                     targets = [{ column = \"side_b\", map = { Upland = \"upland\", Lowland = \"lowland\" } }]\n";
const DOCUMENTS: &str = "[[document]]\npath = \"sources/events.csv\"\ntitle = \"Events\"\npublisher = \"events\"\npublished = \"2024-06-01\"\n";
const HEADER: &str = "id,relid,year,type_of_violence,side_a,side_b,number_of_sources,where_prec,where_coordinates,latitude,longitude,\
                      date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n";

/// Writes a case with so many rows into a folder.
///
/// # Errors
/// A file cannot be written.
pub fn write(n: usize, folder: &Path) -> Result<()> {
    for (name, text) in [
        ("case.toml", CASE),
        ("actors.toml", ACTORS),
        ("feeds.toml", FEEDS),
        ("agreement/truce.pact", PACT),
        ("sources/documents.toml", DOCUMENTS),
        ("sources/events.csv", &table(n)),
    ] {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// The table: columns as UCDP's event file has them, values drawn.
pub fn table(n: usize) -> String {
    let mut random = SplitMix(SEED);
    let mut text = String::from(HEADER);
    for row in 0..n {
        let (day, place) = (random.below(N_DAYS), random.below(N_PLACES));
        let date = civil(day);
        let (year, prec) = (&date[..4], 1 + random.below(3));
        let deaths = [0; 4].map(|_: i32| random.below(8) * random.below(2));
        let best: u64 = deaths.iter().sum();
        let (low, high) = (best - random.below(best + 1), best + random.below(5));
        let (side_a, side_b) =
            if random.below(2) == 0 { ("Upland", "Lowland") } else { ("Lowland", "Upland") };
        let _ = writeln!(
            text,
            "{row},RW-{year}-{row},{year},1,{side_a},{side_b},{},{prec},Place {place},{:.5},{:.5},1,{date} 00:00:00.000,{date} 00:00:00.000,\
             {},{},{},{},{best},{high},{low}",
            1 + random.below(4),
            48.0 + (place / 20) as f64 * 0.05,
            37.0 + (place % 20) as f64 * 0.05,
            deaths[0],
            deaths[1],
            deaths[2],
            deaths[3],
        );
    }
    text
}

/// The civil day so many days after 2014-01-01.
fn civil(mut day: u64) -> String {
    let is_leap =
        |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 2014;
    while day >= 365 + u64::from(is_leap(year)) {
        day -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while day >= lengths[month] {
        day -= lengths[month];
        month += 1;
    }
    format!("{year}-{:02}-{:02}", month + 1, day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_rows_every_time() {
        assert_eq!(table(100), table(100));
        assert_eq!(table(100).lines().count(), 101);
        let columns = HEADER.split(',').count();
        assert!(table(100).lines().all(|line| line.split(',').count() == columns));
        assert_eq!(
            [0, 58, 59, 365, 789, 790, N_DAYS - 1].map(civil).join(" "),
            "2014-01-01 2014-02-28 2014-03-01 2015-01-01 2016-02-29 2016-03-01 2023-12-29"
        );
    }
}
