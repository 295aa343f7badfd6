//! temporary
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale { En, ZhHans, Th, Lo, Km, My, Vi, Ms, Id, Fil }
impl Locale {
    pub const ALL: [Locale; 10] = [Self::En, Self::ZhHans, Self::Th, Self::Lo, Self::Km, Self::My, Self::Vi, Self::Ms, Self::Id, Self::Fil];
    pub fn tag(self) -> &'static str { ["en","zh-Hans","th","lo","km","my","vi","ms","id","fil"][self as usize] }
    pub fn parse(t: &str) -> Option<Self> { Self::ALL.into_iter().find(|l| l.tag() == t) }
}
