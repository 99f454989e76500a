//! What the reader of a document is told of its reading: what was left out, and what is in doubt.

use crate::document::{Place, ReadNote, page_ranges};

use super::content::Losses;
use super::space::Area;
use super::{Reading, prose};

/// The notes of one file.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) list: Vec<ReadNote>,
    /// The text of what was left out because it is repeated from page to page: with the blocks, all that was read.
    pub(super) left_out: Vec<String>,
}

impl Notes {
    pub(super) fn add(&mut self, zh: &str, en: &str, place: Option<Place>) {
        self.list.push(ReadNote { zh: zh.to_owned(), en: en.to_owned(), place });
    }

    /// A note on pages: how many, which, and the place of the first.
    fn on_pages(&mut self, pages: &[&Reading], zh: &str, en: &str) {
        let Some(first) = pages.first() else { return };
        let whole = Area { left: 0, top: 0, right: first.turned.width, bottom: first.turned.height };
        let place = Place::Page { page: first.number, bbox: [whole.left, whole.top, whole.right, whole.bottom] };
        let numbers = page_ranges(&pages.iter().map(|page| page.number).collect::<Vec<_>>());
        self.add(&zh.replace("{}", &numbers), &en.replace("{}", &numbers), Some(place));
    }

    /// Pages that the file names and that are not there.
    pub(super) fn missing(&mut self, found: &[bool]) {
        let missing: Vec<u32> = (1u32..).zip(found).filter(|&(_, &found)| !found).map(|(number, _)| number).collect();
        if !missing.is_empty() {
            let numbers = page_ranges(&missing);
            self.add(
                &format!("第 {numbers} 页在文件里找不到（文件不完整或已损坏），未读"),
                &format!("pages {numbers} are not in the file, which is incomplete or damaged; they were not read"),
                None,
            );
        }
    }

    pub(super) fn losses(&mut self, readings: &[Reading]) {
        let pick = |test: fn(&Reading) -> bool| readings.iter().filter(|r| test(r)).collect::<Vec<&Reading>>();
        self.on_pages(
            &pick(Reading::is_picture),
            "第 {} 页是图片，未能核对；请另找有文字的版本，或先做文字识别",
            "pages {} are pictures and could not be checked; look for a version with text, or run text recognition first",
        );
        self.on_pages(
            &pick(Reading::is_blank),
            "第 {} 页没有文字：空白页，或文字已转成图形",
            "pages {} hold no text: they are blank, or their text was turned into shapes",
        );
        self.on_pages(
            &pick(|r| r.losses.unreadable),
            "第 {} 页有内容损坏，未能全部读出",
            "pages {} are damaged and were not read whole",
        );
        self.on_pages(
            &pick(|r| r.losses.cut),
            "第 {} 页内容太多，未能全部读出",
            "pages {} hold too much and were not read whole",
        );
        self.on_pages(
            &pick(|r| r.recognised),
            "第 {} 页是扫描图，文字来自文字识别，数字可能认错，请对照图像",
            "pages {} are scans; their text comes from text recognition and figures may be wrong, compare with the picture",
        );
        let total = |count: fn(&Losses) -> usize| readings.iter().map(|r| count(&r.losses)).sum::<usize>();
        let unknown = total(|losses| losses.unknown);
        self.on_pages(
            &pick(|r| r.losses.unknown > 0),
            &format!("第 {{}} 页有 {unknown} 个字的编码 PDF 没有说明，显示为 �"),
            &format!("pages {{}} hold {unknown} glyphs whose characters the PDF does not tell; they stand as �"),
        );
        let invisible = total(|losses| losses.invisible);
        self.on_pages(
            &pick(|r| r.losses.invisible > 0),
            &format!("第 {{}} 页有 {invisible} 个字在页面之外、太小、是白色或在关闭的图层上，看不见，未读"),
            &format!("pages {{}} hold {invisible} glyphs beyond the page, too small, in white or in a hidden layer; they cannot be seen and were not read"),
        );
        let watermark = total(|losses| losses.watermark);
        self.on_pages(
            &pick(|r| r.losses.watermark > 0),
            &format!("第 {{}} 页的水印（斜排、浅色大字或反复叠印的字）共 {watermark} 个，未读"),
            &format!(
                "pages {{}} hold {watermark} glyphs of watermarks (slanted, large and faint, or repeated over other text); they were not read"
            ),
        );
        let overlaid: usize = readings.iter().map(|reading| reading.overlaid).sum();
        self.on_pages(
            &pick(|r| r.overlaid > 0),
            &format!("第 {{}} 页有 {overlaid} 个字与别的字叠印在一起，分不清哪个是正文，那里可能读错、漏读，请对照原文"),
            &format!(
                "on pages {{}} {overlaid} glyphs lie over one another and which belong to the text cannot be told; compare with the original"
            ),
        );
    }

    /// Keeps what is left out, and counts it.
    pub(super) fn leave_out(&mut self, texts: Vec<String>) -> usize {
        let count = texts.len();
        self.left_out.extend(texts);
        count
    }

    pub(super) fn running(&mut self, removed: prose::Removed) {
        let prose::Removed { heads, numbers } = removed;
        let (heads, numbers) = (self.leave_out(heads), self.leave_out(numbers));
        if heads + numbers > 0 {
            self.add(
                &format!("略去了页眉页脚 {heads} 行、页码 {numbers} 处"),
                &format!("{heads} lines of running heads and feet and {numbers} page numbers were left out"),
                None,
            );
        }
    }
}
