//! Every message of this crate, so that all can be read in one place.

use servanda_model::{Diagnostic, LineColumn, Severity, Span};

use crate::feed::JsonFault;
use crate::input::html::Note;
use crate::input::limits::{MAX_DEPTH, MAX_PACKED_BYTES, MAX_PAGES};
use crate::input::packed::Note as Packed;
use crate::names::nearest;
use crate::rows::RowFault;

fn error(code: &str, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, span, message)
}

fn warning(code: &str, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, span, message)
}

fn remark(code: &str, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Remark, span, message)
}

/// "did you mean X?", or else this hint.
fn or_nearest(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean '{near}'?"))
}

/// Words of the author, short enough for one line.
fn excerpt(text: &str) -> String {
    const MAX_CHARS: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MAX_CHARS {
        return line;
    }
    line.chars().take(MAX_CHARS - 1).chain(['…']).collect()
}

// Any file of the case.

pub(crate) fn syntax(code: &str, span: Span, what: &str) -> Diagnostic {
    let what = what.lines().collect::<Vec<_>>().join("; ");
    let hint = match what.as_str() {
        "duplicate key" if code == "C101" => {
            "each key stands once; beside [[standpoint]] the default is written default_standpoint = \"…\""
        }
        "duplicate key" => "each key stands once in a table",
        _ => "texts stand between quotation marks, lists between [ and ], tables begin with [[name]]",
    };
    error(code, span, format!("this is not valid TOML: {what}")).hint(hint)
}

pub(crate) fn unknown_key(code: &str, span: Span, key: &str, known: &[&str]) -> Diagnostic {
    let near = nearest(key, known.iter().copied());
    warning(code, span, format!("nothing reads the key '{}'", excerpt(key)))
        .hint(or_nearest(near.as_deref(), "take the key away, or look for its name in the guide"))
}

pub(crate) fn wrong_sort(code: &str, span: Span, key: &str, found: &str, expected: &str) -> Diagnostic {
    error(code, span, format!("'{key}' is {found}")).hint(format!("write {expected}"))
}

pub(crate) fn unknown_word(code: &str, span: Span, key: &str, word: &str, words: &[&str]) -> Diagnostic {
    let near = nearest(word, words.iter().copied());
    let list = format!("one of: {}", words.join(", "));
    error(code, span, format!("'{}' is no value of '{key}'", excerpt(word)))
        .hint(or_nearest(near.as_deref(), &list))
}

pub(crate) fn missing(code: &str, span: Span, key: &str) -> Diagnostic {
    error(code, span, format!("'{key}' is missing")).hint(format!("add {key} = \"…\""))
}

pub(crate) fn blank(code: &str, span: Span, key: &str) -> Diagnostic {
    error(code, span, format!("'{key}' is blank")).hint(format!("say what the {key} is"))
}

pub(crate) fn no_number(code: &str, span: Span, key: &str, text: &str) -> Diagnostic {
    error(code, span, format!("'{}' is not a number with at most three decimals ('{key}')", excerpt(text)))
        .hint("write digits, with a point before decimals and no thousands separators")
}

pub(crate) fn no_position(code: &str, span: Span, lat: f64, lon: f64) -> Diagnostic {
    error(code, span, format!("latitude {lat}, longitude {lon} is no place on the earth"))
        .hint("latitude is within 90 and longitude within 180 degrees; radius_km is how far off it may be")
}

pub(crate) fn unknown_event_kind(code: &str, span: Span, kind: &str, near: Option<String>) -> Diagnostic {
    warning(code, span, format!("the agreement has no kind '{}'", excerpt(kind)))
        .hint(or_nearest(near.as_deref(), "declare the kind in the agreement, or use one that it declares"))
}

pub(crate) fn undeclared(
    code: &str,
    span: Span,
    sort: &str,
    written: &str,
    n_uses: usize,
    near: Option<&str>,
) -> Diagnostic {
    let more = match n_uses {
        1 => String::new(),
        n => format!(" ({n} places, this is the first)"),
    };
    warning(code, span, format!("the case declares no {sort} '{}'{more}", excerpt(written)))
        .hint(or_nearest(near, &format!("declare it in {sort}s.toml, or give an entry there this alias")))
}

// Lexicon files.

pub(crate) fn frame_twice(span: Span, first: Span, id: &str) -> Diagnostic {
    error(
        "C154",
        span,
        format!("the frame '{}' stands twice in this file; this one is not used", excerpt(id)),
    )
    .label(first, "the first one")
    .hint("put their words together, or give each its own id")
}

pub(crate) fn no_pattern(span: Span, written: &str) -> Diagnostic {
    error("C155", span, format!("'{}' is no pattern of words", excerpt(written)))
        .hint("write lemmas: a space between words that may stand apart, _ between words side by side, | between alternatives")
}

pub(crate) fn unknown_category(span: Span, category: &str, near: Option<String>) -> Diagnostic {
    error("C156", span, format!("'{}' is no category of the PLOVER manual", excerpt(category))).hint(
        or_nearest(near.as_deref(), "write one of its sixteen categories, perhaps with -mode behind it"),
    )
}

pub(crate) fn frame_without_words(span: Span, id: &str) -> Diagnostic {
    warning("C157", span, format!("'{}' has no words and finds nothing", excerpt(id)))
        .hint("give it verbs, nouns or adjectives (an issue: words)")
}

pub(crate) fn idle_holder(span: Span, id: &str) -> Diagnostic {
    warning("C158", span, format!("the holder '{}' changes nothing and is not used", excerpt(id)))
        .hint("give it lemmas, and holds or implies")
}

// Case files.

pub(crate) fn unknown_clock(span: Span, name: &str) -> Diagnostic {
    error("C105", span, format!("'{}' is no IANA time zone; UTC is used instead", excerpt(name)))
        .hint("write Region/City as in the IANA list, or \"UTC\"")
}

pub(crate) fn no_civil_day(span: Span, key: &str, text: &str) -> Diagnostic {
    error("C106", span, format!("'{}' is no civil day ('{key}')", excerpt(text)))
        .hint("write it as 2025-10-13")
}

pub(crate) fn duplicate_id(span: Span, first: Span, sort: &str, id: &str) -> Diagnostic {
    let mut diagnostic = error(
        "C107",
        span,
        format!("the {sort} '{}' is declared already; this one is not used", excerpt(id)),
    );
    diagnostic = diagnostic.label(first, "the first one");
    diagnostic.hint("give each its own id, or put their fields together")
}

pub(crate) fn unknown_whole<'i>(
    span: Span,
    sort: &str,
    id: &str,
    ids: impl Iterator<Item = &'i str>,
) -> Diagnostic {
    let near = nearest(id, ids);
    error("C108", span, format!("the file declares no {sort} '{}'", excerpt(id)))
        .hint(or_nearest(near.as_deref(), &format!("declare it with its own [[{sort}]]")))
}

pub(crate) fn circle(span: Span, chain: &[&str]) -> Diagnostic {
    let chain: Vec<&str> = chain.iter().chain(chain.first()).copied().collect();
    error("C109", span, format!("these contain one another in a circle: {}", chain.join(" in ")))
        .hint("take one of the links away")
}

pub(crate) fn shared_alias(span: Span, first: Span, alias: &str, other: &str, id: &str) -> Diagnostic {
    warning(
        "C110",
        span,
        format!("'{}' is an alias of both '{other}' and '{id}'; it finds neither", excerpt(alias)),
    )
    .label(first, "the other alias")
    .hint("leave the alias with the one that it means")
}

pub(crate) fn unknown_standpoint(span: Span, id: &str, ids: &[&str]) -> Diagnostic {
    let near = nearest(id, ids.iter().copied());
    error("C111", span, format!("there is no standpoint '{}'; 'all' is used instead", excerpt(id)))
        .hint(or_nearest(near.as_deref(), &format!("declared are: {}", ids.join(", "))))
}

pub(crate) fn reversed_days(span: Span, first: &str, last: &str) -> Diagnostic {
    warning("C112", span, format!("the last day {last} lies before the first day {first}"))
        .hint("exchange the two, or correct the year")
}

pub(crate) fn open_front_matter(span: Span) -> Diagnostic {
    error(
        "C120",
        span,
        "the front matter that begins here has no end; the whole file is read as text".to_owned(),
    )
    .hint("close it with a line of three hyphens")
}

pub(crate) fn front_matter_line(span: Span, line: &str) -> Diagnostic {
    warning("C121", span, format!("'{}' is not 'key: value'", excerpt(line)))
        .hint("write one key: value a line")
}

pub(crate) fn front_matter_key(span: Span, key: &str, known: &[&str]) -> Diagnostic {
    let near = nearest(key, known.iter().copied());
    remark("C121", span, format!("nothing reads the front matter key '{}'", excerpt(key)))
        .hint(or_nearest(near.as_deref(), &format!("read are: {}", known.join(", "))))
}

pub(crate) fn unknown_encoding(span: Span, label: &str) -> Diagnostic {
    error("C122", span, format!("'{}' is no encoding", excerpt(label)))
        .hint("write utf-8, utf-16le, windows-1252 or another WHATWG label, or leave the key out")
}

pub(crate) fn undecodable(encoding: &str) -> Diagnostic {
    warning("C123", Span::default(), format!("some bytes have no meaning in {encoding}; they read as U+FFFD"))
        .hint("declare the encoding in which the document was written")
}

pub(crate) fn guessed_encoding(encoding: &str) -> Diagnostic {
    remark("C124", Span::default(), format!("the bytes are not UTF-8; they are read as {encoding}"))
        .hint("declare the encoding in front matter or in sources/documents.toml to be sure")
}

pub(crate) fn belied_encoding(own: &str, found: &str) -> Diagnostic {
    remark("C127", Span::default(), format!("the page says that it is {own}, but its bytes are {found}"))
        .hint("declare the encoding in sources/documents.toml if the text looks wrong")
}

pub(crate) fn unreadable_published(span: Span, text: &str) -> Diagnostic {
    error("C125", span, format!("'{}' is no publication time", excerpt(text)))
        .hint("write 2025-10-22, 2025-10-22T14:30 or 2025-10-22T14:30:00+02:00")
}

pub(crate) fn no_metadata(key: &str, effect: &str) -> Diagnostic {
    warning("C126", Span::default(), format!("nothing says what the document's '{key}' is"))
        .hint(format!("{effect} Add {key} to its front matter or to sources/documents.toml"))
}

// Input.

pub(crate) fn article_cut(rest: Span, n_bytes_read: usize) -> Diagnostic {
    warning("R301", rest, format!("only the first {} KiB of the text are read", n_bytes_read / 1024))
        .hint("split the file; it stays on record whole")
}

pub(crate) fn page_note(note: Note) -> Diagnostic {
    let at = Span::default();
    match note {
        Note::NoMainText => remark(
            "R302",
            at,
            "no main text was found; every block of text outside navigation is read".to_owned(),
        )
        .hint("save the article alone, or as text, if something else is read with it"),
        Note::TooDeep => warning(
            "R303",
            at,
            format!(
                "elements lie more than {MAX_DEPTH} deep; deeper ones are read as if they stood at that depth"
            ),
        )
        .hint("save the page as text if its blocks run together"),
        Note::TooLong => warning(
            "R304",
            at,
            "the page is too long for its main text to be looked for; every block of text is read".to_owned(),
        )
        .hint("save the article alone"),
    }
}

pub(crate) fn packed_note(note: &Packed) -> Diagnostic {
    let at = Span::default();
    let whole = "the file stays on record whole";
    match note {
        Packed::TooLarge => warning(
            "R310",
            at,
            format!("the file is larger than {} MiB and is not unpacked", MAX_PACKED_BYTES >> 20),
        )
        .hint(format!("save its text in smaller files; {whole}")),
        Packed::TooMuch => {
            warning("R311", at, "more text would come out of the file than is read".to_owned())
                .hint(format!("save its text in smaller files; {whole}"))
        }
        Packed::Unreadable(why) => {
            warning("R312", at, format!("the text of the file cannot be drawn out: {why}"))
                .hint(format!("save it again, or as text; {whole}"))
        }
        Packed::Attachments(list) => {
            remark("R313", at, format!("attachments are not read: {}", list.join(", ")))
                .hint("save those that matter as files of their own")
        }
        Packed::PagesCut => warning("R314", at, format!("only the first {MAX_PAGES} pages are read"))
            .hint(format!("split the file; {whole}")),
        Packed::NoText => {
            warning("R315", at, "the pages hold no text: they are pictures of pages".to_owned())
                .hint("read them with a recogniser of text, and save its text beside the file")
        }
        Packed::UnknownLetters(n) => warning(
            "R316",
            at,
            format!("letters whose font does not say what they are: {n}; they read as U+FFFD"),
        )
        .hint("save the file as text from a program that shows it"),
    }
}

pub(crate) fn no_articles(head: Span) -> Diagnostic {
    remark("R305", head, "the table has no column of text, so its rows are no articles".to_owned())
        .hint("name the columns title, text, date and url, or declare a feed that takes the table")
}

pub(crate) fn rows_without_words(first: Span, n: usize, n_rows: usize) -> Diagnostic {
    remark(
        "R306",
        first,
        format!("rows without text, or that cannot be read: {n} of {n_rows}; this is the first"),
    )
    .hint("each row has as many cells as the header, and marks within a quoted cell are doubled")
}

pub(crate) fn rows_cut(rest: Span, n_read: usize) -> Diagnostic {
    warning("R307", rest, format!("only the first {n_read} rows are read"))
        .hint("split the file; it stays on record whole")
}

pub(crate) fn rows_without_date(first: Span, n: usize) -> Diagnostic {
    warning("R308", first, format!("rows whose publication time cannot be read: {n}; this is the first"))
        .hint("write 2025-10-22, 2025-10-22T14:30 or 2025-10-22T14:30:00+02:00")
}

// Counters.

pub(crate) fn unknown_counter(span: Span, sort: &str, written: &str, near: Option<String>) -> Diagnostic {
    warning("C140", span, format!("the case declares no {sort} '{}'", excerpt(written)))
        .hint(or_nearest(near.as_deref(), &format!("declare it in {sort}s.toml")))
}

pub(crate) fn two_rules(span: Span, first: Span, id: &str) -> Diagnostic {
    let message = format!(
        "'{}' has another rule for the same kind on the same days; this one is not used",
        excerpt(id)
    );
    error("C142", span, message)
        .label(first, "the first rule")
        .hint("give each rule the days on which it holds: since = \"…\", until = \"…\"")
}

pub(crate) fn no_source(span: Span, what: &str) -> Diagnostic {
    error("C143", span, format!("this {what} has no source and is not used"))
        .hint("say where it is published: source = \"…\"")
}

pub(crate) fn factor_order(span: Span, from: &str, to: &str) -> Diagnostic {
    let message =
        format!("the factors from '{}' to '{}' are not above zero and in order", excerpt(from), excerpt(to));
    error("C144", span, message).hint("write low, best and high so that 0 < low \u{2264} best \u{2264} high")
}

pub(crate) fn two_stages(span: Span, kind: &str) -> Diagnostic {
    error(
        "C145",
        span,
        format!("'{}' of this counter has a stage already; this one is not used", excerpt(kind)),
    )
    .hint("keep one of the two, or name the counter that each is about")
}

pub(crate) fn number_order(span: Span, key: &str) -> Diagnostic {
    error("C144", span, format!("the numbers of '{key}' are not above zero and in order"))
        .hint("write low, best and high so that 0 < low \u{2264} best \u{2264} high")
}

// Coded claims.

pub(crate) fn duplicate_label(span: Span, label: &str, file: &str, first: Span) -> Diagnostic {
    let mut diagnostic =
        error("R205", span, format!("there is already a claim '{}'; this one is not used", excerpt(label)));
    diagnostic.labels.push(servanda_model::Label {
        file: file.to_owned(),
        span: first,
        text: "the first one".to_owned(),
    });
    diagnostic.hint("labels are unique in the case: choose another, or say that it corrects the first")
}

pub(crate) fn unknown_document(span: Span, path: &str, near: Option<String>) -> Diagnostic {
    error("R206", span, format!("the case has no document '{}'", excerpt(path)))
        .hint(or_nearest(near.as_deref(), "put the document into sources/ and give its path"))
}

pub(crate) fn quote_not_found(span: Span, path: &str, near: Option<&str>) -> Diagnostic {
    let hint = match near {
        Some(words) => format!("marks or capitals differ; the document has: {words}"),
        None => "copy the words from the document; only white space may differ".to_owned(),
    };
    error("R207", span, format!("'{path}' does not have these words")).hint(hint)
}

pub(crate) fn quote_found_often(span: Span, path: &str, text: &str, places: &[Span]) -> Diagnostic {
    const MAX_LABELS: usize = 5;
    let mut diagnostic = error("R208", span, format!("'{path}' has these words {} times", places.len()));
    for (at, place) in places.iter().enumerate().take(MAX_LABELS) {
        let line = LineColumn::of(text, place.start).line;
        let text = format!("nth = {}, line {line}", at + 1);
        diagnostic.labels.push(servanda_model::Label { file: path.to_owned(), span: *place, text });
    }
    diagnostic.hint("say which with nth = 1, 2, …, or quote more words")
}

pub(crate) fn nth_too_large(span: Span, nth: u64, n_places: usize) -> Diagnostic {
    let times = if n_places == 1 { "once".to_owned() } else { format!("{n_places} times") };
    error("R209", span, format!("nth is {nth}, but the document has these words {times}"))
        .hint("count from 1 in the order of the document")
}

pub(crate) fn unreadable_when(span: Span, text: &str) -> Diagnostic {
    error("R212", span, format!("'{}' is no time", excerpt(text))).hint(
        "write 2025-10-13, 2025-10-13T09:00, 2025-10 or a range 2025-10-10/2025-10-13, the earlier end first",
    )
}

pub(crate) fn unreadable_window(span: Span, text: &str) -> Diagnostic {
    error("R213", span, format!("'{}' is no reference period", excerpt(text)))
        .hint("write first and last civil day, both included: 2025-10-10/2025-12-07")
}

pub(crate) fn unordered_quantity(span: Span) -> Diagnostic {
    error("R214", span, "the bounds are out of order".to_owned())
        .hint("low is at most best, and best at most high")
}

pub(crate) fn unknown_correction(
    span: Span,
    written: &str,
    is_declared: bool,
    near: Option<String>,
) -> Diagnostic {
    if is_declared {
        return error(
            "R215",
            span,
            format!("the claim '{}' cannot be used, so nothing can correct it", excerpt(written)),
        )
        .hint("mend the errors of that claim first");
    }
    error("R215", span, format!("there is no claim '{}' to correct", excerpt(written))).hint(or_nearest(
        near.as_deref(),
        "give the label of a claim of this case, or the 64 digits of a claim's id",
    ))
}

pub(crate) fn correction_circle(span: Span, labels: &[&str]) -> Diagnostic {
    let chain: Vec<&str> = labels.iter().chain(labels.first()).copied().collect();
    error("R216", span, format!("these correct one another in a circle: {}", chain.join(" corrects ")))
        .hint("the later claim corrects the earlier one, never the other way round")
}

pub(crate) fn cue_not_found(span: Span, text: &str) -> Diagnostic {
    warning("R217", span, format!("the document does not have the cue '{}'; it is left out", excerpt(text)))
        .hint("copy the word that says that something is said")
}

pub(crate) fn alias_used(span: Span, sort: &str, written: &str, id: &str) -> Diagnostic {
    remark("R218", span, format!("'{}' is taken for the {sort} '{id}', whose alias it is", excerpt(written)))
        .hint(format!("write '{id}' to be sure"))
}

pub(crate) fn bad_claim_row(
    span: Span,
    line: usize,
    n_cells: usize,
    n_columns: usize,
    fault: Option<RowFault>,
) -> Diagnostic {
    let message = match fault {
        Some(fault) => format!("line {line}: {}", row_fault(fault)),
        None => format!("line {line} has {n_cells} cells, the header has {n_columns}"),
    };
    error("R219", span, message)
        .hint("cells with commas, quotation marks or line breaks stand between quotation marks")
}

pub(crate) fn row_fault(fault: RowFault) -> &'static str {
    match fault {
        RowFault::OpenQuote => "a quotation mark opens a cell and nothing closes it",
        RowFault::TooLong => "a cell is longer than 256 KiB",
    }
}

pub(crate) fn measure_without_window(span: Span, measure: &str) -> Diagnostic {
    warning("R220", span, format!("the measure is '{measure}', but there is no window"))
        .hint("say for which period the figure holds: window = \"2025-10-10/2025-12-07\"")
}

// Feeds: the file that declares them.

pub(crate) fn unknown_preset(span: Span, name: &str, names: &[&str]) -> Diagnostic {
    let near = nearest(name, names.iter().copied());
    error("R105", span, format!("there is no preset '{}'", excerpt(name)))
        .hint(or_nearest(near.as_deref(), &format!("presets are: {}", names.join(", "))))
}

pub(crate) fn duplicate_feed(span: Span, first: Span, id: &str) -> Diagnostic {
    error("R106", span, format!("the feed '{}' is declared already; this one is not used", excerpt(id)))
        .label(first, "the first one")
        .hint("give each feed its own id: it is the prefix of its incidents")
}

pub(crate) fn skip_rule(span: Span) -> Diagnostic {
    error("R107", span, "a rule to skip rows needs exactly one test".to_owned())
        .hint("write one of: equals = \"…\", one_of = […], not_one_of = […], empty = true")
}

pub(crate) fn window_spec(span: Span) -> Diagnostic {
    error("R108", span, "a window needs one end and at most one start".to_owned()).hint(
        "the end is 'end' (a column) or 'until' (a date); the start 'start', 'since', 'hours' or 'days'",
    )
}

pub(crate) fn feed_constant_date(span: Span, key: &str, text: &str) -> Diagnostic {
    error("R103", span, format!("'{}' is no date ('{key}')", excerpt(text))).hint("write it as 2025-10-13")
}

pub(crate) fn feed_encoding(span: Span, label: &str) -> Diagnostic {
    error("R103", span, format!("'{}' is no encoding", excerpt(label)))
        .hint("write utf-8, utf-16le, windows-1252 or another WHATWG label")
}

pub(crate) fn not_one_letter(span: Span, key: &str, text: &str) -> Diagnostic {
    error("R103", span, format!("'{}' is not one character ('{key}')", excerpt(text)))
        .hint("write a single ASCII character such as \";\" or \"\\t\"")
}

// Feeds: the table.

pub(crate) fn missing_column(head: Span, name: &str, near: Option<String>) -> Diagnostic {
    error("R110", head, format!("the table has no column '{}'; no row of it can be used", excerpt(name)))
        .hint(or_nearest(
            near.as_deref(),
            "correct the name in the feed, or list the column under 'optional'",
        ))
}

pub(crate) fn no_tags(head: Span) -> Diagnostic {
    error(
        "R110",
        head,
        "the table has no row of tags that the feed asks for; no row of it can be used".to_owned(),
    )
    .hint("add a row of tags (HXL) below the header, or name the columns by their headers")
}

pub(crate) fn unseen_column(name: &str) -> Diagnostic {
    warning("R110", Span::default(), format!("no row of the table has '{}'", excerpt(name)))
        .hint("correct the name in the feed, or list it under 'optional'")
}

pub(crate) fn uneven_row(span: Span, line: usize, n_cells: usize, n_columns: usize) -> Diagnostic {
    error(
        "R111",
        span,
        format!("line {line} has {n_cells} cells, the header has {n_columns}; the row is not used"),
    )
    .hint("cells with delimiters, quotation marks or line breaks stand between quotation marks")
}

pub(crate) fn broken_row(span: Span, line: usize, fault: RowFault) -> Diagnostic {
    error("R112", span, format!("line {line}: {}; the row is not used", row_fault(fault)))
        .hint("double the quotation marks inside a quoted cell, and close it")
}

pub(crate) fn unreadable_cell(span: Span, line: usize, column: &str, cell: &str) -> Diagnostic {
    error("R113", span, format!("line {line}: '{}' in '{column}' is no time in a format of the feed", excerpt(cell)))
        .hint("add the format (such as \"%d/%m/%Y\") to the feed, or the word to 'empty' if it means nothing stated")
}

pub(crate) fn reversed_cells(span: Span, line: usize) -> Diagnostic {
    error("R113", span, format!("line {line}: the time ends before it begins, or holds nothing"))
        .hint("check which column is the start and which the end, or skip such rows by a rule")
}

pub(crate) fn no_figure(span: Span, line: usize, column: &str, cell: &str) -> Diagnostic {
    error("R114", span, format!("line {line}: '{}' in '{column}' is no number", excerpt(cell)))
        .hint("add the word to 'empty' if it means nothing stated, or set 'thousands' and 'decimal'")
}

pub(crate) fn no_position_cell(span: Span, line: usize, column: &str, cell: &str) -> Diagnostic {
    warning("R128", span, format!("line {line}: '{}' in '{column}' gives no position", excerpt(cell)))
        .hint("latitude is within 90, longitude within 180 degrees, with a point before decimals; the row counts without a position")
}

pub(crate) fn unmapped(span: Span, line: usize, column: &str, cell: &str) -> Diagnostic {
    error("R115", span, format!("line {line}: the map of '{column}' has no '{}'", excerpt(cell)))
        .hint("add it to the map, or give a default or otherwise = \"keep\" or \"empty\"")
}

pub(crate) fn no_time(span: Span, line: usize, column: &str) -> Diagnostic {
    warning("R116", span, format!("line {line}: '{column}' is empty; the claim has no such time"))
        .hint("skip such rows by a rule if they should not count")
}

pub(crate) fn crossed_bounds(span: Span, line: usize, figures: &str) -> Diagnostic {
    remark(
        "R117",
        span,
        format!("line {line}: the bounds {figures} cross; all of them lie within those taken"),
    )
    .hint("nothing needs to change; the publisher's row has them out of order")
}

pub(crate) fn repeated_incident(span: Span, line: usize, incident: &str, first: usize) -> Diagnostic {
    remark("R118", span, format!("line {line} is about '{}' like line {first}", excerpt(incident)))
        .hint("both rows are kept, as claims about one occurrence")
}

pub(crate) fn summary(id: &str, summary: &crate::feed::FeedSummary) -> Diagnostic {
    let crate::feed::FeedSummary { n_rows, n_claims, n_silent, n_rejected, n_skipped, .. } = summary;
    let message = format!(
        "feed '{id}': {n_rows} rows, {n_claims} claims; {n_rejected} rows rejected, {n_skipped} skipped by rule, \
         {n_silent} with nothing to say"
    );
    remark("R119", Span::default(), message).hint("each rejected row has its own diagnostic")
}

pub(crate) fn skipped(first: Span, n_rows: usize, rule: usize, column: &str) -> Diagnostic {
    remark("R120", first, format!("rule {rule} on '{column}' skips {n_rows} rows"))
        .hint("this is the first of them; the rule stands under 'skip' in the feed")
}

pub(crate) fn unknown_names(first: Span, sort: &str, n_names: usize, most: &[(String, usize)]) -> Diagnostic {
    let list: Vec<String> = most.iter().map(|(name, n)| format!("'{}' ({n} rows)", excerpt(name))).collect();
    let message = match n_names {
        1 => format!("the case declares no {sort} {}", list.join("")),
        n => format!("the case declares none of {n} {sort}s; most used: {}", list.join(", ")),
    };
    warning("R121", first, message)
        .hint(format!("give entries in {sort}s.toml these aliases, or map the names in the feed"))
}

pub(crate) fn broken_json(span: Span, line: usize) -> Diagnostic {
    error("R123", span, format!("line {line}: this is no JSON object, or it breaks off; it is not used"))
        .hint("rows are objects { \"column\": value, … }")
}

/// `is_optional`: the feed allows for files without them.
pub(crate) fn no_rows(pointer: &str, fault: &JsonFault, is_optional: bool) -> Diagnostic {
    let (span, message) = match fault {
        JsonFault::NoSuchPlace(key) => {
            (Span::default(), format!("there is no '{}' on the way to the rows", excerpt(key)))
        }
        JsonFault::NoArray => (Span::default(), format!("at '{pointer}' there is no array of rows")),
        JsonFault::Broken(at) => (Span::new(*at, *at), "the JSON breaks off before the rows".to_owned()),
    };
    if is_optional {
        return remark("R124", span, message)
            .hint("nothing needs to change: not every file of this sort has them");
    }
    error("R124", span, message)
        .hint("say where the rows are: rows = \"/data/items\"; \"\" is the whole file")
}

pub(crate) fn not_listed(span: Span, code: &str, n: usize, first: usize, last: usize) -> Diagnostic {
    warning(
        "R125",
        span,
        format!("{n} more rows have {code}, from line {first} to line {last}; they are not listed"),
    )
    .hint("mend the first ones: most often all have one cause")
}

pub(crate) fn rounded(first: Span, n_rows: usize) -> Diagnostic {
    remark(
        "R126",
        first,
        format!("{n_rows} figures have more than three decimals; their bounds hold the exact value"),
    )
    .hint("nothing needs to change; the words of the cell are kept")
}

pub(crate) fn repeated_column(head: Span, name: &str) -> Diagnostic {
    warning("R127", head, format!("the header has '{}' twice; the first column is read", excerpt(name)))
        .hint("rename one of them in a copy of the file if the second is meant")
}

pub(crate) fn rows_given_twice(span: Span) -> Diagnostic {
    error("R109", span, "the feed says in several ways where its rows are".to_owned())
        .hint("write one of: rows (an array), row (one object), arrays (arrays side by side)")
}

pub(crate) fn private_cell(span: Span, line: usize, column: &str) -> Diagnostic {
    let message = format!(
        "line {line}: '{}' says something about a private person; the row is not used",
        excerpt(column)
    );
    error("R129", span, message).hint(
        "keep the file outside the case and run 'servanda add FILE': what is private is taken out on the way in",
    )
}

pub(crate) fn redacted(columns: &[String], n_cells: usize) -> Diagnostic {
    let names: Vec<String> = columns.iter().map(|name| format!("'{}'", excerpt(name))).collect();
    remark(
        "R130",
        Span::default(),
        format!("{n_cells} cells about private persons were emptied or shortened, in {}", names.join(", ")),
    )
    .hint("the case keeps the emptied copy; the file that was given is as it was")
}

pub(crate) fn tag_row(span: Span, line: usize) -> Diagnostic {
    remark("R131", span, format!("line {line} holds tags (HXL); it names the columns and is no row"))
        .hint("a feed may name a column by its tag: column = \"#affected+killed\"")
}

pub(crate) fn ambiguous_column(head: Span, name: &str, columns: &[String], is_optional: bool) -> Diagnostic {
    let list: Vec<String> = columns.iter().map(|column| format!("'{}'", excerpt(column))).collect();
    let effect = if is_optional { "none is read" } else { "no row can be used" };
    let message = format!("'{}' may mean each of {}; {effect}", excerpt(name), list.join(", "));
    let hint = "name the column in full, or add an attribute that only the one meant has";
    if is_optional { warning("R132", head, message) } else { error("R132", head, message) }.hint(hint)
}

pub(crate) fn no_period(span: Span, line: usize, column: &str) -> Diagnostic {
    let message = format!(
        "line {line}: '{}' is 0, yet there is a figure; the claim has no reference period",
        excerpt(column)
    );
    warning("R133", span, message)
        .hint("the publisher gives a figure on a day without report; look at the days around it")
}

pub(crate) fn no_report(first: Span, n_figures: usize) -> Diagnostic {
    remark(
        "R133",
        first,
        format!("{n_figures} figures of zero stand for periods of no length; they make no claim"),
    )
    .hint("nothing was reported for these days, which is not a report of nothing; this is the first")
}

/// Figures are in thousandths, each with its line; `middle` bounds the middle half of all.
pub(crate) fn far_out(
    first: Span,
    role: &str,
    unit: &str,
    figures: &[(i64, usize)],
    middle: (i64, i64),
) -> Diagnostic {
    const MAX_LISTED: usize = 3;
    let number = |thousandths: i64| servanda_model::Number::from_thousandths(thousandths).to_string();
    let list: Vec<String> = figures
        .iter()
        .take(MAX_LISTED)
        .map(|(value, line)| format!("{} (line {line})", number(*value)))
        .collect();
    let of = match (role.is_empty(), unit.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(" in '{}'", excerpt(unit)),
        (false, true) => format!(" of '{}'", excerpt(role)),
        (false, false) => format!(" of '{}' in '{}'", excerpt(role), excerpt(unit)),
    };
    let and = if figures.len() > MAX_LISTED { " and others" } else { "" };
    let message = format!(
        "{} figures{of} lie far from the others: {}{and}; the middle half is {} to {}",
        figures.len(),
        list.join(", "),
        number(middle.0),
        number(middle.1)
    );
    remark("R134", first, message)
        .hint("they are kept as they stand; the rows may have another unit than they say")
}

pub(crate) fn more_spelled(first: Span, sort: &str, n_names: usize) -> Diagnostic {
    remark("R135", first, format!("{n_names} more {sort}s are spelled in several ways; they are not listed"))
        .hint("mend the first ones: those with most rows are listed")
}

pub(crate) fn spelled(first: Span, sort: &str, ways: &[(&str, usize)]) -> Diagnostic {
    const MAX_LISTED: usize = 5;
    let list: Vec<String> =
        ways.iter().take(MAX_LISTED).map(|(name, n)| format!("'{}' ({n})", excerpt(name))).collect();
    remark("R135", first, format!("one {sort} is spelled in {} ways: {}", ways.len(), list.join(", ")))
        .hint(format!("nothing is joined that {sort}s.toml does not join: give the entry these aliases"))
}

pub(crate) fn no_kind_for(feed: &str, sort: &str) -> Diagnostic {
    remark(
        "R136",
        Span::default(),
        format!("feed '{feed}' is given no kind for its figures of '{sort}'; they are not read"),
    )
    .hint(format!("add kinds = {{ {sort} = \"…\" }} to the feed if they matter"))
}

pub(crate) fn other_reference_system(name: &str) -> Diagnostic {
    warning(
        "R137",
        Span::default(),
        format!("the coordinates are of '{}', not WGS 84; no position is read", excerpt(name)),
    )
    .hint("convert the file to WGS 84 (longitude, latitude in degrees), as GeoJSON requires")
}

pub(crate) fn uneven_arrays(arrays: &[(&str, usize)]) -> Diagnostic {
    let list: Vec<String> = arrays.iter().map(|(name, n)| format!("'{}' has {n}", excerpt(name))).collect();
    warning("R138", Span::default(), format!("arrays side by side differ in length: {}", list.join(", ")))
        .hint("rows are made by number, from the first; what has no partner has empty cells")
}

pub(crate) fn left_open(first: Span, role: &str, word: &str, n_figures: usize) -> Diagnostic {
    let of = if role.is_empty() { String::new() } else { format!(" of '{}'", excerpt(role)) };
    remark("R139", first, format!("{n_figures} figures{of} are left open ('{}')", excerpt(word)))
        .hint("they are not taken for zero; this is the first")
}

// Prose.

pub(crate) fn unread_language(first: Span, n_unread: usize, n_sentences: usize) -> Diagnostic {
    remark(
        "R330",
        first,
        format!("{n_unread} of {n_sentences} sentences are in another language and not read"),
    )
    .hint("this is the first; they stay on record with their document, for a person who reads them")
}

pub(crate) fn open_dates() -> Diagnostic {
    remark(
        "R331",
        Span::default(),
        "the day of publication is not known; relative dates stay open".to_owned(),
    )
    .hint("say it with --published DATE, or in sources/documents.toml; today is never used")
}

pub(crate) fn model_unanswered(span: Span, model: &str, why: &str) -> Diagnostic {
    remark("R360", span, format!("the model '{}' gave no answer: {}", excerpt(model), excerpt(why)))
        .hint("what the rules read stands; see that the endpoint runs and knows the model, and try again")
}

pub(crate) fn model_unreadable(span: Span, model: &str, why: &str) -> Diagnostic {
    remark("R361", span, format!("the answer of '{}' cannot be read: {}", excerpt(model), excerpt(why)))
        .hint("what the rules read stands; a model that follows JSON schemas does better")
}

pub(crate) fn proposals_refused(code: &'static str, why: &str, n: usize, first: &str) -> Diagnostic {
    let proposals = if n == 1 { "1 proposal was".to_owned() } else { format!("{n} proposals were") };
    remark(code, Span::default(), format!("{proposals} refused: {why} (\"{}\")", excerpt(first)))
        .hint("nothing of it is put on record; a person may code the claim if it is one")
}

pub(crate) fn proposals_summed(model: &str, n: usize, n_kept: usize, n_same: usize) -> Diagnostic {
    let same = if n_same > 0 { format!(", {n_same} were read by the rules already") } else { String::new() };
    let message = format!("of {n} proposals of '{}' {n_kept} are for review{same}", excerpt(model));
    remark("R370", Span::default(), message)
        .hint("they count only once a person has accepted them: 'servanda review'")
}
