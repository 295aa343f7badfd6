//! Tests of the binary crate: configuration, telemetry, the data folder, the command line and the Debian package.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod command_line;
#[cfg(test)]
mod config;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod packaging;
#[cfg(test)]
mod programme;
#[cfg(test)]
mod running;
#[cfg(test)]
mod telemetry;
