//! The hosted page.
