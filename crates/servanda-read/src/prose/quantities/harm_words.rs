//! Words of harm, holding, moving and gathering: whoever is counted beside them is a person.
//!
//! Closed classes, each verb with all its forms, for tags and lemmas of headlines are often wrong.

/// To kill.
pub(super) const KILL: &[&str] = &[
    "kill", "kills", "killed", "killing", "slay", "slays", "slew", "slain", "slaying", "murder", "murders",
    "murdered", "murdering", "massacre", "massacres", "massacred", "massacring", "execute", "executes",
    "executed", "executing", "behead", "beheads", "beheaded", "beheading", "assassinated", "slaughtered",
    "drowned", "perished", "perish", "died", "die", "dies", "dying", "succumbed",
];

/// To hurt.
pub(super) const WOUND: &[&str] = &[
    "wound", "wounds", "wounded", "wounding", "injure", "injures", "injured", "injuring", "hurt", "hurts",
    "hurting", "maim", "maims", "maimed", "maiming", "stabbed", "burned", "burnt", "sickened",
];

/// To kill or hurt, with an object.
pub(super) const HARM: &[&str] = &[
    "kill", "kills", "killed", "killing", "slay", "slays", "slew", "slain", "slaying", "murder", "murders",
    "murdered", "murdering", "massacre", "massacres", "massacred", "massacring", "execute", "executes",
    "executed", "executing", "behead", "beheads", "beheaded", "beheading", "assassinated", "slaughtered",
    "drowned", "wound", "wounds", "wounded", "wounding", "injure", "injures", "injured", "injuring", "hurt",
    "hurts", "hurting", "maim", "maims", "maimed", "maiming", "stabbed", "burned", "burnt", "sickened",
];

/// To hold, free or move people.
pub(super) const HELD: &[&str] = &[
    "detain", "detains", "detained", "detaining", "arrest", "arrests", "arrested", "arresting", "capture",
    "captures", "captured", "capturing", "abduct", "abducts", "abducted", "abducting", "kidnap", "kidnaps",
    "kidnapped", "kidnapping", "imprisoned", "imprison", "imprisoning", "jail", "jails", "jailed", "jailing",
    "free", "frees", "freed", "freeing", "release", "releases", "released", "releasing", "rescue", "rescues",
    "rescued", "rescuing", "evacuate", "evacuates", "evacuated", "evacuating", "displace", "displaces",
    "displaced", "displacing", "uproot", "uproots", "uprooted", "uprooting", "deport", "deports", "deported",
    "deporting", "expel", "expels", "expelled", "expelling", "hospitalised", "hospitalized", "infect",
    "infects", "infected", "infecting", "strand", "stranded", "stranding", "sentenced", "indicted", "charged",
    "summoned", "questioned", "recruited", "recruiting", "trapped", "trapping", "resettled", "repatriated",
];

/// What people do for themselves.
pub(super) const INTRANSITIVE: &[&str] = &[
    "died", "die", "dies", "perished", "perish", "drowned", "drown", "succumbed", "fled", "flee", "protested",
    "protest", "demonstrated", "demonstrate", "marched", "march", "rallied", "rally", "gathered", "gather",
    "survived", "survive", "escaped", "escape", "surrendered", "surrender", "attended", "mourned", "voted",
    "disappeared", "vanished", "defected", "resettled", "returned", "remain", "remained",
];

/// Dead, and what comes to the same.
pub(super) const DEAD: &[&str] = &["dead", "killed", "slain", "murdered", "drowned"];

/// Hurt.
pub(super) const HURT: &[&str] = &["injured", "wounded", "hurt", "maimed"];

/// States that people alone are counted in, without a helping verb.
pub(super) const STATES: &[&str] = &[
    "dead", "killed", "slain", "murdered", "drowned", "injured", "wounded", "hurt", "maimed", "missing",
    "displaced", "homeless", "trapped", "hospitalised", "hospitalized", "detained", "arrested", "unaccounted",
    "alive", "infected", "stranded",
];

/// Nouns of those who died.
pub(super) const DEAD_NOUNS: &[&str] =
    &["dead", "death", "deaths", "fatality", "fatalities", "killed", "killings"];

/// Nouns of those who were hurt.
pub(super) const HURT_NOUNS: &[&str] = &["wounded", "injured", "injury", "injuries"];

/// Nouns of totals.
pub(super) const TOLL_NOUNS: &[&str] = &["toll", "total", "tally", "casualties", "count"];

/// Verbs by which a total changes, and so is a running one.
pub(super) const CHANGES: &[&str] = &[
    "rise", "rises", "rose", "risen", "rising", "climb", "climbs", "climbed", "climbing", "grow", "grows",
    "grew", "grown", "growing", "increase", "increases", "increased", "increasing", "jump", "jumps", "jumped",
    "revise", "revises", "revised", "revising", "raise", "raises", "raised", "raising", "lower", "lowers",
    "lowered", "lowering", "reduce", "reduces", "reduced", "bring", "brings", "brought", "bringing", "take",
    "takes", "took", "taking", "put", "puts", "putting", "soar", "soars", "soared", "mount", "mounted",
    "surpass", "surpasses", "surpassed", "passed", "exceeded", "topped", "corrected", "adjusted", "updated",
    "fell", "fallen", "drop", "dropped", "went", "gone", "pushing", "pushed", "pushes",
];

/// Verbs by which a total is told.
pub(super) const REACHES: &[&str] = &[
    "reach", "reaches", "reached", "reaching", "stand", "stands", "stood", "standing", "number", "numbers",
    "numbered", "numbering", "total", "totals", "totalled", "totaled", "totalling", "totaling", "includes",
    "included",
];

/// Words that join a total's verb and its figure.
pub(super) const JOINTS: &[&str] = &["to", "at", "of", "past", "above", "beyond"];

/// Helping verbs.
pub(super) const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "got", "get", "gets", "remain",
    "remains", "remained", "lay", "left", "went", "go",
];

/// Words between a figure and its verb that change nothing.
pub(super) const BETWEEN: &[&str] = &[
    "more", "others", "other", "another", "further", "additional", "the", "a", "all", "also", "reportedly",
    "allegedly", "reported", "confirmed", "believed", "feared", "presumed", "known", "thought", "to", "be",
    "later", "seriously", "badly", "critically", "severely", "lightly", "slightly", "fatally", "now", "still",
    "already", "so", "far", "subsequently", "either", "left", "declared", "pronounced", "officially", "both",
    "as", "many", "have", "people", "instantly", "gravely", "shot", "them", "only", "just", "in", "total",
];

/// Words before a figure that is a part of the one before it.
pub(super) const PART_BEFORE: &[&[&str]] = &[
    &["including"],
    &["including", "at", "least"],
    &["among", "them"],
    &["among", "whom"],
    &["amongst", "them"],
    &["of", "whom"],
    &["of", "them"],
    &["of", "those"],
    &["of", "which"],
    &["among", "them", "the"],
    &["both"],
];
