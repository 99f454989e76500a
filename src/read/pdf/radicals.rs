//! Radicals to ideographs: fonts shared by Chinese and Japanese map one glyph to a radical and to a character, and some
//! exporters write the radical (⽀ U+2F40 for 支 U+652F). Table from the Unicode charts *CJK Radicals Supplement* and
//! *Kangxi Radicals*; compatibility decomposition alone leaves most of the supplement as it is.

/// First and last code point of the two blocks.
const BLOCKS: std::ops::RangeInclusive<char> = '\u{2E80}'..='\u{2FD5}';

/// The ideograph that looks like the radical `c`; any other character is itself.
pub(super) fn ideograph(c: char) -> char {
    if !BLOCKS.contains(&c) {
        return c;
    }
    let kangxi = u32::from(c).checked_sub(0x2F00).and_then(|n| KANGXI.chars().nth(n as usize));
    kangxi
        .or_else(|| {
            SUPPLEMENT.chars().zip(SUPPLEMENT.chars().skip(1)).step_by(2).find(|&(from, _)| from == c).map(|(_, to)| to)
        })
        .unwrap_or(c)
}

/// The 214 Kangxi radicals in order, from U+2F00.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾\
    干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生\
    用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷\
    豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
    黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The supplement: radical, ideograph, radical, ideograph…
const SUPPLEMENT: &str = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡\
    ⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳网⺴网⺶羊\
    ⺷羊⺸羊⺹耂⺺肀⺻肀⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑\
    ⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦\
    ⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_of_both_blocks_are_folded() {
        for (radical, ideograph_) in
            [('⽀', '支'), ('⼊', '入'), ('⼈', '人'), ('⻚', '页'), ('⻋', '车'), ('⿕', '龠')]
        {
            assert_eq!(ideograph(radical), ideograph_, "{radical}");
        }
        for same in ['支', 'A', '1', '⿰'] {
            assert_eq!(ideograph(same), same);
        }
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(SUPPLEMENT.chars().count() % 2, 0);
    }
}
