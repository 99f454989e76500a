//! C: is everything there that must be.

pub(super) mod announced_tables;
pub(super) mod economic_groups;
pub(super) mod eight_tables;
pub(super) mod empty_table_data;
pub(super) mod empty_table_note;
pub(super) mod function_items;
pub(super) mod three_public_split;

#[cfg(test)]
mod tests {
    use crate::rules::judge::{self, Outcome};
    use crate::rules::{Facts, Rule};

    /// What the rule says of the tables of its own example that breaks, with these pages as pictures.
    fn absent(rule: &Rule, picture_pages: Vec<u32>) -> (Outcome, String) {
        let document = crate::read::read("example.md", rule.breaks.as_bytes()).unwrap();
        let disclosures = [crate::disclosure::Disclosure { picture_pages, ..crate::recognise::recognise(&document) }];
        let instances = (rule.check)(&Facts::new(&disclosures).scope(0));
        let judged = instances.iter().map(|instance| judge::judge(&disclosures, &instance.claim));
        let mut said = judged.filter(|verdict| verdict.outcome != Outcome::Pass).map(|verdict| {
            let why = verdict.why.map(|why| why.zh).unwrap_or_default();
            (verdict.outcome, why)
        });
        said.next_back().unwrap()
    }

    #[test]
    fn a_table_that_may_be_in_a_picture_is_not_missing() {
        for rule in [&super::announced_tables::RULE, &super::eight_tables::RULE] {
            assert_eq!(absent(rule, Vec::new()).0, Outcome::Fail, "{}", rule.id);
            assert_eq!(absent(rule, vec![1]).0, Outcome::Fail, "{}: a cover holds no table", rule.id);
            let (outcome, why) = absent(rule, vec![1, 3, 4, 5]);
            assert_eq!(outcome, Outcome::NotCheckable, "{}", rule.id);
            assert!(why.contains("第 3–5 页是图片，未能核对"), "{why}");
        }
    }
}
