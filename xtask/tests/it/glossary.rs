//! The check `glossary`.

use xtask::tidy::glossary::check;

use crate::tree;

const LANGUAGES: &str = "en\tzh-Hans\tth\tlo\tkm\tmy\tvi\tms\tid\tfil";

fn taxonomy(rows: &str) -> String {
    format!("code\tparent\tipc\tisic\tgoals\t{LANGUAGES}\n{rows}\n")
}

fn concepts(rows: &str) -> String {
    format!("concept\telements\tbroader\trelated\ttaxonomy\t{LANGUAGES}\n{rows}\n")
}

const FIELD: &str = "aqua\t\tA01K\t03\t14\tfish\t鱼\tปลา\tປາ\tត្រី\tငါး\tcá\tikan\tikan\tisda";

/// What is found when the table of concepts is this.
fn found(rows: &str) -> Vec<String> {
    let (fields, concepts) = (taxonomy(FIELD), concepts(rows));
    let tree = tree(&[("glossary/aqua.tsv", &concepts), ("glossary/taxonomy.tsv", &fields)]);
    check(&tree).into_iter().map(|finding| finding.problem).collect()
}

fn row(concept: &str, elements: &str, related: &str, field: &str, en: &str, lo: &str) -> String {
    format!("{concept}\t{elements}\t\t{related}\t{field}\t{en}\t\t\t{lo}\t\t\t\t\t\t")
}

#[test]
fn a_row_may_have_gaps_and_marks() {
    let good = [
        row("shrimp", "material,product", "", "aqua", "shrimp|prawn", "ກຸ້ງ~"),
        row("licence", "-", "shrimp", "aqua", "licence", ""),
    ];
    assert_eq!(found(&good.join("\n")), Vec::<String>::new());
}

#[test]
fn each_wrong_cell_is_found() {
    for (rows, problem) in [
        (row("a", "magic", "", "aqua", "a", ""), "has the elements “magic”"),
        (row("a", "-", "b", "aqua", "a", ""), "names the concept “b”, which is not there"),
        (row("a", "-", "", "sky", "a", ""), "names the field “sky”, which is not there"),
        (row("a", "-", "", "", "a", ""), "has no field"),
        (row("a", "-", "", "aqua", "", "ກຸ້ງ"), "has no English label"),
        (row("a", "-", "", "aqua", "a", "กุ้ง"), "has “กุ้ง” in lo, with U+0E01"),
        (row("a", "-", "", "aqua", "a| b", ""), "has an empty or padded label in en"),
        (row("a", "-", "", "aqua", "a||b", ""), "has an empty or padded label in en"),
        (row("a", "-", "", "aqua", "a|b|c|d|e|f", ""), "has more than 5 labels in en"),
        ("a\t-\taqua".to_owned(), "has 3 cells"),
    ] {
        assert_eq!(found(&rows), [problem], "{rows}");
    }
    let twice = [row("a", "-", "", "aqua", "a", ""), row("a", "-", "", "aqua", "b", "")];
    assert_eq!(found(&twice.join("\n")), ["the concept “a” stands at glossary/aqua.tsv:2 too"]);
    let shared = [row("a", "-", "", "aqua", "Carp", ""), row("b", "-", "", "aqua", "carp", "")];
    assert_eq!(found(&shared.join("\n")), ["shares “carp” in en with glossary/aqua.tsv:2"]);
}

#[test]
fn a_table_with_other_columns_is_not_read() {
    let fields = taxonomy(FIELD);
    let tree = tree(&[("glossary/aqua.tsv", "concept\ten\nx\ty"), ("glossary/taxonomy.tsv", &fields)]);
    let problems: Vec<_> = check(&tree).into_iter().map(|finding| finding.problem).collect();
    assert_eq!(problems, ["has other columns"]);
}
