//! Every diagnostic code of the agreement language, with its severity and what it is about.
//!
//! Codes are stable: a code is never given a new meaning. `docs/codes` has one page for each.

use servanda_model::Severity;

macro_rules! codes {
    ($($code:ident $severity:ident $summary:literal;)*) => {
        /// Every code with a summary in one line, in order.
        pub const CODES: &[(&str, &str)] = &[$((stringify!($code), $summary)),*];

        /// How much a code matters; `None` for a code of another crate.
        pub fn severity(code: &str) -> Option<Severity> {
            match code {
                $(stringify!($code) => Some(Severity::$severity),)*
                _ => None,
            }
        }

        $(pub(crate) const $code: &str = stringify!($code);)*
    };
}

codes! {
    P101 Error "a line at column 0 begins with no known keyword";
    P102 Error "an indented line begins with no known clause";
    P103 Error "a quoted text has no closing quote on its line";
    P104 Warning "a typographic sign stands where a plain one belongs";
    P105 Error "words are missing, or another word was expected";
    P106 Error "words are left over at the end of a line";
    P107 Error "a clause stands outside a provision";
    P108 Warning "a clause stands at column 0";
    P109 Warning "a block keyword is indented";
    P110 Error "something is not a number";
    P111 Warning "a number has thousands separators or digits of another script";
    P112 Error "something is not a date";
    P113 Error "a date does not exist in the calendar";
    P114 Error "something is not a time of day";
    P115 Error "something is not a length of time";
    P116 Error "a length of time is in months or years";
    P117 Error "a clause that may stand once stands twice";
    P118 Error "'and' and 'or' are mixed in one condition";
    P119 Error "a name has signs that names cannot have";
    P120 Error "a word of the language is used as a name";
    P121 Warning "a backslash in a text introduces nothing known";
    P122 Warning "an invisible sign changes the direction in which a line is shown";
    P123 Warning "bytes are not text in UTF-8";
    P124 Error "something is larger than the limits of the language";
    P125 Error "a text has no quotes";
    P126 Remark "there are more messages than are shown";
    P201 Error "a party or body is not declared";
    P202 Error "a body is not declared";
    P203 Error "a kind is not declared";
    P204 Error "a zone is not declared";
    P205 Error "a milestone or kind in a condition is not declared";
    P206 Error "a provision is not declared";
    P207 Error "a number is not declared";
    P208 Error "an instrument is not declared";
    P209 Error "a name is declared twice";
    P210 Error "a name is of the wrong sort";
    P211 Error "a provision is defined again by an instrument that does not supersede the first";
    P212 Error "pact or clock say different things in two places";
    P213 Warning "pact or clock is missing";
    P214 Error "a time zone is not known";
    P215 Error "a provision belongs to no instrument";
    P216 Error "instruments supersede or incorporate each other in a circle";
    P217 Warning "an instrument supersedes or incorporates one that is adopted later";
    P218 Remark "something is left out because it rests on something that could not be read";
    P301 Remark "a duty has no deadline, so it can never be overdue";
    P302 Warning "provisions wait for each other in a circle";
    P303 Error "a milestone depends on itself";
    P304 Remark "a kind is declared that nothing counts";
    P305 Warning "a clause that no claim could ever meet, or that every claim meets";
    P306 Remark "one kind stands on both sides of a provision";
    P307 Error "a provision has no duty";
    P308 Remark "a provision has a quote and a paraphrase";
    P309 Remark "a provision has neither quote nor paraphrase";
    P310 Remark "an occurrence is used as if it had a length";
    P311 Warning "a reading changes nothing";
    P312 Error "two readings of a provision have the same label";
    P313 Warning "a tolerance where nothing is counted by window, or by another window";
    P314 Remark "a match does not say whose burden it answers";
    P315 Warning "the values of a number are not in order of date";
    P316 Remark "a standing promise has a deadline";
    P317 Remark "a watch on a kind that the provision does not count";
    P318 Warning "the dates of a provision are in the wrong order";
    P319 Warning "one name stands twice in a list";
    P401 Error "the JSON is not that of an agreement";
}
