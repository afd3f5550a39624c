//! HTML.

use expect_test::expect;

use super::check;

const PAGE: &str = r##"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Ferry to Sar runs again | Valley Press</title>
<meta property="og:site_name" content="Valley Press"><link rel="canonical" href="https://press.example/ferry">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Ferry to Sar runs again","datePublished":"2025-06-03T23:10:00+02:00","publisher":{"@type":"Organization","name":"Valley Press"}}]}</script>
<style>p { color: red }</style></head>
<body class="page"><header><h1 class="logo">Valley Press</h1><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<div class="cookie-banner"><p>We use cookies to make this site better for you.</p></div>
<article><h1>Ferry to&nbsp;Sar runs <em>again</em></h1>
<p class="standfirst">The council &amp; the harbour office agreed on three crossings a&nbsp;day</p>
<figure><img src="a.jpg" alt="The ferry"><figcaption>The ferry leaves the lake harbour on Tuesday. <span class="credit">Photograph: Ana Ruiz/Valley Press</span></figcaption></figure>
<p>The ferry between the lake harbour and Sar ran again on Tuesday, after the council and the harbour office agreed on
   three crossings a day, &#8220;for as long as the weather holds&#8221;, the office said.</p>
<p>It carried 40 passengers and <b>six</b> lorries on its first trip, and came back with the mail, the office added, and it will go again on Friday<br><br>The North said it was told in advance.</p>
<aside><h3>Related</h3><a href="/x">The bridge at Sar stays shut</a></aside>
<h2>What was agreed</h2>
<ul><li>Three crossings a day, of which one is kept for lorries with food and medicine.<li>Lists of passengers are sent by noon, so that both sides can look at them.</ul>
<table><tr><th>Day</th><th>Trips</th></tr><tr><td>Tuesday</td><td>3</td></tr></table>
<p>The agreement holds until the end of June, and both sides said, in a joint note, that they want to meet again before it ends.</p>
</article><footer>© 2025 Valley Press</footer><script>var a = "<p>no</p>";</script></body></html>"##;

#[test]
fn the_article_of_a_page() {
    check(
        "a.html",
        PAGE,
        expect![[r#"
            == Ferry to Sar runs again | Valley Press | 2025-06-03 | https://press.example/ferry
            Boilerplate: Valley Press
            Boilerplate: Home
            Boilerplate: World
            Boilerplate: We use cookies to make this site better for you.
            Headline: Ferry to Sar runs again  < "Ferry to&nbsp;Sar runs <em>again"
            Standfirst: The council & the harbour office agreed on three crossings a day  < "The council &amp; the harbour office agreed on three crossings a&nbsp;day"
            Caption: The ferry leaves the lake harbour on Tuesday.
            Credit: Photograph: Ana Ruiz/Valley Press
            Paragraph: The ferry between the lake harbour and Sar ran again on Tuesday, after the council and the harbour office agreed on three crossings a day, “for as long as the weather holds”, the office said.  < "The ferry between the lake harbour and Sar ran again on Tuesday, after the council and the harbour office agreed on\n   three crossings a day, &#8220;for as long as the weather holds&#8221;, the office said."
            Paragraph: It carried 40 passengers and six lorries on its first trip, and came back with the mail, the office added, and it will go again on Friday  < "It carried 40 passengers and <b>six</b> lorries on its first trip, and came back with the mail, the office added, and it will go again on Friday"
            Paragraph: The North said it was told in advance.
            Boilerplate: Related
            Boilerplate: The bridge at Sar stays shut
            Heading: What was agreed
            ListItem: Three crossings a day, of which one is kept for lorries with food and medicine.
            ListItem: Lists of passengers are sent by noon, so that both sides can look at them.
            Row: Day	Trips  < "Day</th><th>Trips"
            Row: Tuesday	3  < "Tuesday</td><td>3"
            Paragraph: The agreement holds until the end of June, and both sides said, in a joint note, that they want to meet again before it ends.
            Boilerplate: © 2025 Valley Press
        "#]],
    );
}

#[test]
fn fragments_and_broken_pages() {
    check(
        "a.html",
        "<p><a name=0>The gate\n\nis &lt;open&gt; &amp &notit; .</a><p>Unclosed <b>bold <i>both</b> end",
        expect![[r#"
            == - | - | - | -
            Paragraph: The gate is <open> & ¬it; .  < "The gate\n\nis &lt;open&gt; &amp &notit; ."
            Paragraph: Unclosed bold both end  < "Unclosed <b>bold <i>both</b> end"
        "#]],
    );
    check(
        "a.html",
        "",
        expect![[r#"
        == - | - | - | -
    "#]],
    );
    check(
        "a.html",
        "<title>Only a title</title><!-- c --><p>text</p",
        expect![[r#"
        == Only a title | - | - | -
        Headline: Only a title
        Paragraph: text
    "#]],
    );
}

#[test]
fn breaks_cells_and_old_layouts() {
    check(
        "a.html",
        "<body><table><tr><td><font size=2>The gate of Sar was opened on Monday at noon, as the two sides had agreed in May, and forty lorries went \
        through before it was shut again in the evening, the harbour office said.</font></td></tr></table>\
        <table><tr><th>Day</th><th>Trips</th></tr><tr><td>Mon<td> 3 <tr><td>Tue<td>4</table><p>Upper Sar<br>3 June<br><br>It rains.</body>",
        expect![[r#"
            == - | - | - | -
            Paragraph: The gate of Sar was opened on Monday at noon, as the two sides had agreed in May, and forty lorries went through before it was shut again in the evening, the harbour office said.
            Boilerplate: Day	Trips  < "Day</th><th>Trips"
            Boilerplate: Mon	 3  < "Mon<td> 3"
            Boilerplate: Tue	4  < "Tue<td>4"
            Paragraph: Upper Sar
            3 June  < "Upper Sar<br>3 June"
            Paragraph: It rains.
        "#]],
    );
}

#[test]
fn copies_of_printed_pages() {
    check(
        "a.html",
        "<p>FACTS\n</p><p>Between 15 and 28 May the mission saw 733 breaches, com-\npared with 783 in the  \n\nPatrol at the gate of Sar (Valley Press) \n\nprevious \
        two weeks. It rained.</p><p>It was told of the talks by</p><p>the council.</p>",
        expect![[r#"
            == - | - | - | -
            Heading: FACTS
            Paragraph: Between 15 and 28 May the mission saw 733 breaches, com-
            pared with 783 in the previous two weeks. It rained.  < "Between 15 and 28 May the mission saw 733 breaches, com-\npared with 783 in the  \n\nPatrol at the gate of Sar (Valley Press) \n\nprevious two weeks. It rained."
            Caption: Patrol at the gate of Sar (Valley Press)
            Paragraph: It was told of the talks by

            the council.  < "It was told of the talks by</p><p>the council."
        "#]],
    );
}
