//! The site that a command works on: data folder, database and file store, opened as the configuration says.

use std::path::PathBuf;
use std::sync::Arc;

use db::{Db, MigrationPlan, OpenError, Settings, Target};
use domain::file::{Shelf, ShelfError};
use domain::programme::{self, Programme};

use crate::backup::{self, Source};
use crate::config::{Config, StorageKind};
use crate::folder::{DataFolder, FolderError};

mod bucket;

/// Why a site cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The data folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The database cannot be used.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// The file store cannot be used.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// The bucket cannot be used.
    #[error("storage.s3 cannot be used: {0}; check bucket, region, endpoint and keys")]
    Bucket(#[from] object_store::Error),
    /// The operator's files of the programme cannot be used.
    #[error(transparent)]
    Programme(#[from] programme::Problems),
    /// The backup before a migration could not be made.
    #[error(
        "the backup before the migration failed, so nothing was migrated: {0}; make room in the backup folder, or set \
         database.backup_before_migrate = false if you have a backup"
    )]
    Backup(#[from] backup::BackupError),
}

/// An open site. While it lives, a serving process keeps every other from the data folder.
#[derive(Debug)]
pub struct Site {
    /// The configuration it was opened by.
    pub config: Config,
    /// The data folder.
    pub folder: DataFolder,
    /// The database.
    pub db: Db,
    /// The file store.
    pub shelf: Shelf,
}

impl Site {
    /// Opens the site for the one process that serves it, and brings its schema up to date if the configuration lets it.
    ///
    /// # Errors
    /// [`SiteError`], each with the way out.
    pub async fn serve(config: Config) -> Result<Self, SiteError> {
        let folder = DataFolder::open(&config.data.folder)?;
        // Before anything is migrated: what is wrong with it can be put right at leisure.
        Programme::load(&folder.programme())?;
        let site = Self::open(config, folder).await?;
        if site.config.database.migrate_on_start {
            site.migrate().await?;
        } else {
            site.db.demand_current().await?;
        }
        Ok(site)
    }

    /// Opens the site beside a process that may be serving it.
    ///
    /// # Errors
    /// [`SiteError`]; among them that its schema is not the newest.
    pub async fn visit(config: Config) -> Result<Self, SiteError> {
        let folder = DataFolder::visit(&config.data.folder)?;
        let site = Self::look(config, folder).await?;
        site.db.demand_current().await?;
        Ok(site)
    }

    /// Opens the site whatever the version of its schema, to change it. A database that is missing is made.
    ///
    /// # Errors
    /// [`SiteError`].
    pub async fn open(config: Config, folder: DataFolder) -> Result<Self, SiteError> {
        let settings = database_settings(&config, &folder);
        Self::open_with(config, folder, settings).await
    }

    /// Opens the site whatever the version of its schema, and makes nothing that is missing.
    ///
    /// # Errors
    /// [`SiteError`]; among them that there is no database.
    pub async fn look(config: Config, folder: DataFolder) -> Result<Self, SiteError> {
        let settings = Settings { create: false, ..database_settings(&config, &folder) };
        Self::open_with(config, folder, settings).await
    }

    async fn open_with(config: Config, folder: DataFolder, settings: Settings) -> Result<Self, SiteError> {
        let shelf = shelf(&config, &folder)?;
        let db = Db::open(&settings).await?;
        Ok(Self { config, folder, db, shelf })
    }

    /// Applies what migrations are missing, after a backup where the configuration asks for one, and tells what the
    /// plan was.
    ///
    /// # Errors
    /// [`SiteError::Database`], [`SiteError::Backup`].
    pub async fn migrate(&self) -> Result<MigrationPlan, SiteError> {
        let plan = self.db.migration_plan().await?;
        let holds_data = plan.found > 0 && !plan.pending.is_empty();
        if holds_data && self.db.engine() == db::Engine::Sqlite && self.config.database.backup_before_migrate
        {
            let source = Source::new(self.db.clone(), self.shelf.clone(), &self.folder);
            let made = backup::before_migration(&source, &self.backup_folder(), plan.found).await?;
            tracing::info!(file = %made.display(), "made a backup before the migration");
        }
        self.db.migrate().await?;
        Ok(plan)
    }

    /// The programme's data, with the operator's own files in their place.
    ///
    /// # Errors
    /// [`SiteError::Programme`].
    pub fn programme(&self) -> Result<Arc<Programme>, SiteError> {
        Ok(Programme::load(&self.folder.programme())?)
    }

    /// Where the backups lie that are made by themselves.
    pub fn backup_folder(&self) -> PathBuf {
        self.config.backup.folder.clone().unwrap_or_else(|| self.folder.backups())
    }

    /// Closes the database in order.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

fn database_settings(config: &Config, folder: &DataFolder) -> Settings {
    let target = match &config.database.url {
        Some(url) => Target::Postgres(url.reveal().to_owned()),
        None => Target::Sqlite(folder.database()),
    };
    Settings {
        readers: config.database.readers,
        connections: config.database.connections,
        ..Settings::new(target)
    }
}

/// The file store, where the configuration puts it outside the data folder.
///
/// # Errors
/// [`SiteError::Bucket`].
pub fn outside_shelf(config: &Config) -> Result<Option<Shelf>, SiteError> {
    match config.storage.kind {
        StorageKind::Folder => Ok(None),
        StorageKind::S3 => {
            let bucket = bucket::open(&config.storage.s3)?;
            Ok(Some(Shelf::of(Arc::new(bucket), config.storage.max_file.bytes())))
        }
    }
}

fn shelf(config: &Config, folder: &DataFolder) -> Result<Shelf, SiteError> {
    match outside_shelf(config)? {
        Some(shelf) => Ok(shelf),
        None => Ok(Shelf::local(&folder.files(), config.storage.max_file.bytes())?),
    }
}
