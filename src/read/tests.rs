//! What every form has in common.
