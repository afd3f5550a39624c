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
            Statement "We are working with Lowland to open the crossing" | by upland | to lowland
        "##]],
    );
    check_of(
        "Joint Statement from the Leaders of Upland and Lowland",
        &lines,
        expect![[r##"
            # I met the monitors.
            Meeting "I met the monitors" | to mission
            # We are working with Lowland to open the crossing.
            Statement "We are working with Lowland to open the crossing" | by upland+lowland
        "##]],
    );
    check_of(
        "Uplander Envoy's Remarks on the Truce",
        &lines,
        expect![[r##"
            # I met the monitors.
            Meeting "I met the monitors" | by Uplander envoy | to mission
            # We are working with Lowland to open the crossing.
            Statement "We are working with Lowland to open the crossing" | by upland | to lowland
        "##]],
    );
    check_of(
        "Talks on the Truce Resume",
        &lines,
        expect![[r##"
            # I met the monitors.
            Meeting "I met the monitors" | to mission
            # We are working with Lowland to open the crossing.
            Statement "We are working with Lowland to open the crossing" | to lowland
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

#[test]
fn conditions_of_every_sort() {
    check(
        &[
            "If Lowland opens the gate, Upland will send doctors.",
            "Upland will send doctors if Lowland opens the gate and the guards leave.",
            "Upland will not withdraw until all of the hostages are released.",
            "Upland will not withdraw unless and until the hostages are released.",
            "The mission cannot deploy before a mandate is adopted.",
            "The delegation will travel to Highgate before the summit.",
            "Upland intends to provide a contribution of 10 million dollars, subject to parliamentary approval.",
            "The release depends on progress in the talks.",
            "The deal hinges on Lowland's consent.",
            "The withdrawal is contingent on a list of the missing.",
            "Lowland will free the detainees in exchange for a lifting of the embargo.",
            "Once the council is named, the force will deploy.",
            "The force will deploy only after a list is agreed.",
            "We need to see this as soon as possible.",
            "The parties must conclude a deal without delay.",
            "Should the talks fail, Upland will close the border.",
            "Upland is ready to send troops provided that both sides agree.",
            "Aid will be delivered as long as the ceasefire holds.",
            "In the event of a violation, the committee will meet.",
            "The minister asked the guards if the gate was open.",
            "Hundreds if not thousands fled.",
        ],
        expect![[r##"
            # If Lowland opens the gate, Upland will send doctors.
            Event "If Lowland opens the gate, Upland will send doctors" | by upland | to doctors | if If: Lowland opens the gate | modality Planned
            # Upland will send doctors if Lowland opens the gate and the guards leave.
            Event "Upland will send doctors if Lowland opens the gate and the guards leave" | by upland | to doctors | if If: Lowland opens the gate | modality Planned
            # Upland will not withdraw until all of the hostages are released.
            Event "Upland will not withdraw until all of the hostages are released" | by upland | not so | if Until: all of the hostages are released | modality Planned
            # Upland will not withdraw unless and until the hostages are released.
            Event "Upland will not withdraw unless and until the hostages are released" | by upland | not so | if Unless: the hostages are released | modality Planned
            # The mission cannot deploy before a mandate is adopted.
            Statement "The mission cannot deploy before a mandate is adopted" | by mission | not so | level Conditional | if Before: a mandate is adopted | modality Possible
            # The delegation will travel to Highgate before the summit.
            Event "The delegation will travel to Highgate before the summit" | by delegation | modality Planned | at highgate
            # Upland intends to provide a contribution of 10 million dollars, subject to parliamentary approval.
            Pledge "Upland intends to provide a contribution of 10 million dollars, subject to parliamentary approval" | by upland | level Committed | if Prerequisite: parliamentary approval | modality Planned
            Event "a contribution of 10 million dollars, subject to parliamentary approval" | modality Planned | figures 10000000..10000000 dollar
            # The release depends on progress in the talks.
            Position "The release depends on progress in the talks" | if Prerequisite: progress in the talks
            # The deal hinges on Lowland's consent.
            Position "The deal hinges on Lowland's consent" | if Prerequisite: Lowland's consent
            # The withdrawal is contingent on a list of the missing.
            Position "The withdrawal is contingent on a list of the missing" | if Prerequisite: a list of the missing
            # Lowland will free the detainees in exchange for a lifting of the embargo.
            Event "Lowland will free the detainees in exchange for a lifting of the embargo" | by lowland | to detainees | if Prerequisite: a lifting of the embargo | modality Planned
            # Once the council is named, the force will deploy.
            Event "Once the council is named, the force will deploy" | by force | if Once: the council is named | modality Planned
            # The force will deploy only after a list is agreed.
            Event "The force will deploy only after a list is agreed" | by force | if Once: a list is agreed | modality Planned
            # We need to see this as soon as possible.
            Position "We need to see this as soon as possible" | modality Required
            # The parties must conclude a deal without delay.
            Position "The parties must conclude a deal without delay" | by parties | modality Required
            # Should the talks fail, Upland will close the border.
            Event "Should the talks fail, Upland will close the border" | if If: the talks fail | modality Expected
            # Upland is ready to send troops provided that both sides agree.
            Position "Upland is ready to send troops provided that both sides agree" | by upland | level Conditional | if If: both sides agree | modality Possible
            # Aid will be delivered as long as the ceasefire holds.
            Event "Aid will be delivered as long as the ceasefire holds" | if AsLongAs: the ceasefire holds | modality Planned
            # In the event of a violation, the committee will meet.
            Meeting "In the event of a violation, the committee will meet" | by committee | if If: a violation | modality Planned
            # The minister asked the guards if the gate was open.
            Position "if the gate was open" | by minister | to guards | says minister | modality Desired
            # Hundreds if not thousands fled.
            Event "Hundreds if not thousands fled" | figures 2000.. person
        "##]],
    );
}

#[test]
fn promises_and_attitudes() {
    check_of(
        "Statement by the Foreign Minister of Upland",
        &[
            "We will continue working to end the war.",
            "Upland will provide 40 trucks of flour.",
            "This step will help save lives.",
            "We are committed to supporting the mission.",
            "We reiterate our commitment to the security of Lowland.",
            "We cannot look away from these crimes.",
            "We condemn the attack on the bridge.",
            "We had already narrowed some gaps.",
            "The envoy said that Upland would send doctors.",
            "Under the plan, Lowland would leave the valley.",
            "Upland provides medicine to the villages.",
        ],
        expect![[r##"
            # We will continue working to end the war.
            Pledge "We will continue working to end the war" | by upland | level Committed | modality Planned
            # Upland will provide 40 trucks of flour.
            Pledge "Upland will provide 40 trucks of flour" | by upland | level Committed | modality Planned | figures 40..40 truck | kind truck.entered
            # This step will help save lives.
            Statement "This step will help save lives" | modality Expected
            # We are committed to supporting the mission.
            Pledge "We are committed to supporting the mission" | by upland | level Committed
            # We reiterate our commitment to the security of Lowland.
            Position "our commitment to the security of Lowland" | by upland
            # We cannot look away from these crimes.
            Position "We cannot look away from these crimes" | not so | modality Required
            # We condemn the attack on the bridge.
            Position "the attack on the bridge" | by upland | not so
            # We had already narrowed some gaps.
            Statement "We had already narrowed some gaps" | by upland
            # The envoy said that Upland would send doctors.
            Event "Upland would send doctors" | by upland | to doctors | says envoy | modality Planned
            # Under the plan, Lowland would leave the valley.
            Event "Under the plan, Lowland would leave the valley" | by lowland | modality Planned
            # Upland provides medicine to the villages.
            Statement "Upland provides medicine to the villages" | by upland
        "##]],
    );
}

#[test]
fn the_issue_is_what_most_words_show() {
    let lines = [
        "Lowland will free the captives on Tuesday.",
        "Forty trucks of flour reached the villages.",
        "The guards breached the ceasefire on the bridge.",
        "The mission observed gunfire near Millbridge.",
        "A drone of the monitors was lost to jamming.",
        "The force will deploy in May.",
        "Upland withdrew its troops from the valley.",
        "Lowland must hand over its weapons.",
        "The ministers signed a peace treaty.",
        "The envoys discussed the situation by telephone.",
        "Upland has a right to defend itself.",
        "The court opened an investigation into war crimes.",
        "Police arrested nine protesters in Millbridge.",
        "The resolution is not binding.",
        "Donors pledged funding for the fund.",
        "The deadline is Friday.",
        "Lowland annexed the eastern bank.",
        "Implementation of the second phase has begun.",
        "An interim authority will hold elections.",
        "The mandate must be adopted before troops are contributed.",
        "The farmer sang.",
    ];
    let mut out = String::new();
    for line in lines {
        for read in &read(line, Some("2024-03-15")).claims {
            let issue = read.claim.issue.as_ref().map_or("-", |issue| issue.as_str());
            out += &format!("{issue:24}{}\n", read.claim.quote);
        }
    }
    expect![[r#"
        hostages                Lowland will free the captives on Tuesday
        humanitarian_aid        Forty trucks of flour reached the villages
        ceasefire_compliance    The guards breached the ceasefire on the bridge
        monitoring              The mission observed gunfire near Millbridge
        monitoring              A drone of the monitors was lost to jamming
        deployment              The force will deploy in May
        withdrawal              Upland withdrew its troops from the valley
        disarmament             Lowland must hand over its weapons
        agreement               The ministers signed a peace treaty
        diplomacy               the situation by telephone
        security_guarantees     Upland has a right to defend itself
        accountability          The court opened an investigation into war crimes
        internal_security       Police arrested nine protesters in Millbridge
        legal_authority         The resolution is not binding
        funding                 funding for the fund
        timeline                The deadline is Friday
        sovereignty             Lowland annexed the eastern bank
        phase_two               Implementation of the second phase has begun
        governance              An interim authority will hold elections
        mandate                 The mandate must be adopted before troops are contributed
    "#]]
    .assert_eq(&out);
}

#[test]
fn two_leaders_are_the_two_offices_named_before() {
    let text = "The foreign minister of Upland spoke with the president of Lowland. The two leaders discussed the truce. They agreed to meet in May.";
    check(
        &[text],
        expect![[r##"
            # The foreign minister of Upland spoke with the president of Lowland. The two leaders discussed the truce. They agreed to meet in May.
            Meeting "The foreign minister of Upland spoke with the president of Lowland" | by upland-foreign-minister | to Lowlander president
            Meeting "The two leaders discussed the truce." | by upland-foreign-minister+Lowlander president
            Pledge "They agreed to meet in May" | by upland-foreign-minister+Lowlander president | level Agreed | on 2024-05-01..2024-05-31
        "##]],
    );
}
