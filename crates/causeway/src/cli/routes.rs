//! `causeway routes`.

use super::{Failure, print, print_json};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
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
