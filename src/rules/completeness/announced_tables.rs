//! C01: a table that is announced is there.

use crate::disclosure::{Message, Status};
use crate::rules::sight;
use crate::rules::{Claim, Family, Instance, Rule, Scope, Severity};

/// a table that is announced is there
pub(in crate::rules) static RULE: Rule = Rule {
    id: "C01",
    title: ("目录列出的表都在正文里", "announced tables are there"),
    family: Family::Completeness,
    severity: Severity::Warning,
    basis: (
        "目录、表名清单和标题写明要公开的表，正文里应当有。",
        "What the contents page, a list of tables or a heading announces stands in the document.",
    ),
    explain: (
        "目录或标题里写了的表，正文里没有读到，可能是漏了，也可能表是一张图片、转成文字时丢了。请先看原文件。",
        "A table that is announced and was not found may be left out, or may be a picture that was lost when the file became text. Look at the original file first.",
    ),
    holds: "目录\n\n一、收支总表\n\n二、收入总表\n\n三、支出总表\n\n## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 95.50 |\n\
    | 二、其他收入 | 5.50 | | |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 一般公共预算 | 其他收入 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 90.00 | 5.50 |\n\
    | 301 | 某局 | 95.50 | 90.00 | 5.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 20.00 |\n\
    | 20501 | 教育管理事务 | 95.50 | 75.50 | 20.00 |\n\
    | 2050101 | 行政运行 | 95.50 | 75.50 | 20.00 |\n\
    \n",
    breaks: "目录\n\n一、收支总表\n\n二、收入总表\n\n三、支出总表\n\n## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 95.50 |\n\
    | 二、其他收入 | 5.50 | | |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 20.00 |\n\
    | 20501 | 教育管理事务 | 95.50 | 75.50 | 20.00 |\n\
    | 2050101 | 行政运行 | 95.50 | 75.50 | 20.00 |\n\
    \n",
    spared: "## 收支总表\n\n单位：万元\n\n\
    | 收入 | | 支出 | |\n|---|---|---|---|\n\
    | 项目 | 预算数 | 项目 | 预算数 |\n\
    | 一、一般公共预算拨款收入 | 90.00 | 一、教育支出 | 95.50 |\n\
    | 二、其他收入 | 5.50 | | |\n\
    | 收入总计 | 95.50 | 支出总计 | 95.50 |\n\
    \n## 收入总表\n\n单位：万元\n\n\
    | 单位编码 | 单位名称 | 合计 | 一般公共预算 | 其他收入 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 90.00 | 5.50 |\n\
    | 301 | 某局 | 95.50 | 90.00 | 5.50 |\n\
    \n## 支出总表\n\n单位：万元\n\n\
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n\
    | | 合计 | 95.50 | 75.50 | 20.00 |\n\
    | 205 | 教育支出 | 95.50 | 75.50 | 20.00 |\n\
    | 20501 | 教育管理事务 | 95.50 | 75.50 | 20.00 |\n\
    | 2050101 | 行政运行 | 95.50 | 75.50 | 20.00 |\n\
    \n",
    check,
};

fn check(scope: &Scope) -> Vec<Instance> {
    let pictures = sight::in_pictures(scope.disclosure());
    scope
        .tables()
        .map(|t| {
            let missing = t.table.status == Status::Missing;
            let name = sight::caption(t.table);
            let label = if missing {
                Message::new(
                    format!("“{}”只有名称，正文里没有读到这张表", name.zh),
                    format!("“{}” is announced, and the table was not found in the text", name.en),
                )
            } else {
                Message::new(format!("“{}”已公开", name.zh), format!("“{}” is there", name.en))
            };
            let claim = match &pictures {
                Some(why) if missing => Claim::NotCheckable { why: why.clone(), at: vec![t.whole()] },
                _ => Claim::Fact { holds: !missing, at: vec![t.whole()] },
            };
            Instance { label, claim }
        })
        .collect()
}
