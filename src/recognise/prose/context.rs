//! What words mean where they stand: the year that their sentence is of, the budget that is spoken of.

use super::figures::Figure;
use super::labels::{Fund, Label, fund};
use super::lists::Lists;
use super::paragraphs::Paragraph;
use super::reader::{Flow, Reader, Subject};
use super::splits::is_narrow;
use super::years::{Frame, opening};
use crate::disclosure::{Concept, Measure, StatementKind};

/// The year that a sentence is of stands in its first characters.
const LONGEST_OPENING: usize = 200;

/// Whether an amount is of a fund besides the general public budget.
fn is_of_other_fund(concept: &Concept) -> bool {
    let other = |measure: &Measure| matches!(measure, Measure::GovernmentFund | Measure::StateCapital);
    matches!(concept, Concept::Revenue(measure) | Concept::FundExpenditure(measure) if other(measure))
}

impl Reader<'_> {
    /// Which year the figures of a sentence are of, where their own words do not say: the one that the sentence, or else
    /// its heading, opens with.
    pub(super) fn frame(&self, paragraph: &Paragraph, figure: &Figure, label: &Label, flow: &mut Flow) -> Frame {
        let Some(own) = self.background.year else { return Frame::Own };
        let end = figure.from.min(flow.sentence.saturating_add(LONGEST_OPENING));
        if flow.opening.is_none() {
            flow.opening = Some(opening(paragraph.folded(flow.sentence, end), own));
        }
        match flow.opening.unwrap_or(Frame::Own) {
            Frame::SeveralYears => Frame::SeveralYears,
            _ if label.says_year => Frame::Own,
            Frame::Unsaid if self.heading_year => Frame::OtherYear,
            frame => frame,
        }
    }

    /// What a term means where it stands: 基本支出 below 一般公共预算 is of that budget alone, 上年结转 is the whole of it only
    /// where the whole is spoken of, 支出总计 below 财政拨款收支 is that of the appropriations.
    pub(super) fn in_context(
        &self,
        concept: Concept,
        own: Option<Fund>,
        lists: &Lists,
        subject: &Subject,
    ) -> Option<Concept> {
        let above = lists.head().or(subject.first).and_then(|at| self.at(at)).and_then(|s| s.concept.as_ref());
        let of_all = matches!(
            above,
            Some(Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget | Concept::FiscalTotal)
        );
        let head = lists.head().and_then(|at| self.at(at));
        let narrower = head.and_then(|s| s.concept.as_ref());
        let unclear = self.background.final_accounts && head.is_some_and(|s| s.kind == StatementKind::BudgetAmount);
        if matches!(concept, Concept::Expenditure(_) | Concept::FundExpenditure(_) | Concept::Revenue(_))
            && (unclear || narrower.is_some_and(is_narrow))
        {
            return None;
        }
        match concept {
            Concept::Expenditure(Measure::Basic | Measure::Project | Measure::Personnel | Measure::Public) => {
                let from_above = match above {
                    _ if of_all => Some(None),
                    Some(Concept::FundExpenditure(Measure::GeneralPublic) | Concept::GeneralPublic(_)) => {
                        Some(Some(Fund::GeneralPublic))
                    }
                    Some(Concept::FundExpenditure(_)) => Some(Some(Fund::Other)),
                    _ => None,
                };
                let Concept::Expenditure(measure) = concept else { return None };
                match own.or(from_above.unwrap_or_else(|| fund(&self.heading))) {
                    None => Some(Concept::Expenditure(measure)),
                    Some(Fund::GeneralPublic) => Some(Concept::GeneralPublic(measure)),
                    Some(Fund::Other) => None,
                }
            }
            // 政府性基金收入 70 万元，年初结转 2.5 万元，年末结转 6.5 万元: of the fund alone.
            Concept::Revenue(Measure::CarriedIn) | Concept::Expenditure(Measure::CarriedOut)
                if own.is_some() || fund(&self.heading) == Some(Fund::Other) || above.is_some_and(is_of_other_fund) =>
            {
                None
            }
            Concept::Revenue(Measure::CarriedIn) => {
                let of_revenue = of_all || matches!(above, Some(Concept::Revenue(_) | Concept::FundExpenditure(_)));
                (of_revenue || above.is_none() && self.heading.contains("收")).then_some(concept)
            }
            Concept::TotalRevenue | Concept::TotalExpenditure | Concept::TotalBudget => {
                let from_above = match above {
                    Some(Concept::FiscalTotal | Concept::Revenue(Measure::Fiscal)) => Some(Fund::GeneralPublic),
                    Some(Concept::FundExpenditure(_) | Concept::GeneralPublic(_)) if lists.head().is_none() => {
                        Some(Fund::Other)
                    }
                    _ => None,
                };
                let of_appropriations = self.heading.contains("财政拨款收") || self.heading.contains("财政拨款支出");
                // One side of the appropriations may be told without what was carried.
                let appropriations = (concept == Concept::TotalBudget).then_some(Concept::FiscalTotal);
                match own.or(from_above) {
                    _ if subject.appropriations && concept != Concept::TotalBudget => None,
                    Some(Fund::Other) => None,
                    Some(Fund::GeneralPublic) => appropriations,
                    None if of_appropriations => appropriations,
                    None if fund(&self.heading) == Some(Fund::Other) => None,
                    None => Some(concept),
                }
            }
            concept => Some(concept),
        }
    }
}
