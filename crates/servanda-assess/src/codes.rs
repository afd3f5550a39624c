//! The codes of this crate: rules of the audit. Each has a page in `docs/codes`.

/// Every code with its one-line meaning, in order.
pub const CODES: &[(&str, &str)] = &[
    ("A101", "Parts do not add up to their total"),
    ("A102", "Total and rate do not give the length of their period"),
    ("A103", "A share is not that of its two numbers"),
    ("A104", "A stated whole is not the promised number of its period"),
    ("A105", "Shares in per cent lie outside of what shares can be"),
    ("A106", "A running total falls"),
    ("A107", "Two figures of one counter cannot both hold"),
    ("A108", "A weekday is not that of its date"),
    ("A109", "A counter gives one kind in several units"),
    ("A110", "A figure lies far outside of the counter's other figures"),
    ("A111", "Several claims hand on one figure of one origin"),
    ("A112", "A stated length is not that of its period"),
];
