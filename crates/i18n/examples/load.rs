//! Prints what the crate costs: time to load, memory, time per text. Run it with `--release`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use i18n::{Catalogue, Collation, Formats, Locale, country, fold, language, negotiate};
use jiff::civil::date;

/// Calls per measured loop.
const CALLS: u32 = 100_000;

fn main() {
    let start = resident();
    let mut before = start;
    let mut step = |what: &str, work: &mut dyn FnMut()| {
        let clock = Instant::now();
        work();
        let (took, now) = (clock.elapsed(), resident());
        println!("{what:<44}{:>9.3} ms{:>7} KiB more", took.as_secs_f64() * 1e3, now.saturating_sub(before));
        before = now;
    };
    step("messages of ten locales", &mut || {
        black_box(Catalogue::embedded().keys(Locale::En).count());
    });
    step("formats of ten locales", &mut || {
        for locale in Locale::ALL {
            black_box(Formats::of(locale).date_long(date(2026, 11, 22)));
        }
    });
    step("orders of ten locales", &mut || {
        for locale in Locale::ALL {
            black_box(Collation::of(locale).key("ภาษา 语言 language"));
        }
    });
    step("names of countries and languages", &mut || {
        black_box((country("LA", Locale::Lo), language("lo", Locale::Lo)));
    });
    println!("resident: {start} KiB at start, {} KiB with all of it\n", resident());

    let t = Catalogue::embedded().translator(Locale::Lo);
    let f = t.formats();
    let hostile = "th;q=0.1,".repeat(12_000);
    each("a message", || t.text(black_box("shell-intro")));
    each("a message with a number", || t.with("publication-count", &[("count", black_box(1234).into())]));
    each("a long date", || f.date_long(black_box(date(2026, 11, 22))));
    each("a number", || f.number(black_box(1_234_567)));
    each("the name of a country", || country(black_box("MM"), Locale::Lo));
    each("the fold of a name in Lao", || fold(black_box("ສະຖາບັນ ເຕັກໂນໂລຊີ")));
    each("the fold of an e-mail address", || fold(black_box("Somsak.S@Example.COM")));
    each("Accept-Language of a browser", || negotiate(black_box("lo-LA,lo;q=0.9,en;q=0.8")));
    each("Accept-Language of 100 kB", || negotiate(black_box(&hostile)));
}

fn each<T>(what: &str, mut work: impl FnMut() -> T) {
    black_box(work());
    let clock = Instant::now();
    for _ in 0..CALLS {
        black_box(work());
    }
    let each: Duration = clock.elapsed() / CALLS;
    println!("{what:<44}{:>9} ns", each.as_nanos());
}

/// Resident memory in KiB, where the system tells it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
