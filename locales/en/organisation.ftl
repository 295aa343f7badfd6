### Organisations.

# Why somebody may not.
organisation-staff-only = Only the staff of the country’s centre may do this.
organisation-own-only = Only the organisation’s administrators and the staff of its country’s centre may do this.
organisation-centre-only = Only the administrators of the country’s centre may do this.
# Why it cannot be changed.
organisation-not-active = This organisation is closed or was merged with another, so it can no longer be changed.
organisation-number-taken = Another organisation on record has one of these register numbers. Check the numbers, or report the two as duplicates.
