//! What speaks for a step of the parser, and for the name of an arc? Words, tags and arcs around the top of the stack and
//! the front of the buffer (after Zhang & Nivre 2011, for arc-hybrid).

use super::state::{Action, NONE, State};
use crate::hash::{Hash, four, one, three, two};
use crate::look::Look;

/// What the parser sees of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its tokens.
    pub looks: &'a [Look],
    /// Their tags.
    pub tags: &'a [u8],
    /// Universal part of speech of each tag number.
    pub coarse: &'a [u8],
}

impl Seen<'_> {
    fn word(&self, at: u16) -> u32 {
        if at == NONE { 7 } else { self.looks[at as usize].word }
    }

    fn tag(&self, at: u16) -> u32 {
        if at == NONE { 255 } else { u32::from(self.tags[at as usize]) }
    }

    fn coarse(&self, at: u16) -> u32 {
        if at == NONE { 255 } else { u32::from(self.coarse[self.tags[at as usize] as usize]) }
    }

    fn cluster(&self, at: u16) -> u32 {
        if at == NONE { 1 } else { self.looks[at as usize].cluster }
    }
}

/// How far apart, in steps that grow.
fn distance(a: u16, b: u16) -> u32 {
    if a == NONE || b == NONE {
        return 99;
    }
    match b.abs_diff(a) {
        n @ 0..=4 => u32::from(n),
        5..=6 => 5,
        7..=10 => 6,
        11..=18 => 7,
        _ => 8,
    }
}

/// What speaks for an action.
pub fn of_action(seen: &Seen<'_>, state: &State, out: &mut Vec<Hash>) {
    out.clear();
    let (s0, s1, s2) = (state.stacked(0), state.stacked(1), state.stacked(2));
    let (b0, b1, b2) = (state.ahead(0), state.ahead(1), state.ahead(2));
    let (s0w, s1w, b0w, b1w) = (seen.word(s0), seen.word(s1), seen.word(b0), seen.word(b1));
    let (s0p, s1p, s2p) = (seen.tag(s0), seen.tag(s1), seen.tag(s2));
    let (b0p, b1p, b2p) = (seen.tag(b0), seen.tag(b1), seen.tag(b2));
    let (d0, d1) = (distance(s0, b0), distance(s1, s0));
    out.extend([
        one(100, 0),
        one(101, s0w),
        one(102, s0p),
        one(103, s1w),
        one(104, s1p),
        one(105, b0w),
        one(106, b0p),
        two(107, s0w, s0p),
        two(108, s1w, s1p),
        two(109, b0w, b0p),
        two(110, b1w, b1p),
        one(111, b1p),
        two(112, seen.word(b2), b2p),
        two(113, seen.word(s2), s2p),
        two(114, s0w, b0w),
        three(115, s0w, s0p, b0p),
        three(116, s0p, b0w, b0p),
        two(117, s0p, b0p),
        two(118, s1w, s0w),
        three(119, s1w, s0p, s1p),
        three(120, s1p, s0w, s0p),
        two(121, s1p, s0p),
        two(122, s1p, b0p),
        two(123, s1w, b0w),
        three(124, s1p, s0p, b0p),
        three(125, s0p, b0p, b1p),
        four(126, s1p, s0p, b0p, b1p),
        four(127, s0p, b0p, b1p, b2p),
        three(128, s2p, s1p, s0p),
        four(129, s2p, s1p, s0p, b0p),
        two(130, b0p, b1p),
        three(131, b0p, b1p, b2p),
        three(132, s1p, s0p, b0w),
        three(133, s1p, s0w, b0p),
        three(134, s1w, s0p, b0p),
        three(135, s0w, b0p, b1p),
        three(136, s0p, b0p, b1w),
        two(137, b0w, b1p),
        two(138, s1w, b0p),
        two(139, s1p, b0w),
    ]);
    out.extend([
        two(140, s0p, d0),
        two(141, s0w, d0),
        two(142, b0p, d0),
        three(143, s0p, b0p, d0),
        three(144, s1p, s0p, d1),
        two(145, s1w, d1),
        four(146, s1p, s0p, b0p, d1),
        two(147, b0w, d0),
    ]);
    arcs(seen, state, (s0, s1, b0), out);
    clusters(seen, (s0, s1), (b0, b1), out);
}

/// Features of what hangs already from the tokens in question.
fn arcs(seen: &Seen<'_>, state: &State, (s0, s1, b0): (u16, u16, u16), out: &mut Vec<Hash>) {
    let side = |at: u16, is_left: bool| match at {
        NONE => (NONE, NONE, 0),
        _ => {
            let side = if is_left { state.left[at as usize] } else { state.right[at as usize] };
            (side.last, side.before, u32::from(side.n.min(4)))
        }
    };
    let relation = |at: u16| if at == NONE { 255 } else { u32::from(state.relations[at as usize]) };
    let (s0p, s1p, b0p) = (seen.tag(s0), seen.tag(s1), seen.tag(b0));
    let (s0w, s1w, b0w) = (seen.word(s0), seen.word(s1), seen.word(b0));
    let (s0l, s0l2, s0nl) = side(s0, true);
    let (s0r, s0r2, s0nr) = side(s0, false);
    let (s1l, _, s1nl) = side(s1, true);
    let (s1r, s1r2, s1nr) = side(s1, false);
    let (b0l, b0l2, b0nl) = side(b0, true);
    out.extend([
        two(150, s0p, s0nl),
        two(151, s0p, s0nr),
        two(152, s0w, s0nr),
        two(153, s0w, s0nl),
        two(154, s1p, s1nr),
        two(155, s1w, s1nr),
        two(156, b0p, b0nl),
        two(157, b0w, b0nl),
        two(158, s1p, s1nl),
        three(159, s0p, relation(s0l), relation(s0r)),
        three(160, s0p, relation(s0l), relation(s0l2)),
        three(161, s0p, relation(s0r), relation(s0r2)),
        three(162, s1p, relation(s1r), relation(s1r2)),
        three(163, b0p, relation(b0l), relation(b0l2)),
        three(164, s1p, relation(s1l), relation(s1r)),
        three(165, s0p, b0p, relation(s0r)),
        three(166, s0p, b0p, relation(s0l)),
        three(167, s0p, b0p, relation(b0l)),
        three(168, s1p, s0p, relation(s1r)),
        three(169, s1p, s0p, relation(s0l)),
        three(170, s1p, s0p, relation(s0r)),
        three(171, s0p, b0p, seen.tag(s0l)),
        three(172, s0p, b0p, seen.tag(s0r)),
        three(173, s0p, b0p, seen.tag(b0l)),
        three(174, s1p, s0p, seen.tag(s1r)),
        three(175, s1p, s0p, seen.tag(s0l)),
        three(176, s1p, s0p, seen.tag(s0r)),
        three(177, s1p, s0p, seen.tag(s1l)),
        two(178, s0w, relation(s0l)),
        two(179, s0w, relation(s0r)),
        two(180, b0w, relation(b0l)),
        two(181, s1w, relation(s1r)),
        three(182, s1p, b0p, relation(b0l)),
        four(183, s1p, s0p, b0p, relation(b0l)),
        four(184, s1p, s0p, b0p, relation(s0l)),
        four(185, s1p, s0p, b0p, relation(s0r)),
        // A phrase is known by its preposition or conjunction: the leftmost word that hangs from it.
        three(186, s1w, s0p, seen.word(s0l)),
        three(187, s1p, s0p, seen.word(s0l)),
        three(188, s1w, b0p, seen.word(b0l)),
        three(189, s0w, b0p, seen.word(b0l)),
        three(190, s1p, b0p, seen.word(b0l)),
        three(191, s0p, b0p, seen.word(b0l)),
        three(192, b0p, seen.word(s0l), s0p),
        two(193, seen.word(s0r), s0p),
        four(194, s0p, b0p, relation(s0l), relation(s0r)),
        four(195, s1p, relation(s1l), relation(s1r), s0p),
    ]);
}

/// Features of groups of words; none where the model knows no groups.
fn clusters(seen: &Seen<'_>, (s0, s1): (u16, u16), (b0, b1): (u16, u16), out: &mut Vec<Hash>) {
    let (s0c, s1c, b0c, b1c) = (seen.cluster(s0), seen.cluster(s1), seen.cluster(b0), seen.cluster(b1));
    if s0c | s1c | b0c | b1c <= 1 {
        return;
    }
    out.extend([
        two(200, s0c, b0c),
        two(201, s1c, s0c),
        two(202, s0c, seen.tag(b0)),
        two(203, seen.tag(s0), b0c),
        two(204, s1c, seen.tag(s0)),
        two(205, seen.tag(s1), s0c),
        two(206, b0c, b1c),
        three(207, s0c, b0c, b1c),
        three(208, s1c, s0c, b0c),
        one(209, s0c),
        one(210, b0c),
        one(211, s1c),
        three(212, s1c, seen.tag(s0), seen.tag(b0)),
        three(213, seen.tag(s1), s0c, seen.tag(b0)),
        three(214, seen.tag(s1), seen.tag(s0), b0c),
        two(215, s1c, b0c),
        three(216, s0c, seen.tag(b0), seen.tag(b1)),
    ]);
}

/// What speaks for the name of the arc that an action makes.
pub fn of_relation(seen: &Seen<'_>, state: &State, action: Action, out: &mut Vec<Hash>) {
    let Some((head, child)) = state.arc(action) else { return out.clear() };
    of_arc(seen, state, (head, child), out);
}

/// What speaks for the name of an arc.
pub fn of_arc(seen: &Seen<'_>, state: &State, (head, child): (u16, u16), out: &mut Vec<Hash>) {
    out.clear();
    let is_left = u32::from(child < head);
    let (hw, hp, cw, cp) = (seen.word(head), seen.tag(head), seen.word(child), seen.tag(child));
    let relation = |at: u16| if at == NONE { 255 } else { u32::from(state.relations[at as usize]) };
    let near = |at: u16, offset: i32| match u16::try_from(i32::from(at) + offset) {
        Ok(there) if usize::from(there) < state.n_tokens() => there,
        _ => NONE,
    };
    let (left, right) = (state.left[child as usize], state.right[child as usize]);
    let (hl, hr) = (state.left[head as usize], state.right[head as usize]);
    let d = distance(head, child);
    let first = if left.last == NONE { cw } else { seen.word(left.last) };
    let ends = |at: u16| seen.looks[at as usize].ends[2];
    out.extend([
        two(300, is_left, 0),
        two(301, is_left, hw),
        two(302, is_left, hp),
        two(303, is_left, cw),
        two(304, is_left, cp),
        three(305, is_left, hp, cp),
        three(306, is_left, hw, cp),
        three(307, is_left, hp, cw),
        three(308, is_left, hw, cw),
        four(309, is_left, hp, cp, d),
        three(310, is_left, cp, d),
        four(311, is_left, hp, cp, seen.tag(near(child, -1))),
        four(312, is_left, hp, cp, seen.tag(near(child, 1))),
        four(313, is_left, hp, cp, seen.tag(near(head, -1))),
        four(314, is_left, hp, cp, seen.tag(near(head, 1))),
        three(315, is_left, cp, seen.word(near(child, -1))),
        three(316, is_left, cp, seen.word(near(child, 1))),
        four(317, is_left, hp, cp, first),
        three(318, is_left, hw, first),
        three(319, is_left, cp, first),
        four(320, is_left, hp, cp, relation(left.last)),
        four(321, is_left, hp, cp, relation(right.last)),
        four(322, is_left, hp, cp, relation(hl.last)),
        four(323, is_left, hp, cp, relation(hr.last)),
        three(324, is_left, hw, relation(hr.last)),
        three(325, is_left, hw, relation(hl.last)),
        four(326, is_left, hw, cp, relation(left.last)),
        four(327, is_left, cp, relation(left.last), relation(right.last)),
        four(328, is_left, hp, cp, u32::from(hl.n.min(3)) * 4 + u32::from(hr.n.min(3))),
        four(329, is_left, hp, cp, ends(child)),
        four(330, is_left, hp, cp, ends(head)),
        three(331, is_left, cp, ends(child)),
        four(332, is_left, cp, relation(left.before), relation(left.last)),
        four(333, is_left, cw, relation(left.last), relation(right.last)),
        four(334, is_left, hp, cp, seen.coarse(left.last) * 256 + seen.coarse(right.last)),
    ]);
    let (hc, cc) = (seen.cluster(head), seen.cluster(child));
    if hc | cc > 1 {
        out.extend([
            three(340, is_left, hc, cc),
            three(341, is_left, hc, cp),
            three(342, is_left, hp, cc),
            four(343, is_left, hc, cc, first),
            four(344, is_left, hp, cc, first),
            four(345, is_left, hc, cp, first),
        ]);
    }
}
