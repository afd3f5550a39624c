//! How firmly do the words hold what they say: denied or affirmed, done or only wanted, past or to come, on which condition?
//!
//! After FactBank (Saurí and Pustejovsky 2009) and Karttunen's implicatives (1971): the words alone decide, walked from the
//! outermost word that holds the clause to the clause itself. What is true is not asked.

mod condition;
mod modality;
mod negation;
mod tense;

pub(crate) use condition::{Open, condition};
pub(crate) use modality::held;
pub(crate) use negation::negated_by;
pub(crate) use tense::tense;
