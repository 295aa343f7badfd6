### What stands around every page, and the home page.

shell-skip-to-content = Skip to content
# The button that opens the list of sections, and that list's name.
shell-menu = Menu
# The label of the language switch.
shell-language = Language
# The link to the home page.
# Under the platform's name on the home page.
shell-tagline = Where technology supply meets technology demand, across borders
# What the platform is for, in two sentences.
shell-intro = Universities, institutes and enterprises publish here the technologies they offer and the technologies they need. The platform matches the two sides and accompanies them until an agreement is signed.
shell-footer-about = Causeway is open software for international technology transfer.
# $version (text): the version of the software, such as 0.1.0.
shell-version = Version { $version }
# The link to the documentation of the API.
shell-api = API for programs
# $time (text): date, time and offset, such as 22 November 2026 at 14:05 GMT+8.
# The home page, in the trail of pages above this one.
shell-home = Home
# The name of that trail, for those who hear it.
shell-you-are-here = You are here
# Over the table beneath a chart.
shell-numbers = The numbers
shell-nothing-to-show = There is nothing to show yet
