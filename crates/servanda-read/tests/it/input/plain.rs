//! Plain text.

use expect_test::expect;

use super::check;

#[test]
fn a_news_page_copied_by_hand() {
    check(
        "a.txt",
        "World NewsAnalysis\n\nNo clear date for the opening of the Sar crossing\n\nIt will be weeks before the observers reach the upper valley\n\n\
        Drivers wait at the Sar crossing, which was shut in May. Photograph: Ana Ruiz/Valley Press via Northlight\n\
        Drivers wait at the Sar crossing, which was shut in May. Photograph:  Ana Ruiz/Valley Press via Northlight\n\n\
        By Lena Ostrow in Sar\n\nUpdated: 3 June 2025, 14:05\n\n\
        NORTH SAR, June 3 (Valley Press) — The council will meet on Friday.\n\n\
        Why do the ferries run at night? Opens in new window\u{a0}]\n\nWhat comes next\n\nThe observers arrive in June. Both sides agreed.\n\n\
        Read more: ten questions on the accord\nSubscribe to our newsletter\n© 2025 Valley Press. All rights reserved.\n",
        expect![[r#"
            == - | - | - | -
            Tag: World NewsAnalysis
            Headline: No clear date for the opening of the Sar crossing
            Standfirst: It will be weeks before the observers reach the upper valley
            Caption: Drivers wait at the Sar crossing, which was shut in May.
            Credit: Photograph: Ana Ruiz/Valley Press via Northlight
            Caption: Drivers wait at the Sar crossing, which was shut in May.
            Credit: Photograph:  Ana Ruiz/Valley Press via Northlight
            Tag: By Lena Ostrow in Sar
            Tag: Updated: 3 June 2025, 14:05
            Tag: NORTH SAR, June 3 (Valley Press) —
            Paragraph: The council will meet on Friday.
            Teaser: Why do the ferries run at night? Opens in new window ]
            Heading: What comes next
            Paragraph: The observers arrive in June. Both sides agreed.
            Teaser: Read more: ten questions on the accord
            Boilerplate: Subscribe to our newsletter
            Boilerplate: © 2025 Valley Press. All rights reserved.
        "#]],
    );
}

#[test]
fn headings_flattened_into_running_text() {
    check(
        "a.txt",
        "Council seeks a mandate for the valley force\n\nThe council is to decide on the force this week. Members have asked for clear rules before any \
        observer is sent, and several said that disarmament must come first. It has met twice without result. Talks in Upper Sar Earlier this week, \
        the members met at the lake house and left without a text. The North was not there. ‘Rules first’ In a letter to the council, the \
        North asked for rules. Disputed arms depots Disarmament of the depots is not agreed. Ardan Bel, who leads the delegation, spoke of months. \
        A slow and narrow path Bel estimated that the force could be ready in two years. A decision Bel announced on Monday was withdrawn. \
        The Office for the Valley is shut. Header image: Lorries stand at the Sar crossing on 2 June 2025.",
        expect![[r#"
            == - | - | - | -
            Headline: Council seeks a mandate for the valley force
            Paragraph: The council is to decide on the force this week. Members have asked for clear rules before any observer is sent, and several said that disarmament must come first. It has met twice without result.
            Heading: Talks in Upper Sar
            Paragraph: Earlier this week, the members met at the lake house and left without a text. The North was not there.
            Heading: ‘Rules first’
            Paragraph: In a letter to the council, the North asked for rules.
            Heading: Disputed arms depots
            Paragraph: Disarmament of the depots is not agreed. Ardan Bel, who leads the delegation, spoke of months.
            Heading: A slow and narrow path
            Paragraph: Bel estimated that the force could be ready in two years. A decision Bel announced on Monday was withdrawn. The Office for the Valley is shut.
            Credit: Header image:
            Caption: Lorries stand at the Sar crossing on 2 June 2025.
        "#]],
    );
}

#[test]
fn wrapped_lines_lists_and_tables() {
    check(
        "a.txt",
        "The joint commission met at the lake house on Tuesday and looked at\nthe reports of the week. It found that the gate at Sar was opened on\n\
        time.\n\nThe commission asks that\n- the lists be sent by noon,\n- the road be kept open, also for lorries that come from\n  the upper valley\n\
        1. First point here.\n\nGate\tOpened\tClosed\nSar\t4\t3\n\nMS. OSTROW:  Thank you.\nQ    When will it open?\nMS. OSTROW:  Soon.\n\n* * *\n",
        expect![[r#"
            == - | - | - | -
            Paragraph: The joint commission met at the lake house on Tuesday and looked at
            the reports of the week. It found that the gate at Sar was opened on
            time.
            Paragraph: The commission asks that
            ListItem: - the lists be sent by noon,
            ListItem: - the road be kept open, also for lorries that come from
              the upper valley
            ListItem: 1. First point here.
            Row: Gate	Opened	Closed
            Row: Sar	4	3
            Paragraph: MS. OSTROW:  Thank you.
            Paragraph: Q    When will it open?
            Paragraph: MS. OSTROW:  Soon.
            Boilerplate: * * *
        "#]],
    );
}

#[test]
fn notes_without_full_stops_are_read() {
    check(
        "a.txt",
        "North says the road is open",
        expect![[r#"
        == - | - | - | -
        Paragraph: North says the road is open
    "#]],
    );
    check(
        "a.txt",
        "",
        expect![[r#"
        == - | - | - | -
    "#]],
    );
    check(
        "a.txt",
        "\u{feff}The gate opened.\r\nIt closed again.\r\n",
        expect![[r#"
        == - | - | - | -
        Paragraph: The gate opened.
        Paragraph: It closed again.
    "#]],
    );
}
