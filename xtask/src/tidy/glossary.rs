//! Check: the glossary's tables are well formed: columns, codes that exist, labels in the script of their language, and no
//! label that two concepts share. Whether a label is the right word, a reader of the language says.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::tree::Tree;

const FOLDER: &str = "glossary/";
const TAXONOMY: &str = "glossary/taxonomy.tsv";
const LANGUAGES: [&str; 10] = ["en", "zh-Hans", "th", "lo", "km", "my", "vi", "ms", "id", "fil"];
const ELEMENTS: [&str; 5] = ["material", "method", "efficacy", "product", "application"];
const CONCEPT_COLUMNS: [&str; 5] = ["concept", "elements", "broader", "related", "taxonomy"];
const FIELD_COLUMNS: [&str; 5] = ["code", "parent", "ipc", "isic", "goals"];

/// The most labels of a concept in one language.
const LABELS_MAX: usize = 5;

struct Row<'a> {
    path: &'a str,
    line: usize,
    cells: Vec<&'a str>,
}

impl Row<'_> {
    fn finding(&self, problem: String, remedy: &str) -> Finding {
        Finding::new(self.path, self.line, problem, remedy)
    }
}

/// Where a table of the glossary is not as its readers need it.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let fields = rows(tree, &FIELD_COLUMNS, |path| path == TAXONOMY, &mut findings);
    let concepts = rows(tree, &CONCEPT_COLUMNS, |path| path != TAXONOMY, &mut findings);
    let codes: Vec<&str> = fields.iter().map(|row| row.cells[0]).collect();
    let known: Vec<&str> = concepts.iter().map(|row| row.cells[0]).collect();
    for row in &fields {
        findings.extend(refer(row, row.cells[1], &codes, "field"));
        findings.extend(labels(row));
    }
    for row in &concepts {
        findings.extend(elements(row));
        findings.extend(refer(row, row.cells[2], &known, "concept"));
        findings.extend(refer(row, row.cells[3], &known, "concept"));
        findings.extend(refer(row, row.cells[4], &codes, "field"));
        if row.cells[4].is_empty() {
            findings.push(row.finding("has no field".into(), "name at least one code of taxonomy.tsv"));
        }
        findings.extend(labels(row));
    }
    findings.extend(twice(&fields, 0, "code"));
    findings.extend(twice(&concepts, 0, "concept"));
    findings.extend(shared(&concepts));
    findings
}

/// The rows of the tables that `wanted` takes, those with a wrong number of cells left out.
fn rows<'a>(
    tree: &'a Tree,
    columns: &[&str],
    wanted: impl Fn(&str) -> bool,
    findings: &mut Vec<Finding>,
) -> Vec<Row<'a>> {
    let head: Vec<&str> = columns.iter().chain(&LANGUAGES).copied().collect();
    let mut found = Vec::new();
    for (path, text) in tree.below(FOLDER).filter(|(path, _)| path.ends_with(".tsv") && wanted(path)) {
        for (line, text) in (1..).zip(text.lines()) {
            let cells: Vec<&str> = text.split('\t').collect();
            if line == 1 {
                if cells != head {
                    let remedy = format!("begin with the columns {}", head.join(" "));
                    findings.push(Finding::new(path, 1, "has other columns", remedy));
                    break;
                }
            } else if cells.len() == head.len() {
                found.push(Row { path, line, cells });
            } else {
                let problem = format!("has {} cells", cells.len());
                findings.push(Finding::new(path, line, problem, format!("a row has {}", head.len())));
            }
        }
    }
    found
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',').filter(|part| !part.is_empty())
}

fn elements(row: &Row<'_>) -> Option<Finding> {
    let cell = row.cells[1];
    let is_known = cell == "-" || (!cell.is_empty() && list(cell).all(|element| ELEMENTS.contains(&element)));
    (!is_known).then(|| {
        row.finding(
            format!("has the elements “{cell}”"),
            "write - or some of material, method, efficacy, product, application",
        )
    })
}

fn refer(row: &Row<'_>, cell: &str, known: &[&str], kind: &str) -> Vec<Finding> {
    let missing = list(cell).filter(|code| !known.contains(code));
    missing
        .map(|code| {
            row.finding(
                format!("names the {kind} “{code}”, which is not there"),
                "name one that is, or add it",
            )
        })
        .collect()
}

/// The labels of a row, with their language, without their marks.
fn each_label<'a>(row: &'a Row<'_>) -> impl Iterator<Item = (&'static str, &'a str)> {
    let cells = LANGUAGES.iter().zip(&row.cells[5..]);
    cells.flat_map(|(language, cell)| {
        let labels = cell.split('|').filter(|_| !cell.is_empty());
        labels.map(|label| (*language, label.trim_end_matches(['~', '?'])))
    })
}

fn labels(row: &Row<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if row.cells[5].is_empty() {
        findings.push(row.finding("has no English label".into(), "write one: it is what reviewers go by"));
    }
    for (language, cell) in LANGUAGES.iter().zip(&row.cells[5..]) {
        if cell.split('|').count() > LABELS_MAX {
            findings.push(
                row.finding(format!("has more than {LABELS_MAX} labels in {language}"), "keep the most used"),
            );
        }
    }
    for (language, label) in each_label(row) {
        let plain = !label.is_empty() && label == label.trim() && !label.contains("  ");
        if !plain {
            findings.push(row.finding(
                format!("has an empty or padded label in {language}"),
                "write labels with | between them and no space around",
            ));
        } else if let Some(stray) = label.chars().find(|c| !fits(*c, language)) {
            findings.push(row.finding(
                format!("has “{label}” in {language}, with U+{:04X}", stray as u32),
                "write it in the script of the language; leave a gap rather than a guess",
            ));
        }
    }
    findings
}

/// Whether a character may stand in a label: figures, marks and Latin letters may in every language, since names and
/// formulae are written so.
fn fits(c: char, language: &str) -> bool {
    let latin = c.is_ascii_alphanumeric()
        || matches!(c, '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}');
    let mark = matches!(
        c,
        ' ' | '-' | '/' | '(' | ')' | '.' | ',' | '\'' | '’' | '+' | '&' | '%' | '·' | '–' | ':' | 'α'..='ω'
    );
    let own = match language {
        "zh-Hans" => matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ff08}' | '\u{ff09}' | '\u{3001}'),
        "th" => matches!(c, '\u{e01}'..='\u{e5b}'),
        "lo" => matches!(c, '\u{e81}'..='\u{edf}'),
        "km" => matches!(c, '\u{1780}'..='\u{17ff}' | '\u{200b}'),
        "my" => matches!(c, '\u{1000}'..='\u{109f}'),
        _ => false,
    };
    latin || mark || own
}

fn twice(rows: &[Row<'_>], column: usize, kind: &str) -> Vec<Finding> {
    let mut seen = BTreeMap::new();
    let mut findings = Vec::new();
    for row in rows {
        if let Some((path, line)) = seen.insert(row.cells[column], (row.path, row.line)) {
            findings.push(row.finding(
                format!("the {kind} “{}” stands at {path}:{line} too", row.cells[column]),
                "make them one, or name them apart",
            ));
        }
    }
    findings
}

/// Labels that two concepts have in one language, in whatever case.
fn shared(rows: &[Row<'_>]) -> Vec<Finding> {
    let mut seen: BTreeMap<(&str, String), (&str, usize)> = BTreeMap::new();
    let mut findings = Vec::new();
    for row in rows {
        for (language, label) in each_label(row) {
            let key = (language, label.to_lowercase());
            match seen.get(&key) {
                Some((path, line)) if (*path, *line) != (row.path, row.line) => findings.push(row.finding(
                    format!("shares “{label}” in {language} with {path}:{line}"),
                    "give the label to the concept that it means most often",
                )),
                _ => {
                    seen.insert(key, (row.path, row.line));
                }
            }
        }
    }
    findings
}
