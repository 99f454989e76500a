//! The little TeX that converters leave in Markdown (`$\geq 90\%$`): figures with a sign, not formulas.

/// Deepest braces that are followed; converters write three at most.
const MAX_DEPTH: usize = 8;

/// Commands and the characters they print.
const COMMANDS: &[(&str, &str)] = &[
    ("geq", "≥"),
    ("ge", "≥"),
    ("geqslant", "≥"),
    ("geqq", "≥"),
    ("leq", "≤"),
    ("le", "≤"),
    ("leqslant", "≤"),
    ("leqq", "≤"),
    ("gt", ">"),
    ("lt", "<"),
    ("neq", "≠"),
    ("ne", "≠"),
    ("approx", "≈"),
    ("equiv", "≡"),
    ("times", "×"),
    ("div", "÷"),
    ("pm", "±"),
    ("cdot", "·"),
    ("ast", "*"),
    ("sim", "~"),
    ("thicksim", "~"),
    ("rightarrow", "→"),
    ("to", "→"),
    ("leftarrow", "←"),
    ("uparrow", "↑"),
    ("downarrow", "↓"),
    ("circ", "°"),
    ("degree", "°"),
    ("triangle", "△"),
    ("Delta", "Δ"),
    ("bigcirc", "○"),
    ("square", "□"),
    ("Box", "□"),
    ("checkmark", "√"),
    ("surd", "√"),
    ("bullet", "•"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdots", "…"),
    ("sum", "∑"),
    ("infty", "∞"),
    ("prime", "′"),
    ("mid", "|"),
    ("quad", " "),
    ("qquad", " "),
    ("left", ""),
    ("right", ""),
    ("displaystyle", ""),
];

/// Commands that only set how their argument looks.
const FONTS: &[&str] = &[
    "text",
    "textbf",
    "textit",
    "textrm",
    "mathrm",
    "mathbf",
    "mathit",
    "mathsf",
    "boldsymbol",
    "bf",
    "rm",
    "bm",
    "mbox",
    "operatorname",
    "underline",
    "overline",
];

/// What a formula prints; `None` where it holds a command that is not known, so that it is shown as it stands.
/// Blanks print nothing, as in TeX: converters set them between digits.
pub(super) fn printed(formula: &str) -> Option<String> {
    let mut out = String::with_capacity(formula.len());
    let mut depth = 0;
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..)?;
        rest = match c {
            '\\' => command(after, &mut out)?,
            '{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return None;
                }
                after
            }
            '}' if depth == 0 => return None,
            '}' => {
                depth -= 1;
                after
            }
            '^' => raised(after, &mut out)?,
            // A lowered letter is a name that TeX broke; nothing of it is a figure we may join.
            '_' => return None,
            ' ' | '&' => after,
            '~' => {
                out.push(' ');
                after
            }
            _ => {
                out.push(c);
                after
            }
        };
    }
    (depth == 0).then(|| out.trim().to_owned())
}

/// Reads a command after its backslash and gives what follows it.
fn command<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (name, after) = (rest.get(..end)?, rest.get(end..)?);
    if name.is_empty() {
        // `\%`, `\,`, `\ `
        let c = rest.chars().next()?;
        match c {
            ',' | ';' | ':' | '!' => {}
            ' ' => out.push(' '),
            '%' | '#' | '&' | '$' | '_' | '{' | '}' => out.push(c),
            _ => return None,
        }
        return rest.get(c.len_utf8()..);
    }
    if FONTS.contains(&name) {
        return Some(after);
    }
    let (_, text) = COMMANDS.iter().find(|(known, _)| *known == name)?;
    out.push_str(text);
    Some(after)
}

/// Reads a raised piece: a sign (`^\circ`), or a power of a unit of measure (`m^2`).
fn raised<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let rest = rest.trim_start();
    let (piece, after) = match rest.strip_prefix('{') {
        Some(inner) => inner.split_once('}')?,
        None if rest.starts_with('\\') => ("", rest),
        None => rest.split_at_checked(rest.chars().next()?.len_utf8())?,
    };
    match piece.trim() {
        "" => {}
        "2" => out.push('²'),
        "3" => out.push('³'),
        r"\circ" => out.push('°'),
        r"\prime" => out.push('′'),
        _ => return None,
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::printed;

    #[test]
    fn signs_and_figures() {
        for (formula, expected) in [
            (r"\geq 90\%", "≥90%"),
            (r"\ge 1 0 0 \%", "≥100%"),
            (r"\mathbf{3 4 2 6 . 2 9}", "3426.29"),
            (r"9 \times 0.73", "9×0.73"),
            (r"3 \sim 4", "3~4"),
            (r"\text{≥} 5", "≥5"),
            ("m^2", "m²"),
            (r"25^{\circ}", "25°"),
        ] {
            assert_eq!(printed(formula).as_deref(), Some(expected), "{formula}");
        }
    }

    #[test]
    fn what_is_not_known_is_left_as_it_stands() {
        for formula in [r"\frac{1}{2}", "x_1", "{", "}", r"\", r"10^{6}", "a^"] {
            assert_eq!(printed(formula), None, "{formula}");
        }
    }
}
