### How the programme works, and who operates the site.

about-title = About
about-lead = How technology gets from where it is made to where it is needed, and who looks after it on the way.
about-model = How it works
about-mechanism = One working mechanism with each country
about-mechanism-text = An agreement between two countries, a joint working group, and a meeting every year.
about-conference = One conference
about-conference-text = Once a year everybody meets at the conference on technology transfer and innovation cooperation.
about-network = One network
about-network-text = Universities, institutes, enterprises and associations are its members. They say what they offer and what they need.
about-activities = Many activities
about-activities-text = Matchmaking, exhibitions, site visits and training bring the two sides together all year round.
about-rules = Whose data, whose results
about-rule-data = Data belong to whoever provides them. They are shared as far as the agreements and the laws of each country allow.
about-rule-results = Results that one side achieves alone belong to that side. Results achieved together belong to both.
about-rule-name = Nobody uses the name or the logo of another without consent in writing.
about-rule-public = What has been disclosed to the public can be read by everybody, without signing in.
about-operator = Who operates this site
about-operator-text = Each centre that takes part can run this platform itself, on its own machines and under its own law.
