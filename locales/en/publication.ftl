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
