//! What tables there are: asked of the engine itself, in one vocabulary for both.

use crate::statement::Statement;
use crate::{Engine, Error, Read, row, sql};

/// The kinds of column that our schema uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// `boolean`.
    Bool,
    /// `bigint`.
    Int,
    /// `double precision`.
    Float,
    /// `text`; `instant`, which is text in a fixed form; `sorted_text`, which sorts by its bytes.
    Text,
    /// `bytea`.
    Bytes,
    /// `uuid`.
    Id,
}

impl ColumnKind {
    fn of(engine: Engine, declared: &str) -> Option<Self> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "boolean" => Self::Bool,
            "bigint" => Self::Int,
            // By this name alone SQLite takes a primary key for the order of the table itself.
            "integer" if engine == Engine::Sqlite => Self::Int,
            "double precision" => Self::Float,
            "text" | "instant" | "sorted_text" => Self::Text,
            "bytea" => Self::Bytes,
            "uuid" => Self::Id,
            _ => return None,
        })
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SchemaColumn {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether it may be null.
    pub nullable: bool,
}

/// A table, its columns in their order, and the tables it refers to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<SchemaColumn>,
    /// The columns of its primary key, in order.
    pub key: Vec<String>,
    /// The tables that its foreign keys point at, sorted.
    pub refers_to: Vec<String>,
}

row!(
    struct ColumnRow {
        name: String,
        kind: String,
        nullable: bool,
        key: i64,
    }
);

pub(crate) async fn table_names(read: &Read) -> Result<Vec<String>, Error> {
    let names: Vec<(String,)> = match read.engine() {
        Engine::Sqlite => {
            read.all(sql!("select name as value from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name"))
                .await?
        }
        Engine::Postgres => {
            read.all(sql!(
                "select cast(table_name as text) as value from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name"
            ))
            .await?
        }
    };
    Ok(names.into_iter().map(|(name,)| name).collect())
}

impl Read {
    /// Every table of the schema, those that are referred to before those that refer to them, else by name.
    ///
    /// # Errors
    /// What the database says; [`Error::Refused`] for a column of a kind that only one engine has.
    pub async fn tables(&self) -> Result<Vec<Table>, Error> {
        let mut tables = Vec::new();
        for name in table_names(self).await? {
            tables.push(table(self, name).await?);
        }
        Ok(referred_first(tables))
    }
}

async fn table(read: &Read, name: String) -> Result<Table, Error> {
    let (columns, references) = match read.engine() {
        Engine::Sqlite => (
            sql!(
                "select name, type as kind, \"notnull\" = 0 as nullable, pk as key from pragma_table_info($1) order by cid",
                &name
            ),
            sql!("select distinct \"table\" as value from pragma_foreign_key_list($1) order by 1", &name),
        ),
        Engine::Postgres => (postgres_columns(&name), postgres_references(&name)),
    };
    let rows: Vec<ColumnRow> = read.all(columns).await?;
    let references: Vec<(String,)> = read.all(references).await?;
    let mut key: Vec<(i64, String)> =
        rows.iter().filter(|row| row.key > 0).map(|row| (row.key, row.name.clone())).collect();
    key.sort();
    let columns = rows
        .into_iter()
        .map(|row| {
            let kind = ColumnKind::of(read.engine(), &row.kind).ok_or_else(|| {
                Error::Refused(format!(
                    "column {name}.{} is of the kind “{}”, which is not the same on both engines",
                    row.name, row.kind
                ))
            })?;
            Ok(SchemaColumn { name: row.name, kind, nullable: row.nullable })
        })
        .collect::<Result<_, Error>>()?;
    let refers_to = references.into_iter().map(|(table,)| table).collect();
    Ok(Table { name, columns, key: key.into_iter().map(|(_, column)| column).collect(), refers_to })
}

fn postgres_columns(name: &str) -> Statement {
    sql!(
        "select cast(c.column_name as text) as name, cast(coalesce(c.domain_name, c.data_type) as text) as kind,
            c.is_nullable = 'YES' as nullable,
            cast(coalesce((select k.ordinal_position from information_schema.key_column_usage k
                join information_schema.table_constraints t
                    on t.constraint_name = k.constraint_name and t.table_schema = k.table_schema
                where t.constraint_type = 'PRIMARY KEY' and k.table_schema = c.table_schema
                    and k.table_name = c.table_name and k.column_name = c.column_name), 0) as bigint) as key
        from information_schema.columns c
        where c.table_schema = current_schema() and c.table_name = $1
        order by c.ordinal_position",
        name
    )
}

fn postgres_references(name: &str) -> Statement {
    sql!(
        "select distinct cast(u.table_name as text) as value
        from information_schema.table_constraints t
        join information_schema.constraint_column_usage u
            on u.constraint_name = t.constraint_name and u.constraint_schema = t.constraint_schema
        where t.constraint_type = 'FOREIGN KEY' and t.table_schema = current_schema() and t.table_name = $1
        order by 1",
        name
    )
}

fn referred_first(mut tables: Vec<Table>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let ready = tables.iter().position(|table| {
            table.refers_to.iter().all(|to| *to == table.name || ordered.iter().any(|done| done.name == *to))
        });
        // A circle of references is loaded as it comes: checks are put off to the end of the transaction.
        ordered.push(tables.remove(ready.unwrap_or(0)));
    }
    ordered
}
