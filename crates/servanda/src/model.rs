//! Asking a language model: any endpoint of the form `/v1/chat/completions`, named on the command line and never else.
//!
//! Invariant: without `--model-endpoint` nothing here runs. A request ends after a stated time, an answer is cut at a
//! stated length, and what comes back is a text that `servanda_read::proposals` checks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use servanda_read::proposals::MAX_ANSWER_BYTES;

use crate::args::ModelChoice;
use crate::error::{CommandError, ErrorKind};

/// How often a request is sent at most.
const MAX_TRIES: u32 = 3;
/// Documents in a row without an answer after which the model is not asked any more.
const MAX_SILENT: usize = 3;
/// Where a key is read from, and from nowhere else.
const KEY: &str = "SERVANDA_MODEL_KEY";

/// A language model behind an address.
pub(crate) struct Endpoint {
    agent: ureq::Agent,
    url: String,
    pub name: String,
    key: Option<String>,
    n_silent: AtomicUsize,
}

impl Endpoint {
    /// The endpoint that is asked for, if any.
    pub(crate) fn of(choice: &ModelChoice) -> Result<Option<Endpoint>, CommandError> {
        let (Some(endpoint), Some(name)) = (&choice.model_endpoint, &choice.model) else { return Ok(None) };
        let base = endpoint.trim_end_matches('/');
        let base = base.strip_suffix("/chat/completions").or(base.strip_suffix("/v1")).unwrap_or(base);
        let base = base.trim_end_matches('/').trim_end_matches("/v1");
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(CommandError::usage(format!("--model-endpoint '{endpoint}' is no address"))
                .hint("write it as http://localhost:8080"));
        }
        if base.starts_with("https://") && !cfg!(feature = "tls") {
            return Err(CommandError::new(ErrorKind::Usage, "this program was built without https")
                .hint("run a model on this machine (http://localhost:...), or build with --features tls"));
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(u64::from(choice.model_timeout.max(1)))))
            .max_redirects(0)
            .http_status_as_error(false)
            .build();
        Ok(Some(Endpoint {
            agent: config.into(),
            url: format!("{base}/v1/chat/completions"),
            name: name.clone(),
            key: std::env::var(KEY).ok().filter(|key| !key.trim().is_empty()),
            n_silent: AtomicUsize::new(0),
        }))
    }

    /// Whether it did not answer for several documents in a row, so that it is not asked any more.
    pub(crate) fn is_silent(&self) -> bool {
        self.n_silent.load(Ordering::Relaxed) >= MAX_SILENT
    }

    /// Sends a request; the answer as text, or why there is none.
    pub(crate) fn ask(&self, body: &Value) -> Result<String, String> {
        let mut why = String::new();
        for _ in 0..MAX_TRIES {
            match self.once(body) {
                Ok(answer) => {
                    self.n_silent.store(0, Ordering::Relaxed);
                    return Ok(answer);
                }
                Err(Trouble::Final(said)) => {
                    why = said;
                    break;
                }
                Err(Trouble::Passing(said)) => why = said,
            }
        }
        self.n_silent.fetch_add(1, Ordering::Relaxed);
        Err(why)
    }

    fn once(&self, body: &Value) -> Result<String, Trouble> {
        let mut request = self.agent.post(&self.url).header("content-type", "application/json");
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let mut response = request.send(body.to_string()).map_err(|error| match error {
            // What took too long will do so again.
            ureq::Error::Timeout(_) => Trouble::Final("it took too long (--model-timeout)".to_owned()),
            other => Trouble::Passing(other.to_string()),
        })?;
        let status = response.status().as_u16();
        let text = response.body_mut().with_config().limit(MAX_ANSWER_BYTES as u64).read_to_string();
        match (status, text) {
            (200..=299, Ok(text)) => Ok(text),
            (200..=299, Err(ureq::Error::Timeout(_))) => {
                Err(Trouble::Final("it took too long (--model-timeout)".to_owned()))
            }
            (200..=299, Err(ureq::Error::BodyExceedsLimit(_))) => {
                Err(Trouble::Final(format!("the answer is longer than {} kB", MAX_ANSWER_BYTES >> 10)))
            }
            (200..=299, Err(error)) => Err(Trouble::Final(format!("the answer cannot be read: {error}"))),
            (429 | 500..=599, _) => Err(Trouble::Passing(format!("it answered with status {status}"))),
            (status, _) => Err(Trouble::Final(format!("it answered with status {status}"))),
        }
    }
}

enum Trouble {
    /// Another try may do better.
    Passing(String),
    Final(String),
}
