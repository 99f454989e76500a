//! Blocks of words in running text: tasks and goals item by item, duties as a whole.

use super::build::Words;
use super::flow::{Found, Gap, Piece, begins_item, joined};

/// The items of a block of words: tasks and goals one by one, anything else as a whole.
pub(super) fn items(label: &str, body: &[Piece]) -> Vec<Words> {
    if body.is_empty() {
        return Vec::new();
    }
    let listed = label.contains("任务") || label.contains("目标") || label == "整体绩效";
    if !listed {
        return vec![whole(label, body)];
    }
    // 长期目标（截止…） and 年度目标 are printed side by side, their texts one after the other.
    let mut groups: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(piece) = body.get(at) {
        let head = piece.text.split(['（', '(']).next().unwrap_or_default();
        if matches!(head, "长期目标" | "中长期目标" | "中期目标" | "年度目标" | "总体目标") {
            let mut name = piece.text.clone();
            at += 1;
            while name.matches(['（', '(']).count() > name.matches(['）', ')']).count() {
                let Some(next) = body.get(at).filter(|_| name.chars().count() < 24) else { break };
                name.push_str(&next.text);
                at += 1;
            }
            groups.push(name);
        } else if label == "整体绩效"
            && matches!(piece.text.as_str(), "总目标" | "目标" | "总体目标")
            && !starts_goal(body, at)
        {
            at += 1;
        } else {
            break;
        }
    }
    let body = &body[at..];
    let mut starts: Vec<usize> = (0..body.len())
        .filter(|at| body[*at].gap != Gap::Space && begins_item(&body[*at].text) || *at == 0 || starts_goal(body, *at))
        .collect();
    starts.dedup();
    if starts.len() < 2 && groups.len() < 2 {
        return vec![whole(label, body)];
    }
    let mut items = Vec::new();
    let mut group = 0;
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(body.len());
        let Found { text, place, end, .. } = joined(&body[*start..end]);
        let (name, text) = item_label(&text);
        if index > 0 && name.as_deref().is_some_and(|name| number(name) == Some(1)) && group + 1 < groups.len() {
            group += 1;
        }
        let path = groups.get(group).cloned().into_iter().collect();
        let name = name.or_else(|| (starts.len() < 2).then(|| label.to_owned()));
        items.push(Words { name, path, text: Found { text: text.into(), place, end, doubt: None } });
    }
    items
}

/// `目标 1：` in two words.
fn starts_goal(body: &[Piece], at: usize) -> bool {
    body[at].gap != Gap::Space
        && body[at].text == "目标"
        && body.get(at + 1).is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()))
}

fn whole(label: &str, body: &[Piece]) -> Words {
    Words { name: Some(label.to_owned()), path: Vec::new(), text: joined(body) }
}

/// The number that an item begins with, apart from its text: `1.`, `目标2：`.
fn item_label(text: &str) -> (Option<String>, String) {
    let head = if text.starts_with("目标") { "目标".len() } else { 0 };
    let rest = &text[head..];
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let mark = rest[digits..].chars().next();
    match mark {
        Some(mark) if digits > 0 && "、.．：:".contains(mark) => {
            let end = head + digits + mark.len_utf8();
            (Some(text[..end].to_owned()), text[end..].trim().to_owned())
        }
        _ => (None, text.to_owned()),
    }
}

fn number(label: &str) -> Option<u32> {
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}
