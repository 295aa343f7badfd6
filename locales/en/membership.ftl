### Memberships: applications, standing, people of organisations.

# Why somebody may not, and why it cannot be done now.
membership-sign-in = Sign in first to apply or to join an organisation.
membership-applicant-only = Only the applicant and the organisation’s administrators may do this.
membership-staff-only = Only the staff of the country’s centre may do this.
membership-centre-only = Only the administrators of the country’s centre may decide this.
membership-administrator-only = Only the organisation’s administrators and its country’s centre may do this.
membership-own = Nobody decides in a matter of their own. Ask somebody else of the centre or the organisation.
membership-known = This organisation is a member already, or its application is still open.
membership-affiliated = This person belongs to the organisation already, or has asked to.
membership-not-asked = Nothing was asked that could be answered.
membership-unchecked = Not every check is done. Mark what was made sure of, then accept.
membership-decided = This application has been decided or withdrawn already.
membership-step = The membership cannot go from its present standing to this one.
membership-early = It is too early to renew. A membership can be renewed in the last 60 days before it ends.
membership-not-requested = There is no open request here. Load the page again to see how it stands.
