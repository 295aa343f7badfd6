### News.

publication-news = News
publication-none-yet = No news yet
publication-none-yet-hint = News will appear here as soon as it is published.
# $date (text): such as 22 November 2026.
publication-published-on = Published on { $date }
# Shown when the text is in another language than the page.
# $language (text): its name.
publication-original-language = Original language: { $language }
# A label beside a text that a machine translated.
publication-machine-translated = Machine translation
# The link to the next page of the list.
publication-older = Older news
# $count (number): how many news items there are.
# The link from one news item to the list.
publication-back = Back to the news
# Why somebody may not.
publication-editor-only = Only editors and administrators may publish news.
# Where editors write news: the heading, and the way back to it.
publication-desk = News desk
# A button and a heading.
publication-write = Write news
# A button and a heading.
publication-revise = Revise
# The button that publishes a revision.
publication-save = Publish the revision
# The button that publishes.
publication-publish = Publish
# A button, and the heading of what it shows.
publication-preview = Preview
# The label of a field.
publication-language = Language it is written in
publication-language-hint = Title and text are needed in this language. Readers of a language that is left empty see this one.
# The label of a field.
publication-title = Title
publication-title-hint = One line in each language, without a full stop at its end.
# The label of a field.
publication-body = Text
publication-body-hint = An empty line begins a new paragraph.
# A button: takes news off the site.
publication-withdraw = Withdraw
# $title (text): the title of the news.
publication-withdraw-question = Withdraw “{ $title }”?
# What will happen.
publication-withdraw-hidden = Nobody will find it on the site any more, and links to it will lead nowhere.
# What will happen.
publication-withdraw-kept = It stays in the records, but cannot be published again from here.
# A label of a state.
publication-is-public = Public
# A label of a state.
publication-is-withdrawn = Withdrawn
# Said once, afterwards. $reference (text): such as N20261123-4KX9QD.
publication-now-public = { $reference } has been published.
# Said once, afterwards. $reference (text): such as N20261123-4KX9QD.
publication-now-revised = { $reference } has been revised.
# Said once, afterwards. $reference (text): such as N20261123-4KX9QD.
publication-now-withdrawn = { $reference } has been withdrawn.

# The feed for feed readers, and the table for spreadsheet programs with its columns.
publication-feed = Feed of the news
publication-table = Download as a table (CSV)
publication-column-reference = Reference
publication-column-published = Published
publication-column-language = Language
publication-column-title = Title
publication-column-text = Text
publication-column-address = Address
