//! The list of many documents as comma-separated values: what the page saves of a folder.

use super::records::written;
use crate::disclosure::Message;
use crate::session::{Many, ManyState};
use crate::words::Words;

/// The list of many documents as it is sorted and filtered: a line each, with a byte order mark.
pub(crate) fn csv(many: &Many, words: Words) -> Vec<u8> {
    let header = [
        words.many_unit(),
        words.many_year(),
        words.many_verdict(),
        words.many_total(),
        words.col_unit(),
        words.many_coverage(),
        words.count_fail(),
        words.many_file(),
    ];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    for row in many.shown().into_iter().filter_map(|index| many.rows().get(index)) {
        records.push(match row.survey() {
            Some(survey) => {
                let said: String = words.headline(survey.headline).into_iter().map(|(_, line)| line).collect();
                let (total, unit) = survey.total.clone().map_or_else(Default::default, |(figure, unit)| {
                    let plain: String = figure.chars().filter(|c| *c != ',').collect();
                    (plain.replace('\u{2212}', "-"), unit.map(|unit| words.unit(unit).to_owned()).unwrap_or_default())
                });
                vec![
                    survey.unit_name.clone().unwrap_or_default(),
                    words.year_and_stage(survey.year, survey.stage),
                    said,
                    total,
                    unit,
                    survey.counts.compared().to_string(),
                    survey.counts.mismatches.to_string(),
                    row.path.clone(),
                ]
            }
            None => {
                let said = match &row.state {
                    ManyState::Failed(why) => words.of(&Message::new(why.message.clone(), why.message_en.clone())),
                    ManyState::Locked => words.many_locked().to_owned(),
                    ManyState::Stopped => words.many_stopped().to_owned(),
                    _ => words.many_waiting().to_owned(),
                };
                let blank = String::new;
                vec![blank(), blank(), said, blank(), blank(), blank(), blank(), row.path.clone()]
            }
        });
    }
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(written(&records));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Opened;

    #[test]
    fn a_list_of_many_is_a_line_each_and_runs_nothing() {
        let mut list = Many::new("夹".to_owned(), ["=1+1.md".to_owned(), "b.md".to_owned()]);
        let opened =
            Opened::new(crate::run(&[("b.md".to_owned(), include_bytes!("../../tests/browser/budget.md").to_vec())]));
        list.set(1, ManyState::Read(crate::session::Survey::of(&opened)));
        let text = String::from_utf8(csv(&list, Words(crate::words::Language::Chinese))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines[1].starts_with("某市数据局,2025 年预算,") && lines[1].contains(",1300.00,万元,"), "{text}");
        assert!(lines[2].ends_with("'=1+1.md"), "{text}");
    }
}
