### The statement on accessibility.

accessibility-title = Accessibility
# $standard (text): the name of a standard.
accessibility-lead = This site should be usable by everybody. It is measured against the standard { $standard }.
accessibility-works = What you can count on
accessibility-keyboard = Everything can be reached and used with the keyboard alone. The first link of each page leads straight to its content.
accessibility-zoom = Pages fit the screen of a small phone, and the text can be enlarged to twice its size.
accessibility-colour = Nothing is told by colour alone. Light and dark follow the setting of your device.
accessibility-language = Each page, and each text in another language, says which language it is in, so that screen readers pronounce it rightly.
accessibility-charts = Every chart has its numbers in a table beneath it.
accessibility-script = Everything works without script and on a slow connection.
accessibility-tested = How it is tested
accessibility-tested-text = A program looks for faults on every page, in several languages, on a phone and on a desktop, in light and in dark. People with disabilities have not tested it yet.
accessibility-limits = What may not work
accessibility-limits-text = Documents that organisations upload are their own and may not be readable for everybody.
accessibility-tell = Tell us
accessibility-tell-text = If something does not work for you, tell the operator of this site on which page it was and what you wanted to do.
