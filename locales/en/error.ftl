### Titles of error pages, each with a hint of what to do, and messages at fields.
### A code of an error in the software is its message key.

# There is no such page, or it is not for this person.
error-not-found = Page not found
error-not-found-hint = The address may be mistyped, or the page was moved or is not public. Check the address or start from the home page.

# The person may see it, but not do this.
error-denied = You are not allowed to do this
# Nobody has signed in, or the token is not valid.
error-unauthenticated = Sign in first
error-unauthenticated-hint = Sign in, or send a valid access token with the request.

# A form with errors; they stand at the fields.
error-invalid = Some fields need correction
error-invalid-hint = The fields concerned are marked. Correct them and send again.

# The state of the thing does not allow it.
error-conflict = This cannot be done in the present state
# Somebody else saved first.
error-stale = Someone else has changed this
error-stale-hint = Your change was not saved. Load the page again to see the latest version, then make your change once more.

# More requests than one may send. In the hint, $seconds (number): how long to wait.
error-limited = Too many requests
error-limited-hint =
    { $seconds ->
        [one] Wait { $seconds } second, then try again.
       *[other] Wait { $seconds } seconds, then try again.
    }

# More requests than can be served.
error-busy = The platform is busy
error-busy-hint = Your request was not carried out. Try again in a moment.

# The disk is full.
error-full = The storage is full
error-full-hint = Nothing was lost: everything that was confirmed is kept. Nothing new can be saved until the operator makes room. Try again later.

# The database is away.
error-unavailable = The database cannot be reached
error-unavailable-hint = The platform is trying to connect again. Everything that was confirmed is kept. Try again in a few minutes.

# A fault of the software.
error-internal = Something went wrong on our side
error-internal-hint = The fault has been recorded. Try again; if it happens once more, tell the operator the request number.

# The file, or the whole request.
error-too-large = What was sent is too large
error-too-large-hint = Send a smaller file or a shorter text.

# Neither the form nor the API takes this kind.
error-unsupported-media = This kind of file or data is not accepted
error-unsupported-media-hint = Send it in a format named on this page or in the API documentation.

# The page exists, but does not take this method.
error-method-not-allowed = This cannot be done at this address
error-method-not-allowed-hint = Go back to the previous page and use the links and buttons there.

# Not a well formed request.
error-bad-request = The request was not understood
error-bad-request-hint = Go back, load the page again and try once more.

# A page of another site sent it.
error-cross-site = Sent from another site
error-cross-site-hint = This request came from a page of another site, so it was not carried out. Open the page here and try again.

# A form without the token of the page it was on.
error-forged = This form could not be taken
error-forged-hint = It was opened too long ago, or you have signed in or out since. Open the page again and send it once more.

# It was meant for another host.
error-misdirected = This address is not served here
error-misdirected-hint = The request names another site. Check the address, or ask the operator which one to use.

# It did not arrive or end in time.
error-timed-out = The request took too long
error-timed-out-hint = It was not completed in time. Check your connection and try again.

# A change without If-Match.
error-version-needed = The version is missing
error-version-needed-hint = Others may have changed this data. Load it again and send the version you saw with the request, as the API documentation says.

error-back-home = Back to the home page

# $id (text): the number under which the request stands in the log.
error-request-id = Request number: { $id }

# Messages at a field of a form.
error-field-required = Fill in this field.
# $max (number): how many characters are allowed.
error-field-too-long =
    { $max ->
        [one] Use at most { $max } character.
       *[other] Use at most { $max } characters.
    }
# $min (number): how many characters are needed.
error-field-too-short =
    { $min ->
        [one] Use at least { $min } character.
       *[other] Use at least { $min } characters.
    }
error-field-bad-language = Choose one of the languages listed.
error-field-bad-value = This value is not accepted. Choose or enter another.
error-field-bad-address = This is not a complete e-mail address. Check it and enter it again.
error-field-common = This password is among the first that are tried. Choose another, such as several words that do not belong together.
error-field-bad-code = This code is not right, or was used already. Enter the one that is shown now, or a recovery code.
error-field-wrong-password = This is not your password. Enter it again.
