//! Which part of speech has a token? From left to right, given the tags before it.

use crate::hash::{Hash, one, three, two};
use crate::look::Look;
use crate::table::{MAX_LABELS, Scores, Table, best};

/// Number of a pair of tags, see [`crate::Model::tags`]; stands for what lies before a sentence too.
pub type TagNumber = u8;

/// The tag of what lies before a sentence.
pub const BEFORE: TagNumber = 255;

/// What speaks for a tag of the token at `at`.
pub fn features(looks: &[Look], tags: &[TagNumber], at: usize, out: &mut Vec<Hash>) {
    out.clear();
    let look = |offset: isize| match usize::try_from(at as isize + offset) {
        Ok(there) if there < looks.len() => looks[there],
        _ => Look::beyond((offset + 8) as u32),
    };
    let tag = |back: usize| u32::from(if at >= back { tags[at - back] } else { BEFORE });
    let (here, prev, next) = (look(0), look(-1), look(1));
    let (prev2, next2) = (look(-2), look(2));
    let (t1, t2) = (tag(1), tag(2));
    out.extend([
        one(0, 0),
        one(1, here.word),
        one(2, here.form),
        one(3, here.ends[0]),
        one(4, here.ends[1]),
        one(5, here.ends[2]),
        one(6, here.ends[3]),
        one(7, here.starts[0]),
        one(8, here.starts[1]),
        one(9, here.starts[2]),
        one(10, here.shape),
        two(11, here.shape, u32::from(at == 0)),
        one(12, t1),
        two(13, t1, t2),
        two(14, t1, here.word),
        three(15, t1, t2, here.word),
        two(16, t1, here.ends[2]),
        two(17, t1, here.shape),
        one(18, prev.word),
        one(19, next.word),
        one(20, prev2.word),
        one(21, next2.word),
        two(22, prev.word, here.word),
        two(23, here.word, next.word),
        two(24, t1, next.word),
        one(25, next.ends[2]),
        one(26, next.ends[1]),
        one(27, prev.ends[2]),
        two(28, next.shape, here.shape),
        two(29, here.ends[2], next.ends[2]),
        two(30, prev.word, next.word),
        three(31, t1, here.ends[1], next.ends[1]),
        two(32, next.word, next2.word),
        two(33, here.ends[2], next.word),
    ]);
    if here.cluster | next.cluster | prev.cluster > 0 {
        out.extend([
            one(40, here.cluster),
            one(41, next.cluster),
            one(42, prev.cluster),
            two(43, t1, here.cluster),
            two(44, here.cluster, next.cluster),
            three(45, t1, here.cluster, next.cluster),
            three(46, t1, t2, here.cluster),
            two(47, next.cluster, next2.cluster),
            three(48, here.word, t1, next.cluster),
            two(49, here.ends[2], next.cluster),
            two(50, here.shape, here.cluster),
        ]);
    }
}

/// Tags of a sentence.
pub(crate) fn tag(table: &Table, looks: &[Look], room: &mut Vec<Hash>) -> Vec<TagNumber> {
    let mut tags = Vec::with_capacity(looks.len());
    let mut scores: Scores = [0; MAX_LABELS];
    for at in 0..looks.len() {
        if let Some(only) = looks[at].only_tag {
            tags.push(only);
            continue;
        }
        features(looks, &tags, at, room);
        table.score(room, &mut scores);
        tags.push(best(&scores[..table.n_labels()], |_| true) as TagNumber);
    }
    tags
}
