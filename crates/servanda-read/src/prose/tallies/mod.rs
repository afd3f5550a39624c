//! Counts of monitoring reports.
