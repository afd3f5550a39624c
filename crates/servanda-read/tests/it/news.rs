//! News: what happened and what merely is so, who did it to whom, and whose words a clause belongs to.

use expect_test::{Expect, expect};

use crate::reader::{read, shown};

/// Each line is a document of its own.
fn check(lines: &[&str], expected: Expect) {
    let mut out = String::new();
    for line in lines {
        out += &format!("# {line}\n");
        for claim in &read(line, Some("2024-03-15")).claims {
            out += &format!("{}\n", shown(claim));
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn what_happens_is_told_from_how_things_stand() {
    check(
        &[
            "Upland has closed the mountain crossing.",
            "Lowland did not ratify the water treaty.",
            "Lowland is moving boats to the northern shore.",
            "A working group will inspect the dam in April.",
            "Uplander forces would leave the pass in the second phase.",
            "The mission continued to observe damaged boats near Millbridge.",
            "Lowland lost dozens of soldiers at the ford.",
            "The law prohibits strikes on the docks.",
            "The herders' league is banned in Lowland.",
            "Upland grapples with the cost of the dam.",
            "The port has become a market.",
            "This agreement will ease the repairs.",
            "If the gate opens, the boats would leave.",
        ],
        expect![[r##"
            # Upland has closed the mountain crossing.
            Event "Upland has closed the mountain crossing" | by upland
            # Lowland did not ratify the water treaty.
            Event "Lowland did not ratify the water treaty" | by lowland | not so
            # Lowland is moving boats to the northern shore.
            Event "Lowland is moving boats to the northern shore" | by lowland
            # A working group will inspect the dam in April.
            Event "A working group will inspect the dam in April" | by working group | modality Planned | on 2024-04-01..2024-04-30
            # Uplander forces would leave the pass in the second phase.
            Event "Uplander forces would leave the pass in the second phase" | by Uplander forces | modality Planned
            # The mission continued to observe damaged boats near Millbridge.
            Event "The mission continued to observe damaged boats near Millbridge" | by mission | at millbridge
            # Lowland lost dozens of soldiers at the ford.
            Event "Lowland lost dozens of soldiers at the ford" | to lowland | figures 24.. person
            # The law prohibits strikes on the docks.
            Statement "The law prohibits strikes on the docks"
            # The herders' league is banned in Lowland.
            Statement "The herders' league is banned in Lowland" | by herders league | at lowland
            # Upland grapples with the cost of the dam.
            Statement "Upland grapples with the cost of the dam" | by upland
            # The port has become a market.
            Statement "The port has become a market"
            # This agreement will ease the repairs.
            Statement "This agreement will ease the repairs" | modality Expected
            # If the gate opens, the boats would leave.
            Statement "If the gate opens, the boats would leave" | if If: the gate opens | modality Possible
        "##]],
    );
}

#[test]
fn verbs_that_the_tree_loses_are_found_again() {
    check(
        &[
            "An Uplander raid on a store in the old town killed at least six herders and wounded several others.",
            "Lowland – under pressure from its neighbours – returned to the talks.",
            "The mission's newly painted hut at the ford was destroyed by a mudslide.",
            "The Joint Office has, on some days, opened the gate to herders.",
            "Lowland had signed a pact with the herders after Upland began a raid on Monday.",
            "Two herders were killed near the weir, and three others were wounded.",
            "No town – not even Millbridge – has paid its share.",
        ],
        expect![[r##"
            # An Uplander raid on a store in the old town killed at least six herders and wounded several others.
            Event "An Uplander raid on a store in the old town killed at least six herders" | by upland | to herders | figures 6.. herder
            Event "wounded several others" | by upland | figures injured=2.. person
            # Lowland – under pressure from its neighbours – returned to the talks.
            Event "Lowland – under pressure from its neighbours – returned to the talks" | by lowland
            # The mission's newly painted hut at the ford was destroyed by a mudslide.
            Event "The mission's newly painted hut at the ford was destroyed by a mudslide" | to mission
            # The Joint Office has, on some days, opened the gate to herders.
            Event "The Joint Office has, on some days, opened the gate to herders" | by Joint Office | to herders
            # Lowland had signed a pact with the herders after Upland began a raid on Monday.
            Event "Lowland had signed a pact with the herders after Upland began a raid on Monday" | by lowland | to herders
            Event "Upland began a raid on Monday" | by upland | on 2024-03-11..2024-03-11
            # Two herders were killed near the weir, and three others were wounded.
            Event "Two herders were killed near the weir" | to herders | figures 2..2 herder
            Event "three others were wounded" | figures injured=3..3 person
            # No town – not even Millbridge – has paid its share.
            Event "No town – not even Millbridge – has paid its share" | not so | at millbridge
        "##]],
    );
}

#[test]
fn asides_behind_commas_are_told_by_the_narrator() {
    check(
        &[
            "The vote, which was free, took place on Monday.",
            "Upland denounced the pact in which Lowland and the mission agreed on a new line.",
            "The sale was condemned by Upland.",
            "Guards closed the weir, where a strike is under way.",
        ],
        expect![[r##"
            # The vote, which was free, took place on Monday.
            Statement "The vote, which was free"
            Event "took place on Monday" | on 2024-03-11..2024-03-11
            # Upland denounced the pact in which Lowland and the mission agreed on a new line.
            Position "the pact in which Lowland and the mission agreed on a new line" | by upland | says upland | not so
            Event "in which Lowland and the mission agreed on a new line" | by lowland+mission
            # The sale was condemned by Upland.
            Position "The sale was condemned by Upland" | by upland | says upland | not so
            # Guards closed the weir, where a strike is under way.
            Event "Guards closed the weir, where a strike is under way" | by guards
        "##]],
    );
}

#[test]
fn those_who_act_are_looked_for_within_what_is_said() {
    check(
        &[
            "Monitors outlined plans for a water board.",
            "Monitors warned that sending boats without lamps could cost lives.",
            "Upland announced a withdrawal from the valley.",
            "Upland opened an office in Millbridge, which monitors say will count the boats.",
            "Upland, Lowland and other states have expressed a reluctance to join the force.",
            "Several states, including Lowland, rejected the map.",
        ],
        expect![[r##"
            # Monitors outlined plans for a water board.
            Body "plans for a water board" | says mission | modality Planned
            # Monitors warned that sending boats without lamps could cost lives.
            Statement "sending boats without lamps could cost lives" | says mission | if Without: lamps could | modality Possible
            # Upland announced a withdrawal from the valley.
            Event "a withdrawal from the valley" | by upland | says upland | modality Planned
            # Upland opened an office in Millbridge, which monitors say will count the boats.
            Body "Upland opened an office in Millbridge" | by upland | at millbridge
            Statement "will count the boats" | by office | says mission | modality Planned
            # Upland, Lowland and other states have expressed a reluctance to join the force.
            Position "a reluctance to join the force" | by upland+lowland+states | says upland | not so | level Reluctant | modality Desired
            # Several states, including Lowland, rejected the map.
            Position "Several states, including Lowland, rejected the map." | by states+lowland | says states | not so
        "##]],
    );
}

#[test]
fn those_who_were_named_together_are_meant_by_both_countries() {
    check(
        &[
            "Upland and Lowland opened the ferry line in May. Both countries signed a pact on fish.",
            "Envoys of the herders came late. The two countries were not asked.",
        ],
        expect![[r##"
            # Upland and Lowland opened the ferry line in May. Both countries signed a pact on fish.
            Event "Upland and Lowland opened the ferry line in May" | by upland+lowland | on 2023-05-01..2023-05-31
            Event "Both countries signed a pact on fish" | by upland+lowland
            # Envoys of the herders came late. The two countries were not asked.
            Event "Envoys of the herders came late" | by envoys of herders
            Position "The two countries were not asked" | to countries | not so | modality Desired
        "##]],
    );
}

#[test]
fn who_is_hit_may_possess_what_is_hit() {
    check(
        &[
            "Gunmen burned Lowland's ferries.",
            "Upland will pursue the prosecution of Lowland.",
            "Rebels began an attack on the boats of Lowland.",
        ],
        expect![[r##"
            # Gunmen burned Lowland's ferries.
            Event "Gunmen burned Lowland's ferries" | by gunmen | to lowland
            # Upland will pursue the prosecution of Lowland.
            Event "Upland will pursue the prosecution of Lowland" | by upland | to lowland | modality Planned
            # Rebels began an attack on the boats of Lowland.
            Event "Rebels began an attack on the boats of Lowland" | by rebels | to lowland
        "##]],
    );
}
