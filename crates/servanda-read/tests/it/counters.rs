use expect_test::{Expect, expect};
use servanda_model::{Actor, Name, Place};
use servanda_read::{Names, counters};

use crate::show;

fn check(text: &str, expected: Expect) {
    let actor =
        |id: &str, alias: &str| Actor { id: id.into(), aliases: vec![alias.to_owned()], ..Actor::default() };
    let places = [Place { id: "gate".into(), label: "East gate".to_owned(), ..Place::default() }];
    let names = Names::new(&[actor("watch", "The Watch"), actor("north", "Northern side")], &places);
    let kinds = ["truck.entered".into(), Name::new("death")];
    let (counters, conversions, list) = counters("counters.toml", text, &names, Some(&kinds));
    let mut out: String = counters.iter().map(|one| serde_json::to_string(one).unwrap() + "\n").collect();
    out.extend(conversions.iter().map(|one| serde_json::to_string(one).unwrap() + "\n"));
    expected.assert_eq(&(out + &show::diagnostics(text, &list)));
}

#[test]
fn reads_rules_and_conversions() {
    check(
        r#"[[counter]]
id = "The Watch"
of = "truck.entered"
rule = "trucks offloaded"
unit = "truck"
stage = "offloaded"
includes = ["own-cargo"]
excludes = ["private-cargo"]
places = ["East gate"]
verification = "own_observation"
period = "24 hours to noon"
coverage = "own cargo only"
disclaimer = "not all gates"
source = "bulletin 1"
until = "2025-11-30"

[[counter]]
id = "watch"
of = ["truck.entered", "death"]
rule = "trucks at the gate"
origin = "north"
occurred = ["new"]
source = "bulletin 9"
since = 2025-12-01

[[conversion]]
from = "truck"
to = "pallet"
low = 16
best = 20
high = 24.5
source = "a manual"
note = "not for fuel"

[[conversion]]
from = "pallet"
to = "kcal"
best = 1_000_000
source = "a manual"
"#,
        expect![[r#"
            {"id":"watch","of":["truck.entered"],"rule":"trucks offloaded","unit":"truck","stage":"offloaded","includes":["own-cargo"],"excludes":["private-cargo"],"places":["gate"],"verification":"own_observation","period":"24 hours to noon","coverage":"own cargo only","disclaimer":"not all gates","source":"bulletin 1","until":"2025-11-30"}
            {"id":"watch","of":["truck.entered","death"],"rule":"trucks at the gate","verification":"unknown","origin":"north","occurred":["new"],"source":"bulletin 9","since":"2025-12-01"}
            {"from":"truck","to":"pallet","low":16,"best":20,"high":24.5,"source":"a manual","note":"not for fuel"}
            {"from":"pallet","to":"kcal","low":1000000,"best":1000000,"high":1000000,"source":"a manual"}
        "#]],
    );
}

#[test]
fn reports_every_fault_of_counters() {
    check(
        r#"[[counter]]
id = "wacth"
of = ["truck.enterd"]
rule = "trucks"
places = ["gat"]
verification = "own"
source = "a page"
colour = "red"

[[counter]]
id = "watch"
of = ["death"]
rule = "deaths"

[[counter]]
id = "north"
source = "a page"

[[counter]]
id = "north"
of = ["death"]
rule = "deaths"
source = "a page"
since = "2025-01-01"

[[counter]]
id = "north"
of = ["truck.entered", "death"]
rule = "both"
source = "a page"
until = "2025-01-01"

[[conversion]]
from = "truck"
to = "pallet"
best = 20
source = " "

[[conversion]]
from = "truck"
to = "pallet"
low = 30
best = 20
source = "a page"

[[conversion]]
from = "truck"
low = "many"
source = "a page"
"#,
        expect![[r#"
            {"id":"wacth","of":["truck.enterd"],"rule":"trucks","places":["gat"],"verification":"unknown","source":"a page"}
            {"id":"north","of":["death"],"rule":"deaths","verification":"unknown","source":"a page","since":"2025-01-01"}
            2:6 warning C140: the case declares no actor 'wacth' [did you mean 'watch'?]
            3:7 warning C141: the agreement has no kind 'truck.enterd' [did you mean 'truck.entered'?]
            5:11 warning C140: the case declares no place 'gat' [did you mean 'gate'?]
            6:16 error C103: 'own' is no value of 'verification' [one of: own_observation, as_told, unknown]
            8:1 warning C102: nothing reads the key 'colour' [take the key away, or look for its name in the guide]
            10:1 error C143: this counting rule has no source and is not used [say where it is published: source = "…"]
            15:1 error C104: 'of' is missing [add of = "…"]
            15:1 error C104: 'rule' is missing [add rule = "…"]
            27:6 error C142: 'north' has another rule for the same kind on the same days; this one is not used [give each rule the days on which it holds: since = "…", until = "…"]
                counters.toml@253: the first rule
            33:1 error C143: this conversion has no source and is not used [say where it is published: source = "…"]
            39:1 error C144: the factors from 'truck' to 'pallet' are not above zero and in order [write low, best and high so that 0 < low ≤ best ≤ high]
            46:1 error C104: 'to' is missing [add to = "…"]
            46:1 error C104: 'best' is missing [add best = "…"]
            48:7 error C103: 'low' is a text [write a number with at most three decimals]
        "#]],
    );
}
