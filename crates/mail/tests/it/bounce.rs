//! Reports of letters that came back, as servers write them, and messages that only look like one.

use domain::notice::{Address, Reason};
use mail::reports;

const LETTER: &str = "0192f0c1a2b37c4d8e5f60718293a4b5";

/// A delivery report about one recipient, with the headers of the letter.
fn delivery(fields: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mail.example.org\r\nTo: post@transfer.example.org\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n\
        --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n{fields}\r\n\
        --b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
        Message-ID: <{LETTER}@transfer.example.org>\r\nSubject: Renewal\r\n\r\n--b--\r\n"
    )
}

fn complaint(kind: &str) -> String {
    format!(
        "From: fbl@provider.example\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nUnwanted.\r\n\
        --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: {kind}\r\nVersion: 1\r\nOriginal-Rcpt-To: <ana@example.org>\r\n\r\n\
        --b\r\nContent-Type: message/rfc822\r\n\r\n\
        Message-ID: <{LETTER}@transfer.example.org>\r\nSubject: Renewal\r\n\r\nHello\r\n--b--\r\n"
    )
}

const GONE: &str = "Original-Recipient: rfc822;ana@example.org\r\nFinal-Recipient: rfc822; ana.lim@example.net\r\nAction: failed\r\n\
    Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n no such mailbox\r\n";

#[test]
fn a_report_names_the_letter_both_addresses_and_the_servers_words() {
    let found = reports(delivery(GONE).as_bytes());
    let [report] = &found[..] else { panic!("{found:?}") };
    assert_eq!(report.letter, LETTER.parse().unwrap());
    let addresses: Vec<&str> = report.recipients.iter().map(Address::as_str).collect();
    assert_eq!(addresses, ["ana@example.org", "ana.lim@example.net"]);
    assert_eq!(
        (report.reason, report.words.as_str()),
        (Some(Reason::Bounce), "5.1.1 550 5.1.1 no such mailbox")
    );
}

#[test]
fn what_may_pass_is_no_reason_to_leave_an_address_alone() {
    for (action, status) in [
        ("delayed", "4.4.1"),
        ("failed", "5.2.2"),
        ("failed", "5.7.1"),
        ("failed", "4.2.2"),
        ("delivered", "2.0.0"),
        ("failed", "5.1.8"),
    ] {
        let fields =
            format!("Final-Recipient: rfc822; ana@example.org\r\nAction: {action}\r\nStatus: {status}\r\n");
        let found = reports(delivery(&fields).as_bytes());
        assert!(found.iter().all(|report| report.reason.is_none()), "{action} {status}: {found:?}");
    }
}

#[test]
fn a_complaint_names_the_letter_and_its_recipient() {
    let found = reports(complaint("abuse").as_bytes());
    let [report] = &found[..] else { panic!("{found:?}") };
    assert_eq!((report.reason, report.recipients[0].as_str()), (Some(Reason::Complaint), "ana@example.org"));
    assert_eq!(reports(complaint("not-spam").as_bytes()), vec![]);
}

#[test]
fn what_is_no_report_says_nothing_and_what_is_broken_does_no_harm() {
    let whole = delivery(GONE);
    for wrong in [
        String::new(),
        "Hello".to_owned(),
        whole.replace(LETTER, "somebody-elses"),
        whole.replace("message/delivery-status", "text/plain"),
        whole.replace("rfc822;", "x400;").replace("ana", "no address "),
    ] {
        assert_eq!(reports(wrong.as_bytes()), vec![], "{wrong}");
    }
    for end in 0..whole.len() {
        assert!(reports(&whole.as_bytes()[..end]).len() <= 1);
    }
    let many = GONE.replace("\r\nAction", "\r\nX: y\r\nAction") + "\r\n";
    assert!(reports(delivery(&many.repeat(5_000)).as_bytes()).len() <= 100);
}
