//! Connection and transaction over SQLite and PostgreSQL.
