//! STEP 5, report: an [`Analysis`](crate::analysis::Analysis) in the forms that others read.
