//! Temporary: reads a seed and dumps tables as JSON.
use super::*;
use crate::document::Block;

fn is_title(text: &str) -> bool {
    let t: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let t = t.trim_end_matches(|c: char| c.is_ascii_digit());
    let t = t.split('（').next().unwrap_or(t);
    t.chars().count() < 40 && (t.ends_with("绩效目标表") || t.ends_with("绩效目标申报表")) && !t.contains(['：', '、'])
}

#[test]
fn dump() {
    let Ok(path) = std::env::var("SEED") else { return };
    let bytes = std::fs::read(&path).unwrap();
    let document = crate::read::read(&path, &bytes).unwrap();
    let mut strips: Vec<(Strip, String)> = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Heading { line, .. } => strips.push((Strip::Stop, line.text.clone())),
            Block::Text(lines) => strips.extend(lines.iter().map(|l| (Strip::Line(l), l.text.clone()))),
            Block::Grid(g) => strips.extend((0..g.rows.len()).map(|r| {
                let f: Vec<_> = g.rows[r].cells.iter().filter(|c| !c.text.trim().is_empty()).collect();
                (Strip::Row(g, r), if f.len() == 1 { f[0].text.clone() } else { String::new() })
            })),
            Block::Image { .. } => strips.push((Strip::Stop, String::new())),
        }
    }
    let mut tables = Vec::new();
    let mut at = 0;
    while at < strips.len() {
        if !is_title(&strips[at].1) { at += 1; continue; }
        let mut end = at + 1;
        while end < strips.len() && !is_title(&strips[end].1) && !strips[end].1.starts_with('第') && !matches!(strips[end].0, Strip::Stop) { end += 1; }
        let title = vocabulary::tidy(&strips[at].1);
        let mut form = Form { kind: build::kind_of(&title, TableKind::PerformanceProject), title, number: None, unit: Some(Unit::TenThousand), fields: vec![], goal: None };
        let mut output = Output::default();
        let body: Vec<Strip> = strips[at + 1..end].iter().map(|s| s.0).collect();
        read(&body, 0, &mut form, &mut output);
        for n in &output.notes { eprintln!("NOTE {} {:?}", n.message.zh, n.place); }
        for (i, _) in body.iter().enumerate() { if !output.used.contains(&i) { eprintln!("UNUSED {}", strips[at + 1 + i].1.chars().take(30).collect::<String>()); } }
        eprintln!("fields left {:?}", form.fields);
        tables.extend(output.tables);
        at = end;
    }
    std::fs::write(std::env::var("OUT").unwrap(), serde_json::to_string(&tables).unwrap()).unwrap();
}
