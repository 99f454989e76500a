//! Performance forms (绩效目标表): indicators with their values, and the money blocks inside the form.

use super::{Found, Region};

/// Reads the forms of neighbouring regions. A form often has captions of its own inside (`长期绩效目标表`,
/// `年度绩效目标表 1`): each begins a region, and all that stand next to each other come in one call. What belongs to no
/// form goes back in [`Found::rest`].
pub(super) fn recognise<'a>(regions: &[Region<'a>]) -> Found<'a> {
    Found { rest: regions.iter().flat_map(|region| region.body.iter().copied()).collect(), ..Found::default() }
}
