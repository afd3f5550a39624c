//! The laws of status.
