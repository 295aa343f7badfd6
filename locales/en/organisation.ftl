### Organisations.

# Why somebody may not.
organisation-staff-only = Only the staff of the country’s centre may do this.
organisation-own-only = Only the organisation’s administrators and the staff of its country’s centre may do this.
organisation-centre-only = Only the administrators of the country’s centre may do this.
# Why it cannot be changed.
organisation-not-active = This organisation is closed or was merged with another, so it can no longer be changed.
organisation-number-taken = Another organisation on record has one of these register numbers. Check the numbers, or report the two as duplicates.
# What is told of a file that is imported, or of one of its rows.
organisation-import-not-a-table = This file is neither a spreadsheet (XLSX) nor a table as text (CSV in UTF-8). Save it as one of these and try again.
organisation-import-too-large = The file is too large. Split it into several files and import them one after the other.
organisation-import-not-records = This file has no records of the Research Organization Registry, one JSON object on each line. Choose the format that it has.
organisation-import-no-name-column = The table has no column with a name. Take the template: its first row names the columns.
organisation-import-unknown-column = This heading is not known, so its column was left out. Take the template to see which there are.
organisation-import-twice = Another row of this file is about the same organisation. Keep one of them.
organisation-import-ambiguous = Several organisations on record have this name. Add a number that tells which one is meant, or merge them first.
organisation-import-no-parent = The organisation that this one belongs to is neither on record nor in this file, so the relation was left out.
organisation-import-left-out = This value cannot be used and was left out.
organisation-import-withdrawn = The registry has withdrawn this record, so it was left out.
# The headings of the table to fill in. $language is the name of a language.
organisation-column-id = Your number for it
organisation-column-ror = ROR number
organisation-column-name = Name ({ $language })
organisation-column-acronym = Short form
organisation-column-other-names = Other names (separated by ;)
organisation-column-kind = Kind
organisation-column-size = Size
organisation-column-country = Country
organisation-column-region = Province or city
organisation-column-established = Founded in (year)
organisation-column-website = Website
organisation-column-mail-domains = E-mail domains (separated by ;)
organisation-column-fields = Fields (separated by ;)
organisation-column-parent = Belongs to (its number)
organisation-column-description = Description ({ $language })
