//! One test binary: every result is verified by the independent checker.

#[cfg(test)]
mod explaining;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod replanning;
#[cfg(test)]
mod search;
#[cfg(test)]
mod world;
