//! The words that performance forms are filled in with: levels, sources, qualities, units. Open lists, from forms of
//! several provinces; [`super::vocabulary`] says what it costs that a text is in none of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::spelling::bit;

/// Words by their first character: most texts begin with no word's.
pub(super) struct Words {
    by_first: BTreeMap<char, Vec<&'static str>>,
    /// The first characters, each as one of 64 bits.
    firsts: u64,
}

impl Words {
    pub(super) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let mut by_first: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
        for word in words {
            if let Some(first) = word.chars().next() {
                by_first.entry(first).or_default().push(word);
            }
        }
        let firsts = by_first.keys().map(|first| bit(u32::from(*first))).fold(0, |all, bit| all | bit);
        Self { by_first, firsts }
    }

    /// The words that a text begins with, in the order of their list.
    pub(super) fn beginning<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        let first = text.chars().next().filter(|first| self.firsts & bit(u32::from(*first)) != 0);
        let beside = first.and_then(|first| self.by_first.get(&first));
        beside.into_iter().flatten().copied().filter(|word| text.starts_with(word))
    }

    /// Whether a text begins with one of the words.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.beginning(text).next().is_some()
    }

    /// Whether a text is one of the words.
    pub(super) fn contain(&self, text: &str) -> bool {
        self.beginning(text).any(|word| word.len() == text.len())
    }
}

/// [`LEVEL_1`] by first character.
pub(super) static FIRST_LEVELS: LazyLock<Words> = LazyLock::new(|| Words::new(LEVEL_1.iter().copied()));
/// [`LEVEL_2`] by first character.
pub(super) static SECOND_LEVELS: LazyLock<Words> = LazyLock::new(|| Words::new(LEVEL_2.iter().map(|(word, _)| *word)));
/// [`BASES`] by first character.
pub(super) static BASIS: LazyLock<Words> = LazyLock::new(|| Words::new(BASES.iter().copied()));
/// [`QUALITIES`] by first character.
pub(super) static QUALITY: LazyLock<Words> = LazyLock::new(|| Words::new(QUALITIES.iter().copied()));
/// [`UNITS`] by first character.
pub(super) static UNIT: LazyLock<Words> = LazyLock::new(|| Words::new(UNITS.iter().copied()));
/// [`BEFORE_FIGURE`] by first character.
pub(super) static LEADS: LazyLock<Words> = LazyLock::new(|| Words::new(BEFORE_FIGURE.iter().copied()));

/// The longest word of a level, in bytes; a test holds the lists to it.
pub(super) const LONGEST_WORD: usize = 36;
/// The longest word for a source or a quality, in bytes.
pub(super) const LONGEST_SHORT_WORD: usize = 15;

/// Words of the first level (一级指标), without 指标.
pub(super) const LEVEL_1: &[&str] = &[
    "产出",
    "效益",
    "满意度",
    "成本",
    "投入",
    "过程",
    "决策",
    "效果",
    "影响力",
    "管理",
    "管理效率",
    "履职效能",
    "履职效益",
    "社会效应",
    "运行成本",
    "可持续发展能力",
    "可持续性",
    "项目管理",
    "预算执行",
    "产出与效益",
    "服务对象满意度",
    "一般性支出情况",
];

/// Words of the second level (二级指标), without 指标, and the first level that each belongs to.
pub(super) const LEVEL_2: &[(&str, &str)] = &[
    ("数量", "产出"),
    ("质量", "产出"),
    ("时效", "产出"),
    ("成本", "产出"),
    ("产出数量", "产出"),
    ("产出质量", "产出"),
    ("产出时效", "产出"),
    ("产出成本", "产出"),
    ("公共服务", "产出"),
    ("公共管理", "产出"),
    ("公共产品", "产出"),
    ("经济成本", "成本"),
    ("社会成本", "成本"),
    ("生态环境成本", "成本"),
    ("生态成本", "成本"),
    ("环境成本", "成本"),
    ("经济效益", "效益"),
    ("社会效益", "效益"),
    ("生态效益", "效益"),
    ("环境效益", "效益"),
    ("生态环境效益", "效益"),
    ("可持续影响", "效益"),
    ("可持续发展", "效益"),
    ("可持续性", "效益"),
    ("可持续性影响", "效益"),
    ("可持续性发展", "效益"),
    ("可持续发展影响", "效益"),
    ("满意度", "满意度"),
    ("服务对象满意度", "满意度"),
    ("服务对象满意", "满意度"),
    ("受益对象满意度", "满意度"),
    ("社会公众或服务对象满意度", "满意度"),
    ("社会公众满意度", "满意度"),
    ("社会公众及服务对象满意度", "满意度"),
    ("企业满意度", "满意度"),
    ("群众满意度", "满意度"),
    ("公众满意度", "满意度"),
    ("帮扶对象满意度", "满意度"),
];

/// Words that say where a target comes from (指标值确定依据, 绩效标准).
pub(super) const BASES: &[&str] = &[
    "计划标准",
    "历史标准",
    "行业标准",
    "国家标准",
    "地方标准",
    "其他标准",
    "预算标准",
    "经验标准",
    "计划数据",
    "历史数据",
    "行业数据",
    "统计数据",
    "调查数据",
    "国家规定",
    "政策文件",
    "工作计划",
    "年度计划",
    "工作方案",
    "规划目标",
    "部门规划",
    "合同约定",
    "预算批复",
];

/// Words that stand as a whole value.
pub(super) const QUALITIES: &[&str] = &[
    "达标",
    "有效",
    "长期",
    "及时",
    "持续",
    "显著",
    "是",
    "否",
    "合规",
    "完成",
    "提升",
    "良好",
    "优秀",
    "优",
    "良",
    "中",
    "合格",
    "稳定",
    "促进",
    "助推",
    "保障",
    "下降",
    "降低",
    "提高",
    "增加",
    "增强",
    "加强",
    "改善",
    "明显",
    "较高",
    "较好",
    "满意",
    "基本满意",
    "非常满意",
    "有所提升",
    "有所提高",
    "进一步提升",
    "不断提升",
    "逐步提升",
    "明显改善",
    "有所改善",
    "长期有效",
    "有效保障",
    "按时完成",
    "及时完成",
    "无",
];

/// Words that short targets end with (`整合程度不断提升`, `车况良好`).
pub(super) const QUALITY_ENDS: &[&str] = &[
    "良好", "提高", "提升", "增强", "改善", "完成", "到位", "达标", "及时", "有效", "合格", "稳定", "满意", "正常",
    "覆盖", "保障", "加强", "增长", "优化", "运行", "准确", "规范", "健全", "完善", "显著", "明显", "下降", "减少",
];

/// Words that may stand in front of a figure.
pub(super) const BEFORE_FIGURE: &[&str] = &[
    "大于等于",
    "小于等于",
    "大于",
    "小于",
    "等于",
    "不低于",
    "不低",
    "不少于",
    "不高于",
    "不超过",
    "不大于",
    "不小于",
    "至少",
    "至多",
    "低于",
    "高于",
    "超过",
    "少于",
    "多于",
    "达到",
    "达",
    "约",
    "预计",
    "控制在",
    "增长",
    "下降",
    "减少",
    "同比增长",
    "完成",
    "每年",
    "全年",
    "前",
    "≥",
    "≤",
    "≧",
    "≦",
    "第",
];

/// Words that may end a figure with its unit.
pub(super) const AFTER_FIGURE: [&str; 9] = ["以上", "以下", "以内", "以", "左右", "之内", "及以上", "内", "前"];

/// Units of count and measure: a figure and the word after it are one cell.
pub(super) const UNITS: &[&str] = &[
    "个百分点",
    "个工作日",
    "平方公里",
    "平方米",
    "立方米",
    "万平方米",
    "工作日",
    "人次",
    "人天",
    "公里",
    "千米",
    "小时",
    "分钟",
    "万元",
    "亿元",
    "百万",
    "千元",
    "万人",
    "万吨",
    "万亩",
    "万辆",
    "万户",
    "场次",
    "户次",
    "人",
    "家",
    "个",
    "次",
    "元",
    "万",
    "亿",
    "户",
    "年",
    "月",
    "日",
    "天",
    "项",
    "期",
    "条",
    "件",
    "套",
    "台",
    "批",
    "份",
    "篇",
    "场",
    "座",
    "辆",
    "吨",
    "名",
    "处",
    "所",
    "只",
    "头",
    "亩",
    "部",
    "类",
    "页",
    "册",
    "起",
    "米",
    "分",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_the_bounds_say() {
        let levels = LEVEL_1.iter().chain(LEVEL_2.iter().map(|(word, _)| word));
        assert!(levels.copied().all(|word| word.len() <= LONGEST_WORD));
        assert!(BASES.iter().chain(QUALITIES).all(|word| word.len() <= LONGEST_SHORT_WORD));
    }
}
