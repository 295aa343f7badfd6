### The countries of the programme, and what is published of it.

programme-title = Programme
programme-heading = The countries of the programme
programme-lead = Who looks after the programme in each country, how the cooperation stands, and when people there are at work.
programme-country = Country
programme-centre = Centre
programme-authority = Authority
programme-agreement = Agreement
programme-bilateral-centre = Bilateral centre
programme-contact = Contact
programme-languages = Languages
programme-time = Time now
programme-currency = Currency
programme-headquarters = Headquarters
programme-holidays = Next public holidays
programme-no-calendar = No calendar for this time yet.
# Beside a holiday whose date the authorities have not announced.
programme-tentative = not announced yet
programme-mechanism = The mechanism
programme-mechanisms = Mechanisms by country
# $signed, $centre (number): how many countries.
programme-mechanisms-about = Each tile is a country, where it lies among its neighbours: { $signed } with a signed agreement, { $centre } with a bilateral centre and no signed agreement.
programme-signed = Agreement signed
programme-established = Bilateral centre, no signed agreement
programme-unpublished = Nothing published
# $date (text): a year, a month with its year, or a day.
programme-as-of = As of { $date }
programme-figures = Published figures
programme-figure = Figure
programme-when = When
programme-said-by = Source
# $value (text): a number as it is written.
programme-about = about { $value }
# $value (text): a number as it is written.
programme-over = more than { $value }
programme-network-about = As the sources count them, at the times they name.
programme-partners = Who takes part
programme-no-partners = No body of this country is named in the sources.
programme-body = Body
programme-role = What it does
# What a body is called now. $date (text): a year, a month or a day; $name (text).
programme-successor = Since { $date }: { $name }
programme-kind = Kind
programme-holiday = Holiday
programme-at-a-glance = At a glance
