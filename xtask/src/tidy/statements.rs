//! Check: every SQL statement of the product ran on both databases in the tests. The test harness of `db` leaves
//! the text of each statement that ran; what runs, and whether it does the right thing, the tests say.

use proc_macro2::{Delimiter, TokenTree};

use super::evidence::Seen;
use super::finding::Finding;
use super::rust::{RustFile, as_group, as_name, is_mark, line_of, string_value};
use super::tree::Tree;

/// A statement written in the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its file.
    pub path: String,
    /// Its line.
    pub line: usize,
    /// Its text; `None` when it is no literal.
    pub text: Option<String>,
    /// The one engine it is for, if so. Only `db` has such statements: its work is to make the engines alike.
    pub only: Option<Engine>,
}

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        }
    }

    /// The engine that a name begins with: `postgres_columns`, `sqlite.rs`.
    fn at_start_of(name: &str) -> Option<Engine> {
        let begins =
            |engine: &str| name.strip_prefix(engine).is_some_and(|rest| rest.starts_with(['_', '.']));
        if begins("sqlite") {
            Some(Engine::Sqlite)
        } else if begins("postgres") {
            Some(Engine::Postgres)
        } else {
            None
        }
    }
}

/// The statements that no test ran on both databases, and those whose text cannot be known.
pub fn check(tree: &Tree, seen: Option<&Seen>) -> Vec<Finding> {
    let statements = statements(tree);
    if statements.is_empty() {
        let remedy = "write each as db::sql!(\"..\"), so that this check can find it";
        return vec![Finding::new("crates/domain", 0, "has no SQL statement at all", remedy)];
    }
    let Some(seen) = seen else {
        let problem = "nothing is known of the statements that ran: no tests left target/sql-seen";
        return vec![Finding::new("target/sql-seen", 0, problem, "run `cargo xtask test` first")];
    };
    statements.iter().filter_map(|statement| check_statement(statement, seen)).collect()
}

fn check_statement(statement: &Statement, seen: &Seen) -> Option<Finding> {
    let find =
        |problem: String, remedy: &str| Some(Finding::new(&statement.path, statement.line, problem, remedy));
    let Some(text) = &statement.text else {
        return find(
            "sql! has no literal".into(),
            "write the whole statement as one literal; values are parameters",
        );
    };
    let file = seen_name(text);
    let engines = [(Engine::Sqlite, &seen.sqlite), (Engine::Postgres, &seen.postgres)];
    let wanted = |engine: Engine| statement.only.is_none_or(|only| only == engine);
    let missing: Vec<&str> = engines
        .iter()
        .filter(|(engine, seen)| wanted(*engine) && !seen.contains(&file))
        .map(|(engine, _)| engine.name())
        .collect();
    if missing.is_empty() {
        return None;
    }
    find(
        format!("no test ran this statement on {}", missing.join(" and ")),
        "write a test that reaches it with #[db::test], and run `cargo xtask test`",
    )
}

/// The file in which the test harness leaves a statement that ran: 16 hexadecimal digits of the BLAKE3 hash of
/// its text.
pub fn seen_name(text: &str) -> String {
    format!("{}.sql", &blake3::hash(text.as_bytes()).to_hex()[..16])
}

/// Every `sql!("text", ..)` in the product code of the crates, wherever it stands, in macros too.
pub fn statements(tree: &Tree) -> Vec<Statement> {
    let is_product =
        |file: &&RustFile| !file.is_test && file.path.starts_with("crates/") && file.path.contains("/src/");
    let mut found = Vec::new();
    for file in tree.rust().iter().filter(is_product) {
        let stem = file.path.rsplit('/').next().unwrap_or_default();
        let mut search = Search { file, knows_engines: file.is_in_src_of("db"), found: Vec::new() };
        let engine = Engine::at_start_of(stem).filter(|_| search.knows_engines);
        search.read(&file.product().into_iter().collect::<Vec<_>>(), engine);
        found.append(&mut search.found);
    }
    found
}

/// A walk through a file for its statements, which knows for which engine each stands.
struct Search<'a> {
    file: &'a RustFile,
    /// Whether the file may hold statements for one engine: only those of `db` may.
    knows_engines: bool,
    found: Vec<Statement>,
}

impl Search<'_> {
    /// Reads neighbouring tokens that stand for `only`. Inside them, what stands for one engine is the arm after
    /// `Engine::X =>`, the block after `== Engine::X`, and a function whose name begins with the engine's.
    fn read(&mut self, tokens: &[TokenTree], only: Option<Engine>) {
        let mut arm = None;
        let mut function = None;
        for (at, token) in tokens.iter().enumerate() {
            if self.knows_engines {
                if let Some(engine) = engine_of_arm(&tokens[..=at]) {
                    arm = Some(engine);
                } else if is_mark(Some(token), ',') {
                    arm = None;
                }
                if as_name(Some(token)).is_some_and(|name| name == "fn") {
                    let name = as_name(tokens.get(at + 1)).map(ToString::to_string);
                    function = name.and_then(|name| Engine::at_start_of(&name));
                }
            }
            self.take(tokens, at, arm.or(function).or(only));
            let Some(group) = as_group(Some(token)) else { continue };
            let is_block = group.delimiter() == Delimiter::Brace;
            let condition = engine_of_condition(&tokens[..at]).filter(|_| is_block && self.knows_engines);
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            self.read(&inside, condition.or(arm).or(function).or(only));
            if is_block {
                function = None;
                // A block after the arrow is the whole arm.
                arm = arm.filter(|_| !is_mark(tokens.get(at.wrapping_sub(1)), '>'));
            }
        }
    }

    /// Notes the statement that begins at a token, if one does.
    fn take(&mut self, tokens: &[TokenTree], at: usize, only: Option<Engine>) {
        let is_macro =
            as_name(tokens.get(at)).is_some_and(|name| name == "sql") && is_mark(tokens.get(at + 1), '!');
        let Some(arguments) = as_group(tokens.get(at + 2)).filter(|_| is_macro) else { return };
        let inside: Vec<TokenTree> = arguments.stream().into_iter().collect();
        let text = match inside.as_slice() {
            [TokenTree::Literal(literal)] => string_value(literal),
            [TokenTree::Literal(literal), comma, ..] if is_mark(Some(comma), ',') => string_value(literal),
            _ => None,
        };
        self.found.push(Statement { path: self.file.path.clone(), line: line_of(&tokens[at]), text, only });
    }
}

/// The engine of a match arm whose arrow ends the tokens: `Engine::X =>`.
fn engine_of_arm(tokens: &[TokenTree]) -> Option<Engine> {
    let [before @ .., equals, arrow] = tokens else { return None };
    if !is_mark(Some(equals), '=') || !is_mark(Some(arrow), '>') {
        return None;
    }
    let (engine, before) = engine_at_end_of(before)?;
    // `A | B =>` stands for both.
    (!is_mark(before.last(), '|')).then_some(engine)
}

/// The engine of a comparison that ends the tokens: `== Engine::X`.
fn engine_of_condition(tokens: &[TokenTree]) -> Option<Engine> {
    let (engine, before) = engine_at_end_of(tokens)?;
    let [.., first, second] = before else { return None };
    (is_mark(Some(first), '=') && is_mark(Some(second), '=')).then_some(engine)
}

/// The engine whose path ends the tokens, and what stands before it.
fn engine_at_end_of(tokens: &[TokenTree]) -> Option<(Engine, &[TokenTree])> {
    let [before @ .., kind, first, second, name] = tokens else { return None };
    if as_name(Some(kind))? != "Engine" || !is_mark(Some(first), ':') || !is_mark(Some(second), ':') {
        return None;
    }
    let engine = match as_name(Some(name))?.to_string().as_str() {
        "Sqlite" => Engine::Sqlite,
        "Postgres" => Engine::Postgres,
        _ => return None,
    };
    Some((engine, before))
}
