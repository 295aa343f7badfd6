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

# Pages: the directory, and the page of one. Its name in the header.
organisation-directory = Organisations
organisation-lead = Who belongs to the network and who works with it: universities, institutes, enterprises and others, in every country of the programme.
organisation-search = Find by name
organisation-search-button = Search
# $name (text): what was searched for.
organisation-found = Names with “{ $name }”
# $count (number): how many organisations there are.
organisation-count =
    { $count ->
        [one] { $count } organisation
       *[other] { $count } organisations
    }
organisation-narrow = Narrow the list
organisation-show-all = Show all organisations
organisation-country = Country
organisation-kind = Kind
# Fields of technology in which an organisation is active.
organisation-field = Technology fields
organisation-none = No organisation found
organisation-none-hint = Try fewer words or another spelling, or give up one of the choices.
organisation-none-yet = No organisations yet
organisation-none-yet-hint = Organisations will appear here as soon as they are on record.
# The link to the next page of the list.
organisation-more = More organisations
# The link from a later page to the first.
organisation-from-start = Back to the beginning
organisation-by-country = Organisations by country
organisation-by-country-about = How many organisations have their seat in each country.
organisation-other-names = Other names
# What a name is: another in use, a short form, one of the past.
organisation-alias = also called
organisation-acronym = short form
organisation-former = former name
organisation-place = Place
organisation-size = Size
organisation-established = Founded
organisation-website = Website
# The body that it is a part of.
organisation-parent = Belongs to
# The bodies of which it was made.
organisation-predecessors = Came from
# Numbers under which registers know it.
organisation-numbers = Register numbers
# $country (text): the country whose register it is.
organisation-register = National register of { $country }
organisation-reference = Reference
organisation-facts = Facts
organisation-membership = Membership
organisation-standing = Standing
# $date (text): such as 22 November 2026.
organisation-since = Since { $date }
organisation-no-member = Not a member of the network
organisation-contacts = Whom to write to
# Over a contact that has no role.
organisation-contact = Contact
organisation-parts = Parts of this organisation
organisation-closed = This organisation no longer exists
organisation-closed-hint = The page stays, so that whatever names the organisation can still be understood.
organisation-merged = This organisation is on record under another name
