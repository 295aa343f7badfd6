### What is kept about people.

privacy-title = Privacy
privacy-lead = What this platform keeps about people, why, for how long, and what you can ask for. The strictest rule among the countries that take part holds for everybody.
privacy-what = What is kept
privacy-why = Why
privacy-how-long = For how long
privacy-visit = Reading the site
privacy-visit-why = To deliver the page. Your network address is used to hold back floods of requests, and is not written down.
privacy-visit-time = A few minutes, in memory only
privacy-account = Your account
privacy-account-why = So that you can sign in and act for your organisation. For each sign-in the browser and the network address are kept, so that you can see and end it.
privacy-account-time = Until it is closed
privacy-log = The log of changes
privacy-log-why = Who did what and when, so that nobody can alter the record unseen.
privacy-log-time = As long as the records it protects; it holds the number of your account, not your name
privacy-published = What you publish
privacy-published-why = So that others can find it, as far as you disclose it. It stays yours.
privacy-published-time = Until you withdraw it
privacy-rights = What you can ask for
privacy-right-copy = A copy of everything that is kept about you, in a form that programs can read.
privacy-right-correct = That what is wrong is put right.
privacy-right-erase = That you are erased. Agreements that the law says must be kept stay, without your contact details.
privacy-right-consent = That a consent ends. To take it back is as easy as it was to give.
# $hours (number): how many hours an answer may take; always more than one.
privacy-answer = Write to the operator of this site. You get an answer within { $hours } hours.
privacy-not = What is not done
privacy-not-text = No advertising, no tracking, nothing loaded from other sites, nothing sold. Cookies are used only to keep you signed in and to protect forms.
