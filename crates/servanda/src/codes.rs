//! The codes of the command line: what is wrong between the files of a case.

/// Every code with its one-line meaning, in order.
pub const CODES: &[(&str, &str)] = &[
    ("X101", "A file of the case cannot be read"),
    ("X102", "The case has no agreement"),
    ("X103", "Case and agreement go by different clocks"),
    ("X104", "A standpoint follows a reading that the agreement does not have"),
    ("X105", "A standpoint names an actor that the case does not declare"),
    ("X106", "The table [alerts] names a kind or a source that the case does not have"),
];
