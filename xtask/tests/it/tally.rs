//! The closing lines of the test runners, as they print them.

use xtask::tally::Runner::{Cargo, Nextest};
use xtask::tally::Tally;

fn tally(passed: u64, failed: u64, skipped: u64) -> Option<Tally> {
    Some(Tally { passed, failed, skipped })
}

#[test]
fn a_nextest_summary_is_read() {
    let line = "     Summary [   0.123s] 9 tests run: 9 passed, 2 skipped";
    assert_eq!(Nextest.read(line), tally(9, 0, 2));
    assert_eq!(Nextest.read("Summary [   1.0s] 1 test run: 1 passed, 0 skipped"), tally(1, 0, 0));
}

#[test]
fn everything_that_did_not_pass_in_nextest_failed() {
    let line = "     Summary [  10.1s] 12 tests run: 7 passed (1 slow, 2 flaky), 3 failed, 1 exec failed, 1 timed out, 4 skipped";
    assert_eq!(Nextest.read(line), tally(7, 5, 4));
}

#[test]
fn what_a_broken_off_nextest_run_left_out_failed() {
    assert_eq!(
        Nextest.read("     Summary [   2.0s] 3/9 tests run: 2 passed, 1 failed, 1 skipped"),
        tally(2, 7, 1)
    );
}

#[test]
fn colours_are_read_over() {
    let line = "\u{1b}[31;1m     Summary\u{1b}[0m [   0.5s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m1\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m1\u{1b}[0m \u{1b}[31;1mfailed\u{1b}[0m, \u{1b}[1m0\u{1b}[0m skipped";
    assert_eq!(Nextest.read(line), tally(1, 1, 0));
}

#[test]
fn a_cargo_test_result_is_read() {
    let line =
        "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 5 filtered out; finished in 0.01s";
    assert_eq!(Cargo.read(line), tally(3, 1, 7));
    let line =
        "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
    assert_eq!(Cargo.read(line), tally(0, 0, 0));
}

#[test]
fn other_lines_are_no_counts() {
    for line in
        ["", "test a::b ... ok", "running 3 tests", "        PASS [   0.01s] db it::a", "Summary [ 1.0s]"]
    {
        assert_eq!((Nextest.read(line), Cargo.read(line)), (None, None), "{line}");
    }
}

#[test]
fn the_closing_line_has_its_form() {
    let mut sum = Tally::of_one(true);
    sum += Tally::of_one(false);
    sum += Tally { passed: 10, failed: 0, skipped: 3 };
    assert_eq!(sum.to_string(), "11 passed, 1 failed, 3 skipped");
}

#[test]
fn a_run_of_cargo_is_the_sum_of_its_programs_and_one_of_nextest_its_last_line() {
    let closing = [Tally::of_one(true), Tally::of_one(false)];
    assert_eq!(Cargo.sum(&closing), tally(1, 1, 0));
    assert_eq!(Nextest.sum(&closing), tally(0, 1, 0));
    assert_eq!((Cargo.sum(&[]), Nextest.sum(&[])), (None, None));
}

#[test]
fn the_output_of_a_failed_test_is_not_counted() {
    let shown = "    test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 91 filtered out; finished in 0.08s";
    assert_eq!((Nextest.read(shown), Cargo.read(shown)), (None, None));
}
