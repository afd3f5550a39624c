//! The review on a terminal: one key for each act, the reading on the whole screen.

use std::io::Write;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::{cursor, event, queue, style, terminal};
use servanda_render::plain::{harmless, wrap};
use servanda_render::text::{self, Page};

use super::Act;
use super::plain::{HELP, editor, same};
use super::session::Session;
use crate::error::{CommandError, ErrorKind};
use crate::out::Console;

const KEYS: &str = "a accept  r reject  c correct  e editor  s same occurrence  p put off  u undo  \
                    n next  b back  f filter  g go to  ? help  q quit";

/// Shows one reading after the other until the person quits.
pub(super) fn walk(session: &mut Session<'_>, console: &Console) -> Result<(), CommandError> {
    let color = console.page().color;
    // What others would say on standard error would stand across the screen.
    let silent = console.silent();
    let mut screen = Screen::enter(color)?;
    let mut said = session.counts().said();
    let mut scroll = 0;
    loop {
        let body = body(session, screen.page());
        screen.draw(&body, &said, KEYS, &mut scroll)?;
        let key = screen.key()?;
        said.clear();
        let act = match key.code {
            KeyCode::Char('q') => return Ok(()),
            KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => return Ok(()),
            KeyCode::Char('a') => Some(Act::Accept(None)),
            KeyCode::Char('r') => screen.ask("why is it no sound reading")?.map(Act::Reject),
            KeyCode::Char('p') => Some(Act::Postpone(None)),
            KeyCode::Char('u') => Some(Act::Undo),
            KeyCode::Char('n') | KeyCode::Right => Some(Act::Next),
            KeyCode::Char('b') | KeyCode::Left => Some(Act::Back),
            KeyCode::Char('s') => match screen.ask("number of the other report, then why")? {
                Some(typed) => {
                    let act = same(&typed);
                    if act.is_none() {
                        said = "a number of the list, then why".to_owned();
                    }
                    act
                }
                None => None,
            },
            KeyCode::Char('g') => {
                screen.ask("go to number")?.and_then(|typed| typed.trim().parse().ok()).map(Act::Go)
            }
            KeyCode::Char('f') => screen
                .ask("filter: document= kind= actor= promise= state= (nothing: all that is open)")?
                .map(Act::Filter),
            KeyCode::Char('c') => {
                said = correct(session, &mut screen, &silent)?;
                None
            }
            KeyCode::Char('e') => {
                screen.leave()?;
                said = editor(session, &silent)?;
                screen.take()?;
                None
            }
            KeyCode::Char('?' | 'h') => {
                let help = HELP.lines().map(str::to_owned).collect::<Vec<_>>();
                screen.draw(&help, "", "any key goes back", &mut 0)?;
                screen.key()?;
                None
            }
            KeyCode::Down | KeyCode::Char('j') => {
                scroll += 1;
                None
            }
            KeyCode::Up | KeyCode::Char('k') => {
                scroll = scroll.saturating_sub(1);
                None
            }
            KeyCode::PageDown | KeyCode::Char(' ') => {
                scroll += screen.n_rows / 2;
                None
            }
            KeyCode::PageUp => {
                scroll = scroll.saturating_sub(screen.n_rows / 2);
                None
            }
            _ => None,
        };
        if let Some(act) = act {
            let before = session.current();
            said = session.act(&act, &silent)?;
            if session.current() != before {
                scroll = 0;
            }
        }
    }
}

fn body(session: &Session<'_>, page: Page) -> Vec<String> {
    let text = match session.shown() {
        Some(item) => text::review_item(&item, session.place(), page),
        None => "this reading cannot be shown: 'servanda verify' says what is wrong".to_owned(),
    };
    text.lines().map(str::to_owned).collect()
}

/// Asks for fields one by one; an empty answer ends, Escape leaves all as it was.
fn correct(
    session: &mut Session<'_>,
    screen: &mut Screen,
    console: &Console,
) -> Result<String, CommandError> {
    let Some(mut form) = session.form() else { return Ok("there is nothing to correct".to_owned()) };
    let mut said = String::new();
    loop {
        let mut lines = vec!["Correction: change fields, then an empty line.".to_owned(), String::new()];
        let width = screen.page().width;
        for (key, value) in form.fields() {
            lines.extend(wrap(&harmless(&format!("{key} = {value}")), width));
        }
        screen.draw(&lines, &said, "field = value; nothing: put it on record; Esc: leave it", &mut 0)?;
        match screen.ask("change")? {
            None => return Ok("left as it was".to_owned()),
            Some(typed) if typed.trim().is_empty() => {
                let (is_done, message) = session.finish(&form, console)?;
                if is_done || form.is_unchanged() {
                    return Ok(message);
                }
                said = message;
            }
            Some(typed) => {
                let set = match typed.split_once('=') {
                    Some((key, value)) => form.set(key.trim(), value),
                    None => Err("write field = value".to_owned()),
                };
                said = set.err().unwrap_or_default();
            }
        }
    }
}

/// The terminal in raw mode; as it was before when dropped.
struct Screen {
    n_columns: usize,
    n_rows: usize,
    color: bool,
}

impl Screen {
    fn enter(color: bool) -> Result<Screen, CommandError> {
        let mut screen = Screen { n_columns: 80, n_rows: 24, color };
        screen.take()?;
        Ok(screen)
    }

    fn take(&mut self) -> Result<(), CommandError> {
        terminal::enable_raw_mode().map_err(trouble)?;
        queue!(std::io::stdout(), terminal::EnterAlternateScreen, cursor::Hide).map_err(trouble)?;
        self.measure();
        Ok(())
    }

    fn leave(&mut self) -> Result<(), CommandError> {
        let mut out = std::io::stdout();
        queue!(out, cursor::Show, terminal::LeaveAlternateScreen).map_err(trouble)?;
        out.flush().map_err(trouble)?;
        terminal::disable_raw_mode().map_err(trouble)
    }

    fn measure(&mut self) {
        if let Ok((columns, rows)) = terminal::size() {
            self.n_columns = usize::from(columns).max(20);
            self.n_rows = usize::from(rows).max(6);
        }
    }

    fn page(&self) -> Page {
        Page { width: self.n_columns.saturating_sub(1).min(110), color: self.color }
    }

    /// Draws lines from `scroll` on, a message and the keys beneath; `scroll` is brought back where it goes too far.
    fn draw(
        &mut self,
        body: &[String],
        said: &str,
        keys: &str,
        scroll: &mut usize,
    ) -> Result<(), CommandError> {
        self.measure();
        let mut foot: Vec<String> = Vec::new();
        let room = self.n_columns - 1;
        for line in said.lines() {
            foot.extend(wrap(&harmless(line), room));
        }
        foot.truncate(self.n_rows / 3);
        foot.extend(wrap(keys, room));
        let n_body = self.n_rows.saturating_sub(foot.len() + 1).max(1);
        *scroll = (*scroll).min(body.len().saturating_sub(n_body));
        let rest = body.len().saturating_sub(*scroll + n_body);
        let rule = match (*scroll > 0, rest > 0) {
            (false, false) => String::new(),
            (_, true) => format!("-- {rest} more lines: space or arrow down --"),
            (true, false) => "-- end; arrow up goes back --".to_owned(),
        };
        let mut out = std::io::stdout();
        queue!(out, terminal::Clear(terminal::ClearType::All)).map_err(trouble)?;
        let shown = body.iter().skip(*scroll).take(n_body).map(String::as_str);
        let shown = shown.chain(std::iter::repeat_n("", n_body.saturating_sub(body.len())));
        let lines = shown.chain([rule.as_str()]).chain(foot.iter().map(String::as_str));
        for (row, line) in lines.take(self.n_rows).enumerate() {
            queue!(out, cursor::MoveTo(0, row as u16), style::Print(line)).map_err(trouble)?;
        }
        out.flush().map_err(trouble)
    }

    /// The next key that is pressed. A window that changed its size is `Null`: everything is drawn anew.
    fn key(&mut self) -> Result<KeyEvent, CommandError> {
        loop {
            match event::read().map_err(trouble)? {
                Event::Key(key) if key.kind != KeyEventKind::Release => return Ok(key),
                Event::Resize(..) => return Ok(KeyEvent::new(KeyCode::Null, KeyModifiers::NONE)),
                _ => {}
            }
        }
    }

    /// A line typed at the foot of the screen; `None`: Escape.
    fn ask(&mut self, what: &str) -> Result<Option<String>, CommandError> {
        let mut typed = String::new();
        let mut out = std::io::stdout();
        loop {
            let row = (self.n_rows - 1) as u16;
            let line = format!("{what}: {typed}");
            // The end of what is typed stays in sight.
            let n = line.chars().count().saturating_sub(self.n_columns - 1);
            let line: String = line.chars().skip(n).collect();
            queue!(out, cursor::MoveTo(0, row), terminal::Clear(terminal::ClearType::CurrentLine))
                .map_err(trouble)?;
            queue!(out, style::Print(harmless(&line)), cursor::Show).map_err(trouble)?;
            out.flush().map_err(trouble)?;
            let key = self.key()?;
            let with_control = key.modifiers.contains(KeyModifiers::CONTROL);
            let done = match key.code {
                KeyCode::Enter => Some(Some(std::mem::take(&mut typed))),
                KeyCode::Esc => Some(None),
                KeyCode::Char('c' | 'd' | 'g') if with_control => Some(None),
                KeyCode::Char('u') if with_control => {
                    typed.clear();
                    None
                }
                KeyCode::Backspace => {
                    typed.pop();
                    None
                }
                KeyCode::Char(c) if !with_control => {
                    typed.push(c);
                    None
                }
                _ => None,
            };
            if let Some(done) = done {
                queue!(out, cursor::Hide).map_err(trouble)?;
                return Ok(done);
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.leave();
    }
}

fn trouble(error: std::io::Error) -> CommandError {
    CommandError::new(ErrorKind::File, format!("the terminal cannot be used: {error}"))
        .hint("'servanda review --plain' works line by line")
}
