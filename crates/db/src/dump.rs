//! Whole tables out and in, for backups: every value in one form for both engines.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::schema::{ColumnKind, Table};
use crate::statement::Statement;
use crate::{Engine, Error, Read, Row, SchemaColumn, Tx, Value, sql};

/// The values of one row, in the order of the table's columns, as JSON: ids and texts as strings, bytes as base64.
pub type Cell = Json;

impl Read {
    /// Gives every row of `table` to `take`, in the order of its primary key, each as a JSON array.
    ///
    /// # Errors
    /// What the database says, or the first error of `take`, which ends it.
    pub async fn dump<E: From<Error>>(
        &self,
        table: &Table,
        mut take: impl FnMut(Json) -> Result<(), E>,
    ) -> Result<(), E> {
        let columns = quoted(table.columns.iter().map(|column| &column.name));
        let order = if table.key.is_empty() { "1".to_owned() } else { quoted(table.key.iter()) };
        let text = format!("select {columns} from {} order by {order}", quote(&table.name));
        self.each(Statement::made(text, Vec::new()), |row| {
            let cells = table.columns.iter().map(|column| cell(&row, column)).collect::<Result<_, _>>()?;
            take(Json::Array(cells))
        })
        .await
    }
}

fn cell(row: &Row, column: &SchemaColumn) -> Result<Cell, Error> {
    let name = column.name.as_str();
    Ok(match column.kind {
        ColumnKind::Bool => row.get::<Option<bool>>(name)?.into(),
        ColumnKind::Int => row.get::<Option<i64>>(name)?.into(),
        ColumnKind::Float => row.get::<Option<f64>>(name)?.into(),
        ColumnKind::Text => row.get::<Option<String>>(name)?.into(),
        ColumnKind::Bytes => row.get::<Option<Vec<u8>>>(name)?.map(|bytes| BASE64.encode(bytes)).into(),
        ColumnKind::Id => row.get::<Option<Uuid>>(name)?.map(|id| id.to_string()).into(),
    })
}

fn value(cell: &Cell, column: &SchemaColumn) -> Result<Value, Error> {
    let wrong = || Error::Refused(format!("column {} does not take {cell}", column.name));
    Ok(match column.kind {
        ColumnKind::Bool => Value::Bool(some(cell, Json::as_bool).ok_or_else(wrong)?),
        ColumnKind::Int => Value::Int(some(cell, Json::as_i64).ok_or_else(wrong)?),
        ColumnKind::Float => Value::Float(some(cell, Json::as_f64).ok_or_else(wrong)?),
        ColumnKind::Text => Value::Text(some(cell, |c| c.as_str().map(str::to_owned)).ok_or_else(wrong)?),
        ColumnKind::Bytes => Value::Bytes(some(cell, |c| BASE64.decode(c.as_str()?).ok()).ok_or_else(wrong)?),
        ColumnKind::Id => Value::Id(some(cell, |c| Uuid::parse_str(c.as_str()?).ok()).ok_or_else(wrong)?),
    })
}

/// `Some(None)` for null, `None` for a cell of the wrong kind.
fn some<T>(cell: &Cell, read: impl FnOnce(&Cell) -> Option<T>) -> Option<Option<T>> {
    if cell.is_null() { Some(None) } else { read(cell).map(Some) }
}

impl Table {
    /// Whether `row` is one that [`Read::dump`] could have given for this table.
    ///
    /// # Errors
    /// [`Error::Refused`] saying what is wrong with it.
    pub fn check(&self, row: &Json) -> Result<(), Error> {
        for (cell, column) in cells(row, &self.columns)?.iter().zip(&self.columns) {
            if cell.is_null() && !column.nullable {
                return Err(Error::Refused(format!("column {} may not be null", column.name)));
            }
            value(cell, column)?;
        }
        Ok(())
    }
}

fn cells<'r>(row: &'r Json, columns: &[SchemaColumn]) -> Result<&'r Vec<Cell>, Error> {
    row.as_array()
        .filter(|cells| cells.len() == columns.len())
        .ok_or_else(|| Error::Refused("a row has another number of columns than its table".into()))
}

/// Puts rows that [`Read::dump`] gave into a table of the same shape.
#[derive(Debug)]
pub struct TableWriter {
    columns: Vec<SchemaColumn>,
    head: String,
}

impl TableWriter {
    /// Rows written by one statement at most. Both engines take as many values as this gives for a table of 500 columns.
    pub const BATCH: usize = 64;

    /// For rows whose cells are `columns`, into `table`.
    ///
    /// # Errors
    /// [`Error::Refused`] where the table lacks one of the columns or holds another kind in it, or demands one more.
    pub fn new(table: &Table, columns: &[SchemaColumn]) -> Result<Self, Error> {
        for column in columns {
            if !table.columns.iter().any(|own| own.name == column.name && own.kind == column.kind) {
                return Err(Error::Refused(format!(
                    "table {} has no column {} of that kind",
                    table.name, column.name
                )));
            }
        }
        for own in &table.columns {
            if !own.nullable && !columns.iter().any(|column| column.name == own.name) {
                return Err(Error::Refused(format!("the rows lack the column {}.{}", table.name, own.name)));
            }
        }
        let names = quoted(columns.iter().map(|column| &column.name));
        let head = format!("insert into {} ({names}) values ", quote(&table.name));
        Ok(Self { columns: columns.to_vec(), head })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// [`Error::Refused`] for a row of another shape; else what the database says.
    pub async fn write(&self, tx: &Tx, row: &Json) -> Result<(), Error> {
        self.write_all(tx, std::slice::from_ref(row)).await
    }

    /// Writes rows, [`TableWriter::BATCH`] to a statement: a fraction of the time that they take one by one.
    ///
    /// # Errors
    /// As [`TableWriter::write`].
    pub async fn write_all(&self, tx: &Tx, rows: &[Json]) -> Result<(), Error> {
        for rows in rows.chunks(Self::BATCH) {
            let mut values = Vec::with_capacity(rows.len() * self.columns.len());
            for row in rows {
                for (cell, column) in cells(row, &self.columns)?.iter().zip(&self.columns) {
                    values.push(value(cell, column)?);
                }
            }
            tx.run(Statement::made(self.text(rows.len()), values)).await?;
        }
        Ok(())
    }

    fn text(&self, rows: usize) -> String {
        let width = self.columns.len();
        let places = |row: usize| {
            let places: Vec<String> = (1..=width).map(|n| format!("${}", row * width + n)).collect();
            format!("({})", places.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(places).collect();
        format!("{}{}", self.head, rows.join(", "))
    }
}

impl Tx {
    /// References between rows are looked at when the transaction ends, so that rows can come in any order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_off_reference_checks(&self) -> Result<(), Error> {
        match self.engine() {
            Engine::Sqlite => self.run(sql!("pragma defer_foreign_keys = on")).await?,
            Engine::Postgres => self.run(sql!("set constraints all deferred")).await?,
        };
        Ok(())
    }
}

fn quoted<'n>(names: impl Iterator<Item = &'n String>) -> String {
    names.map(|name| quote(name)).collect::<Vec<_>>().join(", ")
}

/// Names come from the schema itself; quoting keeps a reserved word from being one.
fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
