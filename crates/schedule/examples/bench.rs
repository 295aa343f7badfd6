//! Quick look.
use std::ops::ControlFlow;
use std::time::{Duration, Instant};
use schedule::generate::*;
use schedule::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let secs: f64 = args.get(1).map_or(1.0, |a| a.parse().unwrap());
    let threads: usize = args.get(2).map_or(2, |a| a.parse().unwrap());
    let u = Recipe::usual;
    for (name, r) in [
        ("scattered open", u(Presence::Scattered, Shape::Open)),
        ("windows open", u(Presence::Windows, Shape::Open)),("windows open 300", Recipe{tables:300, ..u(Presence::Windows, Shape::Open)}),
        ("windows hosts", u(Presence::Windows, Shape::Hosts)),
        ("planted", u(Presence::Planted, Shape::Open)),
        ("planted 21k", Recipe{ tables: 527, ..u(Presence::Planted, Shape::Open)}),
    ] {
        let e = r.event();
        let t = Instant::now();
        let f = first_come_first_served(&e).unwrap();
        let g = greedy_only(&e).unwrap();
        let tg = t.elapsed();
        let t = Instant::now();
        let mut last = None;
        let s = solve(&e, &Options { seed: 1, threads, budget: Budget::Time(Duration::from_secs_f64(secs)) }, &mut |p| { 
            if args.len() > 3 { println!("   {p:?}"); }
            last = Some(*p); ControlFlow::Continue(()) }).unwrap();
        let tb = Instant::now(); let tight = tight_bound(&e, s.served); println!("   tight {tight} {:.4}% in {:?}", 100.0 * s.served as f64 / tight as f64, tb.elapsed());
        println!("{name:16} requests {} bound {} greedy {} fcfs {} served {} = {:.3}%  breaks {:?} moves {} wall {:?} (greedy+fcfs {:?})", e.requests.len(), s.bound, g.served, f.served, s.served, 100.0 * s.served as f64 / s.bound as f64, last.map(|p| p.breaks), s.moves, t.elapsed(), tg);
    }
}
