### The documentation of the API.

# What each operation of the API does, as an instruction in a few words.
api-programme = Show the programme and where the rest is
api-openapi = Show the description of this API
api-publications = List the news
api-publication-publish = Publish news
api-publications-export = Download all news, one per line
api-publication = Show one piece of news
api-publication-withdraw = Take news off the site
api-changes = Read the log of changes
api-file-keep = Upload a file
api-file = Download a file
api-jobs = List background jobs
api-job = Show one background job
api-job-retry = Run a background job again
api-job-stop = Stop a background job
api-programme-data = Show the data of the programme
api-countries = List the countries of the programme
api-country = Show one country with its partners and calendar
api-list = Show a closed list with its labels
api-letters = List letters that the platform sends
api-letter = Show what became of one letter
api-letter-retry = Send a letter again

# The page that describes the API.
api-docs-title = API for programs
api-docs-intro = Everything that programs can ask this platform, made from the program itself.
api-docs-machine = The same for machines (OpenAPI 3.1)
api-docs-token = Access token
api-docs-token-hint = The operator issues access tokens. Send yours with each request, in this header.
api-docs-signed-in = Needs an access token
api-docs-public = Open to everybody
api-docs-parameters = Parameters
api-docs-body = Body of the request
api-docs-example = Example
api-docs-answers = Answers
api-docs-name = Name
api-docs-type = Type
api-docs-meaning = Meaning
api-docs-required = Required
api-docs-status = Status
api-docs-code = Code
api-docs-problems = Problems
api-docs-problems-hint = A refused request is answered with one of these codes, in words and for programs.
