//! The general pack of names at the root of the repository: sound, found by what texts write, and under every case.

use std::path::{Path, PathBuf};

use servanda_model::{Actor, Place, Span};
use servanda_read::prose::names::{Directory, mentions};
use servanda_read::prose::{Block, BlockRole, Who};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn pack() -> (Vec<Actor>, Vec<Place>) {
    let (actors, faults) = servanda_read::actors("names/states.toml", &text("names/states.toml"));
    assert_eq!(faults, vec![]);
    let (places, faults) = servanda_read::places("names/places.toml", &text("names/places.toml"));
    assert_eq!(faults, vec![]);
    (actors, places)
}

#[test]
fn names_of_the_pack_find_their_actor() {
    let (actors, places) = pack();
    let directory = Directory::new(&[], &places, &actors);
    let check = |words: &str, expected: &str| {
        assert_eq!(directory.find(words).map_or("nobody", |id| id.as_str()), expected, "{words}");
    };
    check("Türkiye", "turkey");
    check("Turkiye", "turkey");
    check("the United States of America", "united-states");
    check("U.S.", "united-states");
    check("UNITED NATIONS", "un");
    check("World Health Organisation", "who");
    check("Hizbollah", "hezbollah");
    check("Al-Qaida", "al-qaeda");
    check("el-Kaida", "nobody");
    check("مصر", "egypt");
    check("إسرائيل", "israel");
    check("Associated Press", "ap");
    check("Atlantis", "nobody");
    // Every member belongs to somebody, and every state has a label that finds it.
    for actor in &actors {
        assert!(actor.member_of.iter().all(|whole| directory.actor(&whole.of).is_some()), "{}", actor.id);
        assert_eq!(directory.find(&actor.label), Some(&actor.id), "{}", actor.label);
        assert!(
            actor.holders.iter().all(|holder| holder.since.is_some() && holder.name.contains(' ')),
            "{}",
            actor.id
        );
    }
}

#[test]
fn the_real_cases_lie_over_the_pack_without_losing_an_actor() {
    let (pack, places) = pack();
    for case in ["gaza-2025", "minsk-2015"] {
        let (actors, faults) =
            servanda_read::actors("actors.toml", &text(&format!("cases/{case}/actors.toml")));
        assert_eq!(faults, vec![]);
        let directory = Directory::new(&actors, &places, &pack);
        for actor in &actors {
            assert!(directory.actor(&actor.id).is_some());
            let found = directory.find(&actor.label);
            assert!(found.is_none() || found == Some(&actor.id), "{case}: {} finds {found:?}", actor.label);
        }
    }
}

/// Sentences of our own, with names that news is full of.
#[test]
fn news_is_read_without_a_case() {
    let (actors, places) = pack();
    let directory = Directory::new(&[], &places, &actors);
    let check = |text: &str, expected: &[&str]| {
        let block = Block { span: Span::new(0, text.len()), role: BlockRole::Paragraph };
        let analysis = servanda_language::analyse(
            servanda_language::Model::builtin(),
            text,
            std::slice::from_ref(&(0..text.len())),
        );
        let list = mentions(text, &[block], &analysis, &directory, "2025-11-01".parse().ok());
        let shown: Vec<String> = list
            .iter()
            .map(|one| match &one.who {
                Who::Known(id) => id.to_string(),
                Who::Described { words, .. } => format!("'{words}'"),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    };
    check("Canberra and Wellington condemned the attack near Geneva.", &["australia", "new-zealand"]);
    check("Norwegian officials met in Oslo on Monday.", &["'Norwegian officials'", "norway"]);
    check(
        "The head of the WHO told us nothing, who knows why.",
        &["'World Health Organization head'", "who", "Unresolved"],
    );
    check("Farmers sold turkey in the West Bank.", &["'farmers'"]);
}
