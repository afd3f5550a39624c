//! What a page shows: stretches of letters with their places.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::fonts::Font;
use super::guard;
use crate::input::limits::MAX_UNPACKED_BYTES;

/// Forms within forms; a form that shows itself ends here.
const MAX_FORM_DEPTH: usize = 8;
/// Operators of one file.
const MAX_OPERATORS: usize = 20_000_000;
const MAX_STATES: usize = 500;
/// Bytes of letters of one file; twice of what an article holds.
const MAX_LETTER_BYTES: usize = 8 << 20;

/// Letters in a row.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub words: String,
    /// Where it begins and ends, in the units of the page.
    pub x: f32,
    pub end: f32,
    pub y: f32,
    /// Height of the letters.
    pub size: f32,
}

/// The letters of all pages.
#[derive(Debug)]
pub(super) struct Shown {
    pub pages: Vec<Vec<Piece>>,
    /// Letters whose font does not say what they are.
    pub n_unknown: usize,
    budget: usize,
    n_operators: usize,
    n_bytes: usize,
    fonts: BTreeMap<(u32, i32), Rc<Font>>,
}

impl Default for Shown {
    fn default() -> Shown {
        Shown {
            pages: Vec::new(),
            n_unknown: 0,
            budget: MAX_UNPACKED_BYTES,
            n_operators: MAX_OPERATORS,
            n_bytes: 0,
            fonts: BTreeMap::new(),
        }
    }
}

/// Adds letters, ligatures as the letters that they join (Unicode, block FB00).
fn put(letters: &str, words: &mut String) {
    for letter in letters.chars() {
        match letter {
            'ﬀ' => words.push_str("ff"),
            'ﬁ' => words.push_str("fi"),
            'ﬂ' => words.push_str("fl"),
            'ﬃ' => words.push_str("ffi"),
            'ﬄ' => words.push_str("ffl"),
            'ﬅ' | 'ﬆ' => words.push_str("st"),
            '\u{a0}' | '\t' | '\n' | '\r' => words.push(' '),
            letter if letter.is_control() => {}
            letter => words.push(letter),
        }
    }
}

type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// `first`, then `then`.
fn times(first: &Matrix, then: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *first;
    let [g, h, i, j, k, l] = *then;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

#[derive(Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    letter_gap: f32,
    word_gap: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    mode: i64,
}

impl Shown {
    /// Reads a page; `false` where the bounds are reached.
    pub fn page(&mut self, page: &Page) -> bool {
        let mut content = Vec::new();
        match page.raw().get::<Object>("Contents") {
            Some(Object::Stream(stream)) => {
                content = guard::unpacked(&stream, &mut self.budget).unwrap_or_default()
            }
            Some(Object::Array(list)) => {
                for stream in list.iter::<Stream>() {
                    content.extend(guard::unpacked(&stream, &mut self.budget).unwrap_or_default());
                    content.push(b'\n');
                }
            }
            _ => {}
        }
        let state = State {
            page: IDENTITY,
            font: None,
            size: 1.0,
            letter_gap: 0.0,
            word_gap: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        let mut pieces = Vec::new();
        self.content(&content, page.resources(), state, &mut pieces, 0);
        self.pages.push(pieces);
        self.budget > 0 && self.n_operators > 0 && self.n_bytes < MAX_LETTER_BYTES
    }

    fn content(
        &mut self,
        bytes: &[u8],
        resources: &Resources,
        mut state: State,
        pieces: &mut Vec<Piece>,
        depth: usize,
    ) {
        let mut stack: Vec<State> = Vec::new();
        let (mut line, mut text) = (IDENTITY, IDENTITY);
        let mut operators = TypedIter::new(bytes);
        while let Some(operator) = operators.next() {
            if self.n_operators == 0 || self.n_bytes >= MAX_LETTER_BYTES {
                return;
            }
            self.n_operators -= 1;
            let mut step = |x: f32, y: f32, text: &mut Matrix| {
                line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &line);
                *text = line;
            };
            match operator {
                Op::SaveState(_) if stack.len() < MAX_STATES => stack.push(state.clone()),
                Op::RestoreState(_) => state = stack.pop().unwrap_or(state),
                Op::Transform(m) => {
                    let m = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f32());
                    state.page = times(&m, &state.page);
                }
                Op::BeginText(_) => (line, text) = (IDENTITY, IDENTITY),
                Op::TextFont(font) => {
                    state.font = self.font(resources, font.0);
                    state.size = font.1.as_f32();
                }
                Op::CharacterSpacing(gap) => state.letter_gap = gap.0.as_f32(),
                Op::WordSpacing(gap) => state.word_gap = gap.0.as_f32(),
                Op::HorizontalScaling(stretch) => state.stretch = stretch.0.as_f32() / 100.0,
                Op::TextLeading(leading) => state.leading = leading.0.as_f32(),
                Op::TextRise(rise) => state.rise = rise.0.as_f32(),
                Op::TextRenderingMode(mode) => state.mode = mode.0.as_i64(),
                Op::NextLine(by) => step(by.0.as_f32(), by.1.as_f32(), &mut text),
                Op::NextLineAndSetLeading(by) => {
                    state.leading = -by.1.as_f32();
                    step(by.0.as_f32(), by.1.as_f32(), &mut text);
                }
                Op::NextLineUsingLeading(_) => step(0.0, -state.leading, &mut text),
                Op::SetTextMatrix(m) => {
                    line = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f32());
                    text = line;
                }
                Op::ShowText(words) => self.show(words.0.as_bytes(), &state, &mut text, pieces),
                Op::NextLineAndShowText(words) => {
                    step(0.0, -state.leading, &mut text);
                    self.show(words.0.as_bytes(), &state, &mut text, pieces);
                }
                Op::ShowTextWithParameters(words) => {
                    (state.word_gap, state.letter_gap) = (words.0.as_f32(), words.1.as_f32());
                    step(0.0, -state.leading, &mut text);
                    self.show(words.2.as_bytes(), &state, &mut text, pieces);
                }
                Op::ShowTexts(list) => self.show_list(list.0, &state, &mut text, pieces),
                Op::XObject(form) if depth < MAX_FORM_DEPTH => {
                    if let Some(form) = resources.get_x_object(form.0) {
                        self.form(&form, resources, &state, pieces, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn form(
        &mut self,
        form: &Stream,
        resources: &Resources,
        state: &State,
        pieces: &mut Vec<Piece>,
        depth: usize,
    ) {
        let dict = form.dict();
        if dict.get::<Name>("Subtype").is_none_or(|name| name.as_str() != "Form") {
            return;
        }
        let Some(bytes) = guard::unpacked(form, &mut self.budget) else { return };
        let own = dict.get::<Dict>("Resources").map(Resources::new);
        let mut state = state.clone();
        let numbers: Vec<f32> =
            dict.get::<Array>("Matrix").iter().flat_map(|list| list.iter::<f32>()).take(6).collect();
        if let Ok(matrix) = <Matrix>::try_from(numbers) {
            state.page = times(&matrix, &state.page);
        }
        self.content(&bytes, own.as_ref().unwrap_or(resources), state, pieces, depth + 1);
    }

    fn font(&mut self, resources: &Resources, name: &Name) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        let Some(id) = dict.obj_id() else { return Some(Rc::new(Font::new(&dict, &mut self.budget))) };
        let key = (id.obj_number, id.gen_number);
        if let Some(known) = self.fonts.get(&key) {
            return Some(known.clone());
        }
        let font = Rc::new(Font::new(&dict, &mut self.budget));
        self.fonts.insert(key, font.clone());
        Some(font)
    }

    fn show_list(&mut self, list: &Array, state: &State, text: &mut Matrix, pieces: &mut Vec<Piece>) {
        for object in list.iter::<Object>() {
            match object {
                Object::String(words) => self.show(words.as_bytes(), state, text, pieces),
                Object::Number(back) => {
                    let by = -back.as_f32() / 1000.0 * state.size * state.stretch;
                    *text = times(&[1.0, 0.0, 0.0, 1.0, by, 0.0], text);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8], state: &State, text: &mut Matrix, pieces: &mut Vec<Piece>) {
        let Some(font) = state.font.clone() else { return };
        let placed = |text: &Matrix| {
            let at = times(text, &state.page);
            (at[4] + state.rise * at[2], at[5] + state.rise * at[3])
        };
        let scale = times(text, &state.page);
        let size = (scale[2].powi(2) + scale[3].powi(2)).sqrt() * state.size.abs();
        let (x, y) = placed(text);
        let mut words = String::new();
        let mut advance = 0.0;
        let mut n_unknown = 0;
        font.glyphs(bytes, |glyph| {
            match glyph.letters {
                Some(letters) => put(&letters, &mut words),
                None => {
                    n_unknown += usize::from(!glyph.is_space_code);
                    words.push('\u{fffd}');
                }
            }
            let gap = state.letter_gap + if glyph.is_space_code { state.word_gap } else { 0.0 };
            advance += (glyph.width / 1000.0 * state.size + gap) * state.stretch;
        });
        *text = times(&[1.0, 0.0, 0.0, 1.0, advance, 0.0], text);
        let (end, _) = placed(text);
        // Mode 3 shows nothing by itself: it is the layer of a recogniser over the picture of a page, which is read.
        if words.is_empty()
            || !(x.is_finite() && y.is_finite() && end.is_finite() && size.is_finite())
            || state.mode > 7
        {
            return;
        }
        if !font.is_known() || n_unknown > 0 {
            self.n_unknown += n_unknown;
        }
        self.n_bytes += words.len();
        pieces.push(Piece { words, x, end, y, size });
    }
}
