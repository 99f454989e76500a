//! stub
use super::flow::Flow;
use super::text::Marks;
pub(super) fn read(_lines: &[String]) -> Flow {
    Flow::default()
}
pub(super) fn read_part(_flow: &mut Flow, _lines: &[String], _range: std::ops::Range<usize>, _marks: Marks) {}
