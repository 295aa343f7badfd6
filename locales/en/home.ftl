### The home page.

home-find = Find technology
home-find-lead = Search in your own language what universities, institutes and enterprises of all the countries offer.
home-offer = Offer technology
home-offer-lead = Publish what you can share, in as much or as little detail as you choose.
home-need = Say what you need
home-need-lead = Describe the problem. The centres help to put it clearly and look for somebody who can solve it.
# Beside something that the platform cannot do yet.
home-in-preparation = In preparation
home-figures = The programme in figures
home-figures-all = All figures and their sources
home-countries = The countries
