### Letters: the e-mail that the platform sends.

# Why it cannot be sent again.
letter-not-waiting = This message was sent already, or its text has been removed. It cannot be sent again.
