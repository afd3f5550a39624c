//! Official texts: who speaks, what is demanded of whom, and what is promised.

use expect_test::{Expect, expect};

use crate::reader::{read, shown};

/// Each line is a document of its own with that title.
fn check_of(title: &str, lines: &[&str], expected: Expect) {
    let head = if title.is_empty() { "2024-03-15".to_owned() } else { format!("2024-03-15\ntitle: {title}") };
    let mut out = String::new();
    for line in lines {
        out += &format!("# {line}\n");
        for claim in &read(line, Some(&head)).claims {
            out += &format!("{}\n", shown(claim));
        }
    }
    expected.assert_eq(&out);
}

fn check(lines: &[&str], expected: Expect) {
    check_of("", lines, expected);
}

#[test]
fn whoever_is_to_act_is_the_actor_of_a_demand() {
    check(
        &[
            "Upland urged Lowland to open the gate.",
            "Upland called on both sides to resume talks on Thursday.",
            "The foreign minister of Upland pressed Lowland to free the detainees.",
            "We appeal to the guards to leave the bridge.",
            "Upland insists that Lowland leave the valley first.",
            "The mission stressed the need for Lowland to protect civilians.",
            "The mission called for an immediate halt to the shelling.",
        ],
        expect![[r##"
            # Upland urged Lowland to open the gate.
            Position "Lowland to open the gate" | by lowland | says upland | modality Desired
            # Upland called on both sides to resume talks on Thursday.
            Position "both sides to resume talks on Thursday" | by sides | says upland | modality Desired | on 2024-03-21..2024-03-21
            # The foreign minister of Upland pressed Lowland to free the detainees.
            Position "Lowland to free the detainees" | by lowland | to detainees | says upland-foreign-minister | modality Desired
            # We appeal to the guards to leave the bridge.
            Position "the guards to leave the bridge" | by guards | modality Desired
            # Upland insists that Lowland leave the valley first.
            Position "Lowland leave the valley first" | by lowland | says upland | modality Required
            # The mission stressed the need for Lowland to protect civilians.
            Position "the need for Lowland to protect civilians" | by lowland | says mission | modality Required
            # The mission called for an immediate halt to the shelling.
            Position "an immediate halt to the shelling" | by mission | says mission | modality Desired
        "##]],
    );
}

#[test]
fn duties_that_nobody_utters_have_no_speaker() {
    check(
        &[
            "It is time for Lowland to accept the plan.",
            "It is time to free the prisoners, begin the truce and implement the accord.",
            "The time has come to end the war.",
            "There is an urgent need for both parties to agree on a list.",
            "It is essential that aid reach the villages.",
            "It is imperative that the ceasefire hold.",
            "The onus is on Lowland to act.",
            "It is up to Lowland to decide.",
            "It is the duty of every state to protect its people.",
            "Lowland ought to take the deal.",
            "Lowland is required to hand over the maps.",
            "The guards have to leave the bridge.",
            "Upland has a right to defend itself.",
        ],
        expect![[r##"
            # It is time for Lowland to accept the plan.
            Position "It is time for Lowland to accept the plan" | by lowland | modality Required
            # It is time to free the prisoners, begin the truce and implement the accord.
            Position "It is time to free the prisoners" | modality Required
            Position "begin the truce" | modality Required
            Position "implement the accord" | modality Required
            # The time has come to end the war.
            Position "The time has come to end the war" | modality Required
            # There is an urgent need for both parties to agree on a list.
            Position "There is an urgent need for both parties to agree on a list" | by parties | modality Required
            # It is essential that aid reach the villages.
            Position "It is essential that aid reach the villages" | modality Required
            # It is imperative that the ceasefire hold.
            Position "It is imperative that the ceasefire hold" | modality Required
            # The onus is on Lowland to act.
            Position "The onus is on Lowland to act" | by lowland | modality Required
            # It is up to Lowland to decide.
            Position "It is up to Lowland to decide" | by lowland | modality Required
            # It is the duty of every state to protect its people.
            Position "It is the duty of every state to protect its people" | by state | modality Required
            # Lowland ought to take the deal.
            Position "Lowland ought to take the deal" | by lowland | modality Required
            # Lowland is required to hand over the maps.
            Position "Lowland is required to hand over the maps" | to lowland | modality Required
            # The guards have to leave the bridge.
            Position "The guards have to leave the bridge" | by guards | modality Required
            # Upland has a right to defend itself.
            Position "Upland has a right to defend itself" | by upland
        "##]],
    );
}

#[test]
fn what_is_judged_wrong_is_a_position() {
    check(
        &[
            "The strikes on the market are unacceptable.",
            "It is unconscionable to starve a town.",
            "There is no time to waste.",
            "Upland remains concerned about the situation in the valley.",
            "I want to thank the mission for its work.",
        ],
        expect![[r##"
            # The strikes on the market are unacceptable.
            Position "The strikes on the market are unacceptable" | not so
            # It is unconscionable to starve a town.
            Position "It is unconscionable to starve a town" | not so
            # There is no time to waste.
            Position "There is no time to waste" | not so
            # Upland remains concerned about the situation in the valley.
            Position "Upland remains concerned about the situation in the valley" | by upland
            # I want to thank the mission for its work.
            Position "I want to thank the mission for its work" | to mission
        "##]],
    );
}

#[test]
fn the_title_says_who_i_and_we_are() {
    let lines = ["I met the monitors.", "We are working with Lowland to open the crossing."];
    check_of(
        "Statement by the Foreign Minister of Upland on the Truce",
        &lines,
        expect![[r##"
        # I met the monitors.
        Meeting "I met the monitors" | by upland-foreign-minister | to mission
        # We are working with Lowland to open the crossing.
        Event "We are working with Lowland to open the crossing" | by upland | to lowland
    "##]],
    );
    check_of(
        "Joint Statement from the Leaders of Upland and Lowland",
        &lines,
        expect![[r##"
            # I met the monitors.
            Meeting "I met the monitors" | to mission
            # We are working with Lowland to open the crossing.
            Event "We are working with Lowland to open the crossing" | by upland+lowland
        "##]],
    );
    check_of(
        "Uplander Envoy's Remarks on the Truce",
        &lines,
        expect![[r##"
        # I met the monitors.
        Meeting "I met the monitors" | by Uplander envoy | to mission
        # We are working with Lowland to open the crossing.
        Event "We are working with Lowland to open the crossing" | by upland | to lowland
    "##]],
    );
    check_of(
        "Talks on the Truce Resume",
        &lines,
        expect![[r##"
        # I met the monitors.
        Meeting "I met the monitors" | to mission
        # We are working with Lowland to open the crossing.
        Event "We are working with Lowland to open the crossing" | to lowland
    "##]],
    );
}

#[test]
fn a_turn_speaks_for_the_office_of_its_label() {
    let text = "MODERATOR: We begin with the north.\n\nTHE FOREIGN MINISTER: We will send doctors to Millbridge.\n\nI met the monitors.\n\nQ And the gate? We heard that it is shut.\n\nTHE FOREIGN MINISTER: The gate is open.";
    check_of(
        "Remarks by the Foreign Minister of Upland",
        &[text],
        expect![[r##"
            # MODERATOR: We begin with the north.

            THE FOREIGN MINISTER: We will send doctors to Millbridge.

            I met the monitors.

            Q And the gate? We heard that it is shut.

            THE FOREIGN MINISTER: The gate is open.
            Pledge "We will send doctors to Millbridge" | by upland | to doctors | says upland-foreign-minister | level Committed | modality Planned | at millbridge
            Meeting "I met the monitors" | by upland-foreign-minister | to mission | says upland-foreign-minister
            Statement "The gate is open" | says upland-foreign-minister
        "##]],
    );
}
