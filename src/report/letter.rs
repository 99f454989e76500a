//! A letter to the department that published the file, for the reader to edit and send: what does not tie, and a
//! courteous question. The letter is in Chinese, since that is who reads it; an English gloss may follow.
//!
//! It states what is printed and that reading may be at fault; it claims nothing else. Where something is for the
//! reader to fill in, it stands in 〔 〕.

use std::fmt::Write as _;

use super::compose::masked;
use super::layout::{quote, words};
use super::text::Language;
use crate::disclosure::Stage;
use crate::session::{Chosen, Detail, Opened};
use crate::words::Words;

/// What the letter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// 咨询: asks which figure is meant.
    #[default]
    Inquiry,
    /// 依申请公开: asks for the record that shows it (政府信息公开条例 第二十七条、第二十九条).
    Application,
}

/// Chinese numerals of the list; beyond them figures.
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The letter on the `chosen` findings of a document (their indexes in the analysis), in the order of the document's
/// list; with none chosen, on every mismatch. `gloss` puts the same in English below. `None` where there is nothing to ask.
pub fn letter(opened: &Opened, document: usize, chosen: &[u32], kind: Kind, gloss: bool) -> Option<String> {
    let rows = opened.finding_rows(document);
    let wanted = |row: &&crate::session::FindingRow| {
        if chosen.is_empty() { row.mark == crate::session::Mark::Mismatch } else { chosen.contains(&row.finding) }
    };
    let details: Vec<Detail> =
        rows.iter().filter(wanted).filter_map(|row| opened.detail(Chosen::Finding(row.finding), None)).collect();
    if details.is_empty() {
        return None;
    }
    let mut text = chinese(opened, document, &details, kind);
    if gloss {
        text.push_str("\n――――――――――\nEnglish gloss\n\n");
        text.push_str(&english(opened, document, &details, kind));
    }
    Some(text)
}

/// The file and the year, as the letter calls them.
struct Subject {
    unit: String,
    file: String,
    digest: String,
}

impl Subject {
    fn of(opened: &Opened, document: usize, words: Words) -> Self {
        let disclosure = opened.disclosure(document);
        let file = opened.analysis().documents.get(document);
        let name = file.map(|d| masked(&d.name)).unwrap_or_default();
        let unit = disclosure.and_then(|d| d.unit_name.clone()).map(|unit| masked(&unit));
        let stage = disclosure.and_then(|d| d.stage);
        let year = words.year_and_stage(disclosure.and_then(|d| d.year), stage.or(Some(Stage::Budget)));
        let blank = match words.0 {
            crate::words::Language::Chinese => "〔单位名称〕",
            crate::words::Language::English => "〔department〕",
        };
        Self {
            unit: unit.unwrap_or_else(|| blank.to_owned()),
            file: format!("{year}{}", words.bracketed(&name)),
            digest: file.map(|d| d.sha256.chars().take(12).collect()).unwrap_or_default(),
        }
    }
}

fn chinese(opened: &Opened, document: usize, details: &[Detail], kind: Kind) -> String {
    let words = words(Language::Chinese);
    let Subject { unit, file, digest } = Subject::of(opened, document, words);
    let mut out = String::new();
    let title = match kind {
        Kind::Inquiry => "关于预算公开中几处数字的咨询",
        Kind::Application => "政府信息公开申请",
    };
    let _ = writeln!(out, "{title}\n\n{unit}：\n");
    let _ = writeln!(
        out,
        "您好！我阅读了贵单位公开的{file}，感谢贵单位把收支情况公之于众。阅读时有下列 {} 处数字我没有看明白，冒昧请教：\n",
        details.len()
    );
    for (at, detail) in details.iter().enumerate() {
        let numeral = NUMERALS.get(at).map_or_else(|| (at + 1).to_string(), |n| (*n).to_owned());
        let _ = writeln!(out, "{numeral}、{}", masked(&words.of(&detail.title)));
        for line in item(words, detail) {
            let _ = writeln!(out, "　　{line}");
        }
        out.push('\n');
    }
    out.push_str(
        "以上是我对照文件中应当相等的数字时看到的，可能是录入或排版时的笔误，可能另有口径，也可能是我读得不对。\n\n",
    );
    out.push_str(match kind {
        Kind::Inquiry => {
            "想请教：\n1. 上述各处以哪一个数为准？\n2. 如另有统计口径，烦请说明。\n3. 如确需更正，烦请在原公开位置更正并注明日期，方便其他读者。\n"
        }
        Kind::Application => {
            "依据《中华人民共和国政府信息公开条例》第二十七条、第二十九条，申请公开上述各处数字所依据的明细，或更正后的公开表。\n所需形式：〔电子文件／纸质〕。获取方式：〔电子邮件／邮寄〕。\n"
        }
    });
    let _ = writeln!(
        out,
        "\n附：所读文件的指纹（SHA-256 前 12 位）{digest}，便于确认是同一份文件。\n\n谢谢！祝工作顺利。\n\n〔姓名〕\n〔联系方式〕\n〔日期〕"
    );
    out
}

fn english(opened: &Opened, document: usize, details: &[Detail], kind: Kind) -> String {
    let words = words(Language::English);
    let Subject { unit, file, digest } = Subject::of(opened, document, words);
    let mut out = String::new();
    let count = details.len();
    let places = if count == 1 { "one figure" } else { "the following figures" };
    let _ = writeln!(
        out,
        "To {unit}\n\nThank you for publishing your {file}. Reading it, I did not understand {places}:\n"
    );
    for (at, detail) in details.iter().enumerate() {
        let _ = writeln!(out, "{}. {}", at + 1, masked(&words.of(&detail.title)));
        for line in item(words, detail) {
            let _ = writeln!(out, "   {line}");
        }
        out.push('\n');
    }
    out.push_str(
        "These figures should be equal. It may be a slip in typing or layout, another basis, or my own misreading.\n\n",
    );
    out.push_str(match kind {
        Kind::Inquiry => {
            "May I ask:\n1. Which figure is meant in each place?\n2. If the basis differs, which one is it?\n3. If a correction is due, would you please make it where the file was published, with its date?\n"
        }
        Kind::Application => {
            "Under articles 27 and 29 of the Regulations on Open Government Information I apply for the details that these figures rest on, or for the corrected tables.\nForm: 〔electronic / paper〕. Delivery: 〔e-mail / post〕.\n"
        }
    });
    let _ = writeln!(
        out,
        "\nFingerprint of the file (SHA-256, first 12 digits): {digest}\n\n〔name〕\n〔contact〕\n〔date〕"
    );
    out
}

/// What is said of one finding: where, the explanation, the line as printed.
fn item(words: Words, detail: &Detail) -> Vec<String> {
    let mut lines = Vec::new();
    let place = words.whereabouts(&detail.whereabouts);
    if !place.is_empty() {
        lines.push(format!("{}{}{}", words.report_where(), words.colon(), masked(&place)));
    }
    let title = words.of(&detail.title);
    let message = detail.message.as_ref().map(|message| words.of(message));
    if let Some(message) = message.filter(|message| !message.is_empty() && *message != title) {
        lines.push(masked(&message));
    }
    if let Some(quote) = quote(detail) {
        lines.push(format!("{}{}“{quote}”", words.source(), words.colon()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::fixture;

    #[test]
    fn it_asks_about_every_mismatch_and_accuses_nobody() {
        let opened = Opened::new(fixture::analysis());
        let text = letter(&opened, 0, &[], Kind::Inquiry, true).unwrap();
        let mismatches: Vec<_> =
            opened.finding_rows(0).into_iter().filter(|row| row.mark == crate::session::Mark::Mismatch).collect();
        assert!(!mismatches.is_empty());
        for row in &mismatches {
            assert!(text.contains(&row.title.zh) && text.contains(&row.title.en), "{text}");
        }
        for word in ["错误", "造假", "违规", "异常", "必须", "举报"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
        assert!(text.contains("〔姓名〕") && text.contains("读得不对"));
    }

    #[test]
    fn chosen_findings_alone_are_in_it() {
        let opened = Opened::new(fixture::analysis());
        let rows = opened.finding_rows(0);
        let text = letter(&opened, 0, &[rows[0].finding], Kind::Application, false).unwrap();
        assert!(text.contains(&rows[0].title.zh));
        for row in rows.iter().skip(1).filter(|row| row.title != rows[0].title) {
            assert!(!text.contains(&row.title.zh), "{}", row.title.zh);
        }
        assert!(text.contains("第二十七条"));
        assert!(!text.contains("English"));
    }

    #[test]
    fn nothing_to_ask_is_no_letter() {
        let mut analysis = fixture::analysis();
        analysis.findings.clear();
        assert_eq!(letter(&Opened::new(analysis), 0, &[], Kind::Inquiry, false), None);
        assert_eq!(letter(&Opened::default(), 3, &[], Kind::Inquiry, false), None);
    }
}
