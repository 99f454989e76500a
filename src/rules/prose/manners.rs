//! Prose in the manners of as many publishers, in words of our own: as written nothing is found in it, and the slip that
//! is made in it is.

use crate::explain::Finding;
use crate::rules::Severity;

/// One passage, and a slip: what is printed instead of what, and the rule that finds it.
struct Manner {
    /// Whose manner it is.
    of: &'static str,
    text: &'static str,
    slip: Option<(&'static str, &'static str, &'static str)>,
}

const MANNERS: [Manner; 37] = [
    Manner {
        of: "a province's bureau, budget: the whole of it",
        text: "# 某省林草局2024年部门预算\n\n一、收支总体情况\n\n按照综合预算的原则，本局所有收入和支出均纳入部门预算管理。2024年收支总预算 12,345.67 万元，\
               比上年预算数增加 345.67 万元，增长 2.88%，主要原因是新增国土绿化任务。\n",
        slip: Some(("增长 2.88%", "增长 2.80%", "N11")),
    },
    Manner {
        of: "a city's bureau, final accounts: both sides in one sentence",
        text: "# 某市水务局2023年度部门决算\n\n一、收入支出决算总体情况说明\n\n2023年度收、支总计均为 4,512.30 万元。与2022年度相比，收、支总计各减少 187.70 万元，下降 3.99%，\
               主要原因是河道整治项目完工。\n",
        slip: Some(("下降 3.99%", "下降 4.16%", "N11")),
    },
    Manner {
        of: "a county's bureau, final accounts: revenue with its shares",
        text: "# 某县教育局2023年度部门决算\n\n二、收入决算情况说明\n\n2023年度本年收入合计 1,860.40 万元，其中：财政拨款收入 1,800.40 万元，占 96.77%；事业收入 0 万元，占 0%；\
               其他收入 60.00 万元，占 3.23%。\n",
        slip: Some(("占 3.23%", "占 3.32%", "N13")),
    },
    Manner {
        of: "a township, budget: 三公 with brackets inside the list",
        text: "# 某镇人民政府2024年部门预算\n\n2024年“三公”经费预算 18.60 万元，其中：因公出国（境）费 0 万元；公务用车购置及运行维护费 12.40 万元（公务用车购置费 0 万元，\
               公务用车运行维护费 12.40 万元）；公务接待费 6.20 万元，与上年持平，主要用于上级调研接待。\n",
        slip: Some(("公务接待费 6.20", "公务接待费 6.02", "N03")),
    },
    Manner {
        of: "a university, budget: revenue of many sources",
        text: "# 某某大学2024年部门预算\n\n学校2024年收入预算 98,765.43 万元，其中：一般公共预算拨款收入 52,000.00 万元，事业收入 30,000.00 万元（含教育收费 26,000.00 万元），\
               其他收入 8,000.00 万元，上年结转 8,765.43 万元。较上年增加 1,240.06 万元，主要是在校生人数增加。\n",
        slip: Some(("上年结转 8,765.43", "上年结转 88,765.43", "N04")),
    },
    Manner {
        of: "a hospital, final accounts: expenditure with its shares",
        text: "# 某市第二人民医院2023年度决算\n\n三、支出决算情况说明\n\n2023年度支出合计 45,210.00 万元，其中：基本支出 40,000.00 万元，占 88.48%；项目支出 5,210.00 万元，占 11.52%；\
               经营支出 0 万元，占 0%。\n",
        slip: Some(("占 88.48%", "占 84.88%", "N13")),
    },
    Manner {
        of: "a court, budget: running costs",
        text: "# 某区人民法院2024年部门预算\n\n2024年机关运行经费财政拨款预算 321.45 万元，比2023年预算增加 11.45 万元，增长 3.69%，主要原因：一是办案量增加；二是物业管理费按合同调增。\n",
        slip: Some(("增加 11.45", "增加 14.15", "N11")),
    },
    Manner {
        of: "a procuratorate, final accounts: procurement and what small firms had of it",
        text: "# 某县人民检察院2023年度部门决算\n\n2023年度政府采购支出总额 286.40 万元，其中：政府采购货物支出 120.10 万元、政府采购工程支出 0 万元、政府采购服务支出 166.30 万元。\
               授予中小企业合同金额 257.76 万元，占政府采购支出总额的 90%，其中：授予小微企业合同金额 200.00 万元，占授予中小企业合同金额的 77.59%。\n",
        slip: Some(("服务支出 166.30", "服务支出 163.30", "N03")),
    },
    Manner {
        of: "a province's department, final accounts: what it owns",
        text: "# 某省商务厅2023年度部门决算\n\n截至2023年12月31日，本部门共有车辆 12 辆，其中，副部（省）级及以上领导用车 0 辆、主要领导干部用车 2 辆、机要通信用车 1 辆、应急保障用车 3 辆、\
               执法执勤用车 5 辆、特种专业技术用车 0 辆、离退休干部用车 0 辆、其他用车 1 辆；单位价值 100 万元（含）以上设备（不含车辆） 3 台（套）。\n",
        slip: Some(("共有车辆 12 辆", "共有车辆 11 辆", "N16")),
    },
    Manner {
        of: "a city's office, budget: each 三公 item with its reason",
        text: "# 某市外事办公室2024年部门预算\n\n1.因公出国（境）费支出预算 8.00 万元，比上年增加 3.00 万元，增长 60.00%，主要原因是恢复出访计划。2.公务接待费预算 4.50 万元，比上年减少 0.50 万元，\
               下降 10.00%，主要原因是严格控制陪餐人数。3.公务用车购置及运行维护费预算 0 万元，与上年持平，主要原因是本单位无公务用车。\n",
        slip: Some(("增长 60.00%", "增长 37.50%", "N11")),
    },
    Manner {
        of: "a bureau, final accounts: its own judgement of performance",
        text: "# 某县农业农村局2023年度部门决算\n\n2023年度部门整体支出绩效自评得分 95.5 分，评价等级为优。全年预算数 1,250.00 万元，执行数 1,187.50 万元，完成预算的 95%。主要产出和效果：\
               一是建成高标准农田 1.2 万亩；二是培训农民 560 人次。发现的主要问题及原因：部分项目进度偏慢。下一步改进措施：提前谋划。\n",
        slip: None,
    },
    Manner {
        of: "a centre, final accounts: basic expenditure and what it is for",
        text: "# 某市疾控中心2023年度单位决算\n\n2023年度一般公共预算财政拨款基本支出 912.60 万元，其中：人员经费 830.20 万元，主要包括基本工资、津贴补贴、奖金；公用经费 82.40 万元，\
               主要包括办公费、印刷费、水费、电费。\n",
        slip: Some(("公用经费 82.40", "公用经费 84.20", "N03")),
    },
    Manner {
        of: "a bureau, final accounts: budget and accounts of 三公 side by side",
        text: "# 某县审计局2023年度部门决算\n\n2023年度“三公”经费财政拨款支出预算为 20.00 万元，支出决算为 15.30 万元，完成预算的 76.50%，决算数小于预算数的主要原因是厉行节约。\
               其中：因公出国（境）费支出决算为 0 万元，占 0%；公务用车购置及运行费支出决算为 9.18 万元，占 60%；公务接待费支出决算为 6.12 万元，占 40%。\n",
        slip: None,
    },
    Manner {
        of: "a sub-district, budget: both sides of one total",
        text: "# 某街道办事处2024年部门预算\n\n2024年收入预算总额 3,200.00 万元，比上年增加 200.00 万元，增长 6.67%。2024年支出预算总额 3,200.00 万元，比上年增加 200.00 万元，增长 6.67%。\n",
        slip: Some(("支出预算总额 3,200.00", "支出预算总额 3,020.00", "N11")),
    },
    Manner {
        of: "a government office, final accounts: item by item with the year's first budget",
        text: "# 某县人民政府办公室2023年度部门决算\n\n1.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）。年初预算为 500.00 万元，支出决算为 520.00 万元，完成年初预算的 104%。\
               决算数大于年初预算数的主要原因是人员增加。2.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）机关服务（项）。年初预算为 0 万元，支出决算为 12.00 万元。\n",
        slip: None,
    },
    Manner {
        of: "a bureau, budget: services that are bought",
        text: "# 某市民政局2024年部门预算\n\n2024年政府购买服务预算支出合计 60.00 万元。其中：政府履职所需辅助性服务 45.00 万元、公共服务 15.00 万元。\n",
        slip: None,
    },
    Manner {
        of: "a police bureau, budget: a project and what it buys",
        text: "# 某县公安局2024年部门预算\n\n辅警及办案项目支出 860.00 万元，其中：办案业务费 420.00 万元、信息化运维 240.00 万元、陪护人员补助 200.00 万元。\n",
        slip: Some(("信息化运维 240.00", "信息化运维 204.00", "N05")),
    },
    Manner {
        of: "a county's bureau, budget: appropriations of several funds",
        text: "# 某县住建局2024年部门预算\n\n四、财政拨款收支预算总体情况\n\n2024年财政拨款收支总预算 2,400.00 万元。收入包括：一般公共预算当年拨款收入 2,250.00 万元、政府性基金预算拨款收入 100.00 万元、\
               上年结转 50.00 万元。支出包括：社会保障和就业支出 150.00 万元、卫生健康支出 50.00 万元、城乡社区支出 2,200.00 万元。\n",
        slip: Some(("拨款收入 100.00", "拨款收入 1,000.00", "N04")),
    },
    Manner {
        of: "a ministry's office, budget: several amounts after one 分别为",
        text: "# 某部机关服务局2024年单位预算\n\n2024年“三公”经费预算 15.00 万元。因公出国（境）费、公务用车购置及运行费、公务接待费分别为 3.00 万元、10.00 万元、2.00 万元，\
               与2023年预算基本持平。\n",
        slip: None,
    },
    Manner {
        of: "a school district's office, final accounts in 元",
        text: "# 某区招生办公室2023年度单位决算\n\n2023年度机关运行经费支出 1,234,567.89 元，比2022年度减少 65,432.11 元，降低 5.03%，主要原因是压减一般性支出。\n",
        slip: Some(("降低 5.03%", "降低 5.30%", "N11")),
    },
    Manner {
        of: "a county's bureau, final accounts: how much of the budget was carried out, item by item",
        text: "# 某县林业局2023年度部门决算\n\n五、一般公共预算财政拨款支出决算情况说明\n\n2023年度财政拨款支出年初预算为 1,250.00 万元，支出决算为 1,187.50 万元，完成年初预算的 95%。其中：\n\n\
               1.农林水支出（类）林业和草原（款）行政运行（项）。\n\n年初预算为 640.00 万元，支出决算为 652.80 万元，完成年初预算的 102%，决算数大于年初预算数的主要原因是人员增资。\n\n\
               2.住房保障（类）住房改革（款）住房公积金（项）支出。年初预算为 0 万元，支出决算为 3.20 万元，决算数大于年初预算数的主要原因是年中追加。\n",
        slip: Some(("支出决算为 652.80", "支出决算为 625.80", "N30")),
    },
    Manner {
        of: "a district's bureau, final accounts: the year's budget beside the initial one",
        text: "# 某区商务局2023年度部门决算\n\n一般公共预算财政拨款支出年初预算为 300.00 万元，全年预算为 360.00 万元，支出决算为 351.00 万元，完成全年预算的 97.50%。\n",
        slip: Some(("完成全年预算的 97.50%", "完成全年预算的 95.70%", "N30")),
    },
    Manner {
        of: "a city's bureau, final accounts: 三公 against its budget",
        text: "# 某市文旅局2023年度部门决算\n\n2023年度“三公”经费财政拨款支出预算为 12.00 万元，支出决算为 9.06 万元，完成预算的 75.5%，其中：因公出国（境）费支出决算为 0 万元，完成预算的 0%；\
               公务用车购置及运行费支出决算为 8.00 万元，完成预算的 80%；公务接待费支出决算为 1.06 万元，完成预算的 53%。\n",
        slip: Some(("完成预算的 75.5%", "完成预算的 57.5%", "N30")),
    },
    Manner {
        of: "a town's office, final accounts: the rate by its name",
        text: "# 某镇人民政府2023年度部门决算\n\n公务用车运行维护费年初预算数 6.00 万元，决算数 5.40 万元，预算完成率 90%，较上年决算减少 0.60 万元，下降 10%。\n",
        slip: Some(("决算数 5.40", "决算数 5.04", "N30")),
    },
    Manner {
        of: "a bureau, budget: last year's execution told in the plan",
        text: "# 某县民政局2024年部门预算\n\n2023年预算执行情况：全年预算 820.00 万元，实际支出 795.40 万元，完成预算的 97%。\n",
        slip: None,
    },
    Manner {
        of: "a university, final accounts: shares of the total that was just spoken of",
        text: "# 某某学院2023年度部门决算\n\n学校2023年度支出总计 5,000.00 万元。\n\n学校2023年度财政拨款支出总计为 2,000.00 万元，其中基本支出 1,500.00 万元，占总支出的 75%；项目支出 500.00 万元，占总支出的 25%。\n",
        slip: None,
    },
    Manner {
        of: "a bureau, final accounts: scores of several projects",
        text: "# 某市信访局2023年度部门决算\n\n信访接待项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为 94.7 分。\n\n培训项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为 98.0 分。\n",
        slip: None,
    },
    Manner {
        of: "a department, budget: one class in two funds",
        text: "# 某市交通局2024年部门预算\n\n三、一般公共预算支出情况\n\n城乡社区（类）支出 226.00 万元，主要用于道路养护。\n\n五、政府性基金预算支出情况\n\n\
               城乡社区（类）支出 211.00 万元，主要用于轨道建设。\n\n## 收支总表\n\n单位：万元\n\n\
               | 收入 | | 支出 | |\n|---|---|---|---|\n| 项目 | 预算数 | 项目 | 预算数 |\n\
               | 一、一般公共预算拨款收入 | 226.00 | 一、城乡社区支出 | 437.00 |\n| 二、政府性基金预算拨款收入 | 211.00 | | |\n\
               | 收入总计 | 437.00 | 支出总计 | 437.00 |\n",
        slip: None,
    },
    Manner {
        of: "a university, budget: shares of a total that has no name of its own",
        text: "# 某某大学2024年部门预算\n\n学校2024年总收入 4,000.00 万元。\n\n学校收入预算合计（含结转）5,000.00 万元，其中：财政拨款收入 3,000.00 万元，占总收入的 60%；\
               事业收入 1,500.00 万元，占总收入的 30%；其他收入 250.00 万元，占总收入的 5%；上年结转 250.00 万元，占总收入的 5%。\n",
        slip: None,
    },
    Manner {
        of: "a department with its centre, budget: kinds of the office alone",
        text: "# 某市外办2024年部门预算\n\n2024年支出预算 90.00 万元。其中：本级基本支出 40.00 万元，项目支出 20.00 万元。\n\n## 支出总表\n\n单位：万元\n\n\
               | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 90.00 | 55.00 | 35.00 |\n\
               | 201 | 一般公共服务支出 | 90.00 | 55.00 | 35.00 |\n",
        slip: None,
    },
    Manner {
        of: "a district's bureau, budget: this year's appropriation, beside a table with what was carried in",
        text: "# 某区外办2024年部门预算\n\n五、一般公共预算当年拨款情况\n\n2024年一般公共预算拨款合计 60.00 万元，其中：基本支出 55.00 万元，比上年增加 5 万元。主要原因是：增资。项目支出 5.00 万元，与上年持平。\n\n\
               ## 收支总表\n\n单位：万元\n\n| 收入 | | 支出 | |\n|---|---|---|---|\n| 项目 | 预算数 | 项目 | 预算数 |\n\
               | 一、一般公共预算拨款收入 | 60.00 | 一、一般公共服务支出 | 90.00 |\n| 本年收入合计 | 60.00 | 本年支出合计 | 90.00 |\n\
               | 上年结转 | 30.00 | | |\n| 收入总计 | 90.00 | 支出总计 | 90.00 |\n\n## 一般公共预算支出表\n\n单位：万元\n\n\
               | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 合计 | 90.00 | 55.00 | 35.00 |\n\
               | 201 | 一般公共服务支出 | 90.00 | 55.00 | 35.00 |\n",
        slip: Some(("项目支出 5.00 万元", "项目支出 6.00 万元", "N01")),
    },
    Manner {
        of: "a province's office, final accounts: a fund's balances beside those of all money",
        text: "# 某省外办2023年度部门决算\n\n七、政府性基金预算财政拨款收入支出决算情况说明\n\n2023年度政府性基金预算财政拨款收入 7.00 万元，年初结转和结余 2.50 万元，支出 6.00 万元，年末结转和结余 3.50 万元。\n\n\
               ## 收入支出决算总表\n\n单位：万元\n\n| 收入 | | 支出 | |\n|---|---|---|---|\n| 项目 | 决算数 | 项目 | 决算数 |\n\
               | 一、一般公共预算财政拨款收入 | 60.00 | 一、一般公共服务支出 | 61.00 |\n| 二、政府性基金预算财政拨款收入 | 7.00 | 二、城乡社区支出 | 6.00 |\n\
               | 本年收入合计 | 67.00 | 本年支出合计 | 67.00 |\n| 年初结转和结余 | 12.50 | 年末结转和结余 | 12.50 |\n| 总计 | 79.50 | 总计 | 79.50 |\n",
        slip: None,
    },
    Manner {
        of: "a ministry's office, budget: what the sources are, and what is spent, in one paragraph",
        text: "# 某部办公厅2024年部门预算\n\n2024年财政拨款收支总预算 20.00 万元。收入包括：一般公共预算当年拨款收入 13.00 万元、上年结转 2.00 万元；政府性基金预算当年拨款收入 5.00 万元。\
               支出包括：一般公共服务支出 9.00 万元、社会保障和就业支出 6.00 万元、城乡社区支出 5.00 万元。\n",
        slip: None,
    },
    Manner {
        of: "a county's court, final accounts without tables: totals with and without what was carried in, what costs are used for",
        text: "# 某县人民法院2024年度部门决算\n\n一、收入支出决算总体情况说明\n\n2024年度收入总计 2,318.42 万元，支出总计 2,318.42 万元。与2023年度相比，收入总计、支出总计各减少 201.50 万元，下降 8.00%，主要原因是装备购置减少。\n\n\
               二、收入决算情况说明\n\n本年收入合计 2,286.10 万元，其中：财政拨款收入 2,150.10 万元，占 94.05%；其他收入 136.00 万元，占 5.95%。\n\n\
               三、支出决算情况说明\n\n本年支出合计 2,301.77 万元，其中：基本支出 1,801.77 万元，占 78.28%；项目支出 500.00 万元，占 21.72%。\n\n\
               四、机关运行经费支出情况说明\n\n2024年度机关运行经费支出 210.40 万元，主要用于开支办公费 35.20 万元、印刷费 10.00 万元、差旅费 65.20 万元等，机关运行经费较上年决算数增加 10.40 万元，增长 5.20%。\n",
        slip: Some(("增长 5.20%", "增长 2.50%", "N11")),
    },
    Manner {
        of: "a university, final accounts: what is carried in within the total, the rates of execution by class",
        text: "# 某大学2022年度部门决算\n\n一、收入决算情况说明\n\n本校2022年度收入总计 98,765.40 万元，其中年初结转和结余 12,000.40 万元，较2021年增加 5,000.00 万元，增长 5.33%；本年收入合计 86,765.00 万元，较2021年增加 3,000.00 万元，增长 3.58%。\n\n\
               本年收入的具体构成为：财政拨款收入 45,000.00 万元，占 51.86%；事业收入 38,000.00 万元，占 43.80%；经营收入 0 万元，占 0%；其他收入 3,765.00 万元，占 4.34%。\n\n\
               二、支出决算情况说明\n\n本校2022年度支出总计 98,765.40 万元，其中本年支出合计 85,000.00 万元，较2021年增加 1,000.00 万元，增长 1.19%；年末结转和结余 13,765.40 万元，较2021年增加 1,765.00 万元，增长 14.71%。\n\n\
               三、财政拨款支出决算情况说明\n\n2022年度财政拨款本年支出年初预算数为 40,000.00 万元，决算数为 44,000.00 万元，完成年初预算的 110.00%。其中：\n\n（一）教育支出年初预算数为 38,000.00 万元，决算数为 41,800.00 万元，完成年初预算的 110%。\n\n\
               （二）社会保障和就业支出年初预算数为 2,000.00 万元，决算数为 2,200.00 万元，完成年初预算的 110%。\n",
        slip: Some(("增长 14.71%", "增长 17.41%", "N11")),
    },
    Manner {
        of: "a city's testing centre, final accounts: clauses without an amount between the changes",
        text: "# 某市检测中心2020年度部门决算\n\n2020年度“三公”经费支出决算 6.20 万元，比上年增加 1.30 万元，增长 26.53%。其中，因公出国（境）费支出决算比预算无增减变化，比上年无增减变化；公务用车运行维护费支出决算比预算无增减变化，比上年增加 0.90 万元，增长 31.03%；公务接待费支出决算比预算无增减变化，比上年增加 0.40 万元，增长 20%。\n",
        slip: Some(("增长 26.53%", "增长 23.65%", "N11")),
    },
    Manner {
        of: "a street's office, final accounts: which of budget and accounts is larger, and rates of parts without their budgets",
        text: "# 某街道2025年度部门决算\n\n普查活动（项）200.18 万元，主要用于普查。年初预算为 256 万元，支出决算为 200.18 万元，完成年初预算的 78.20%。决算数小于预算数的主要原因：年中调减。\n\n\
               死亡抚恤（项）年初预算为 0 元，支出决算为 177.17 万元，决算数大于预算数的主要原因：年中新增。\n\n\
               “三公”经费支出年初预算为 21.00 万元，支出决算为 16.95 万元，完成预算的 80.71%，其中：因公出国（境）费决算为 0.00 万元，完成预算的 0.00%；公务用车购置及运行维护费支出决算为 16.95 万元，完成预算的 82.68%。\n",
        slip: Some(("决算数小于预算数", "决算数大于预算数", "N31")),
    },
];

fn found(text: &str) -> Vec<Finding> {
    let mut found = crate::run(&[("passage.md".to_owned(), text.as_bytes().to_vec())]).findings;
    found.retain(|finding| finding.severity <= Severity::Warning && finding.rule.starts_with('N'));
    found
}

#[test]
fn nothing_is_found_in_passages_that_tie() {
    for Manner { of, text, .. } in &MANNERS {
        let found = found(text);
        assert!(found.is_empty(), "{of}: {found:#?}");
    }
}

/// A score of each project is its own: not even worth a hint.
#[test]
fn scores_of_several_projects_are_not_held_against_each_other() {
    let text = MANNERS.iter().find(|manner| manner.of.contains("scores")).map(|manner| manner.text).unwrap();
    let findings = crate::run(&[("passage.md".to_owned(), text.as_bytes().to_vec())]).findings;
    assert!(!findings.iter().any(|finding| finding.rule == "N25"), "{findings:#?}");
}

#[test]
fn a_slip_in_them_is_found() {
    for Manner { of, text, slip } in &MANNERS {
        let Some((printed, instead, rule)) = slip else { continue };
        let slipped = text.replacen(printed, instead, 1);
        assert_ne!(slipped, *text, "{of}");
        let found = found(&slipped);
        assert!(found.iter().any(|finding| finding.rule == *rule), "{of}: {found:#?}");
    }
}
