//! C07: “三公”经费 is split in three, vehicles in two.

use crate::disclosure::{Measure, Message, TableKind};
use crate::rules::sight::not_checkable;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// “三公”经费 is split in three, vehicles in two
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C07",
    title: ("“三公”经费分项列示", "the three public expenses are split"),
    family: Family::Completeness,
    severity: Severity::Info,
    basis: (
        "财预〔2016〕143号所列的公开表（据各地目录转引，未见原文）。",
        "The tables listed in 财预〔2016〕143号, cited from local catalogues; its own text was not read.",
    ),
    explain: (
        "“三公”经费要分出国、用车、接待三项，用车再分购置和运行。缺了分项，读者看不出钱花在哪里。",
        "The three public expenses are told apart, and vehicles are split in buying and running them.",
    ),
    holds: "## 一般公共预算“三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 |\n|---|---|---|---|---|---|\n\
    | | | 小计 | 公务用车购置费 | 公务用车运行费 | |\n\
    | 9.00 | 4.00 | 3.50 | | 3.50 | 1.50 |\n\
    \n",
    breaks: "## 一般公共预算“三公”经费支出表\n\n单位：万元\n\n\
    | “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |\n|---|---|---|---|\n\
    | 9.00 | 4.00 | 3.50 | 1.50 |\n\
    \n",
    spared: "## 一般公共预算“三公”经费支出表\n\n单位：万元\n\n\
    | 项目 | 预算数 |\n|---|---|\n\
    | 合计 | 9.00 |\n\
    | 1. 因公出国（境）费 | 4.00 |\n\
    | 2. 公务接待费 | 1.50 |\n\
    | 3. 公务用车购置及运行费 | 3.50 |\n\
    | （1）公务用车运行维护费 | 3.50 |\n\
    | （2）公务用车购置费 | |\n\
    \n",
    check,
};

const PARTS: [(Measure, &str, &str); 4] = [
    (Measure::Abroad, "因公出国（境）费", "trips abroad"),
    (Measure::VehiclePurchase, "公务用车购置费", "buying vehicles"),
    (Measure::VehicleRunning, "公务用车运行费", "running vehicles"),
    (Measure::Reception, "公务接待费", "receptions"),
];

fn check(scope: &Scope) -> Vec<Instance> {
    let mut found = Vec::new();
    for t in scope.present(TableKind::ThreePublic) {
        if t.table.rows.iter().any(|r| r.doubt.is_some()) {
            found.push(not_checkable(
                Message::new("“三公”经费分项列示", "the three public expenses are told apart"),
                vec![t.whole()],
                "读取存疑：表头可能没有读全",
                "reading doubtful: its header may be incomplete",
            ));
            continue;
        }
        let has = |measure: Measure| {
            t.table.columns.iter().any(|c| c.measure == Some(measure))
                || t.table.rows.iter().any(|r| r.measure == Some(measure))
        };
        let missing: Vec<(&str, &str)> =
            PARTS.iter().filter(|(measure, ..)| !has(*measure)).map(|&(_, zh, en)| (zh, en)).collect();
        let label = if missing.is_empty() {
            Message::new("“三公”经费分了出国、用车购置、用车运行和接待", "the three public expenses are told apart")
        } else {
            let (zh, en): (Vec<&str>, Vec<&str>) = missing.into_iter().unzip();
            Message::new(
                format!("“三公”经费表没有分列{}", zh.join("、")),
                format!("the three public expenses do not tell {}", en.join(", ")),
            )
        };
        let holds = PARTS.iter().all(|(measure, ..)| has(*measure));
        found.push(Instance { label, claim: Claim::Fact { holds, at: vec![t.whole()] } });
    }
    found
}
