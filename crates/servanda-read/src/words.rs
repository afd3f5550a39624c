//! The closed lists of words that case files use, each with its value.

use servanda_model::*;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $sort:ty = $($word:literal => $value:expr),+ $(,)?) => {
        $(#[$doc])*
        pub(crate) const $name: &[(&str, $sort)] = &[$(($word, $value)),+];
    };
}

words! { CLAIM_KINDS: ClaimKind =
    "pledge" => ClaimKind::Pledge, "estimate" => ClaimKind::Estimate, "position" => ClaimKind::Position,
    "meeting" => ClaimKind::Meeting, "body" => ClaimKind::Body, "event" => ClaimKind::Event,
    "quantity" => ClaimKind::Quantity, "statement" => ClaimKind::Statement,
}
words! { POLARITIES: Polarity = "affirmative" => Polarity::Affirmative, "negative" => Polarity::Negative }
words! { MODALITIES: Modality =
    "actual" => Modality::Actual, "planned" => Modality::Planned, "expected" => Modality::Expected,
    "likely" => Modality::Likely, "possible" => Modality::Possible, "required" => Modality::Required,
    "desired" => Modality::Desired, "alleged" => Modality::Alleged,
}
words! { TENSES: Tense = "past" => Tense::Past, "present" => Tense::Present, "future" => Tense::Future }
words! { QUOTE_TYPES: QuoteType =
    "direct" => QuoteType::Direct, "mixed" => QuoteType::Mixed, "indirect" => QuoteType::Indirect,
    "none" => QuoteType::None,
}
words! { MEASURES: Measure =
    "occurrence" => Measure::Occurrence, "total" => Measure::Total, "outstanding" => Measure::Outstanding,
    "per_hour" => Measure::PerHour, "per_day" => Measure::PerDay, "per_week" => Measure::PerWeek,
}
words! { CONDITION_SORTS: ConditionSort =
    "if" => ConditionSort::If, "unless" => ConditionSort::Unless, "until" => ConditionSort::Until,
    "as_long_as" => ConditionSort::AsLongAs, "before" => ConditionSort::Before, "once" => ConditionSort::Once,
    "without" => ConditionSort::Without, "prerequisite" => ConditionSort::Prerequisite,
}
words! { COMMITMENT_LEVELS: CommitmentLevel =
    "committed" => CommitmentLevel::Committed, "agreed" => CommitmentLevel::Agreed,
    "offered" => CommitmentLevel::Offered, "willing" => CommitmentLevel::Willing,
    "considering" => CommitmentLevel::Considering, "conditional" => CommitmentLevel::Conditional,
    "reluctant" => CommitmentLevel::Reluctant, "none" => CommitmentLevel::None,
    "refused" => CommitmentLevel::Refused, "objects" => CommitmentLevel::Objects,
}
words! { DATE_BASES: DateBasis =
    "explicit" => DateBasis::Explicit, "relative" => DateBasis::Relative, "inferred" => DateBasis::Inferred,
    "none" => DateBasis::None,
}
words! { PRECISIONS: Precision =
    "exact" => Precision::Exact, "hour" => Precision::Hour, "day" => Precision::Day, "week" => Precision::Week,
    "month" => Precision::Month, "year" => Precision::Year, "range" => Precision::Range,
}
words! { ACTOR_KINDS: ActorKind =
    "party" => ActorKind::Party, "state" => ActorKind::State, "body" => ActorKind::Body,
    "group" => ActorKind::Group, "media" => ActorKind::Media, "observer" => ActorKind::Observer,
    "office" => ActorKind::Office, "other" => ActorKind::Other,
}
words! { PLACE_KINDS: PlaceKind =
    "locality" => PlaceKind::Locality, "crossing" => PlaceKind::Crossing, "zone" => PlaceKind::Zone,
    "line" => PlaceKind::Line, "region" => PlaceKind::Region,
}
words! { INTERCEPTED_BY: InterceptedBy =
    "people" => InterceptedBy::People, "armed" => InterceptedBy::Armed,
    "unspecified" => InterceptedBy::Unspecified,
}
words! { VERIFICATIONS: Verification =
    "own_observation" => Verification::OwnObservation, "as_told" => Verification::AsTold,
    "unknown" => Verification::Unknown,
}
words! { DOUBTS: Doubt = "disputed" => Doubt::Disputed, "unverified" => Doubt::Unverified }

/// The word of a value, the other way round.
pub(crate) fn word_of<T: PartialEq>(list: &[(&'static str, T)], value: &T) -> &'static str {
    list.iter().find(|(_, listed)| listed == value).map_or("", |(word, _)| word)
}
