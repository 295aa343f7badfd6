//! `causeway migrate`.

use super::{Failure, block_on, print};
use crate::config::Config;
use crate::folder::DataFolder;
use crate::site::{Site, SiteError};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Say what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments, config: Config) -> Result<(), Failure> {
    block_on(async {
        if arguments.dry_run {
            let folder = DataFolder::visit(&config.data.folder).map_err(SiteError::from)?;
            let site = Site::look(config, folder).await?;
            let plan = site.db.migration_plan().await.map_err(SiteError::from)?;
            site.close().await;
            return print(&sentence(&plan, "to be applied"));
        }
        let folder = DataFolder::open(&config.data.folder).map_err(SiteError::from)?;
        let site = Site::open(config, folder).await?;
        let plan = site.migrate().await?;
        site.close().await;
        print(&sentence(&plan, "applied"))
    })?
}

fn sentence(plan: &db::MigrationPlan, done: &str) -> String {
    if plan.pending.is_empty() {
        return format!("The schema is up to date ({}).\n", plan.newest);
    }
    let mut text = format!("Schema {} to {}, {done}:\n", plan.found, plan.newest);
    for name in &plan.pending {
        text.push_str(&format!("  {name}\n"));
    }
    text
}
