//! What a reader is told, in both languages of the page.

use serde::{Deserialize, Serialize};

/// A sentence for the reader, in both languages of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Chinese, shown first.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Both languages at once.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}
