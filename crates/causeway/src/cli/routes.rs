//! `causeway routes`.

use super::{Failure, print, print_json};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the description of the JSON API (OpenAPI 3.1)
    #[arg(long, conflicts_with = "json")]
    openapi: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.openapi {
        return print_json(&web::api::document());
    }
    let table = web::routes::table();
    if arguments.json {
        return print_json(&table);
    }
    let lines: String = table
        .iter()
        .map(|route| format!("{:6}  {:44}  {:28}  {}\n", route.method, route.path, route.name, route.surface))
        .collect();
    print(&lines)
}
