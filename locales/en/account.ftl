### Accounts: signing in, roles, sessions, a person's own data.

# Nobody gives a role to themselves.
account-grant-own = You cannot give yourself a role. Ask another administrator.
# A role that this person may not give or take away.
account-grant-denied = This role is not yours to give or take away. Ask an administrator of the platform.
# The account holds this role already.
account-grant-held = This account holds the role already.
# Some roles are never held by one person, such as evaluator and broker.
account-duties-apart = Whoever assesses may not also do what is assessed. End the other role first, or choose another person.
# There must always be somebody who runs the platform.
account-last-administrator = This is the last administrator of the platform. Make somebody else an administrator first.
# Suspending one's own account.
account-suspend-own = You cannot suspend your own account. Ask another administrator.
# The account is suspended already.
account-suspended = This account is suspended.
# The account is not suspended.
account-open = This account is open; there is nothing to reopen.
# The account was closed for good.
account-closed = This account has been closed for good.
# The label of the menu with one's own pages.
account-mine = My account
account-sign-out = Sign out
account-sign-out-question = Sign out here?
# Said once, afterwards.
account-signed-out = You are signed out.
# A heading and a link.
account-sessions = Where you are signed in
account-sessions-intro = Each entry is a browser that is signed in with your account. End those that you do not know.
account-this-session = This browser
# $date (text): such as 22 November 2026.
account-session-since = Since { $date }
# $time (text): such as 3 hours ago.
account-session-seen = last used { $time }
# The button that ends the session of another browser.
account-session-end = Sign out there
# The button that ends every session but this one.
account-sessions-end = Sign out everywhere else
# Said once, afterwards.
account-session-ended = That browser is signed out.
# Said once, afterwards.
account-other-sessions-ended = You are signed out everywhere but here.
account-exists = There is an account with this e-mail address already.
# The address has no account, or the password is wrong; which, nobody is told.
account-sign-in-refused = E-mail address or password is not right. Check both, or ask for a new password.
# A link of a letter that was used, is too old, or never was.
account-link-over = This link does not work any more. It works once and for a limited time. Ask for a new one.
# Before the password, the address, the second factor or a token is changed.
account-prove-again = Confirm that it is you: enter your password or code again, then repeat this.
# The code for signing in (second factor) is on.
account-code-on = A sign-in code is on already. Turn it off first to set up another device.
# The code for signing in (second factor) is off.
account-code-off = No sign-in code is on for this account.
# Setting up the code was not begun, or was finished.
account-code-not-begun = Setting up the sign-in code has not been started. Start it again.
# A link, a heading and a button.
account-sign-in = Sign in
# A link, a heading and a button.
account-register = Register
account-register-hint = We send you a letter with a link. Follow it and choose a password; then your account is open.
# The label of a field.
account-email = E-mail address
account-email-hint = Only you and the administrators of the platform see it.
# The label of a field.
account-password = Password
# The label of a field.
account-new-password = New password
# The label of a field.
account-current-password = Present password
account-password-hint = At least 12 characters. A few words that only you would put together are good.
# A link and a heading.
account-forgot = Forgotten password
account-reset-hint = We send a link to this address by which you choose a new password.
# A button.
account-send-link = Send the link
# A heading.
account-check-mail = Check your mail
account-check-mail-hint = We have sent a letter to that address. Follow the link in it; it works once and for a limited time.
account-check-mail-none = No letter after some minutes? Look among the unwanted mail, check the address, and ask once more.
# A heading.
account-choose-password = Choose a password
# A button.
account-open-it = Open the account
# Said once, afterwards.
account-is-opened = Your account is open, and you are signed in.
# A heading.
account-first = Make the first administrator
account-first-hint = There is no account here yet. Whoever fills in this form runs the platform.
# The label of a field.
account-name = Name
account-name-hint = Your whole name as you write it, in your own script.
# The label of a field.
account-latin-name = Name in Latin letters
account-latin-name-hint = For those who do not read your script.
# The label of a field.
account-country = Country you live in
# The label of a field.
account-language = Language of letters to you
account-language-hint = Pages are shown in the language that you choose at their head.
# The label of a field.
account-time-zone = Time zone
# A button.
account-save = Save
# Said once, afterwards.
account-saved = Your changes are saved.
# A link and a heading.
account-profile = Change what is known of you
# A link and a heading.
account-change-email = Change the e-mail address
account-change-email-hint = We send a letter to the old address and one to the new. The change counts once you have followed the links in both.
# The label of a field.
account-new-email = New e-mail address
# Said once, afterwards.
account-email-letters = Look for letters at both addresses, and follow the link in each.
account-confirm-email-hint = Confirm that the e-mail address of your account is to be changed.
# A button.
account-confirm = Confirm
# Said once, afterwards.
account-email-one-of-two = One of two links is confirmed. Follow the one in the other letter as well.
# Said once, afterwards.
account-email-changed = Your e-mail address is changed. Sign in with the new one.
# A link and a heading.
account-change-password = Change the password
account-password-ends = You will be signed out everywhere but here.
# Said once, afterwards.
account-password-changed = Your password is changed.
# The label of a field: the code for signing in.
account-code = Sign-in code
account-code-hint = The six figures that your app shows now, or one of your recovery codes.
account-code-new-hint = The six figures that the app shows now.
# A heading.
account-code-needed = Enter your sign-in code
account-code-late = The first step was too long ago. Start again with e-mail address and password.
# A link.
account-start-again = Start again
# A link and a heading.
account-second-factor = Sign-in code
account-second-factor-off = Your password alone opens your account
account-second-factor-hint = With a sign-in code, an app on your phone shows six figures that are asked for beside the password. Whoever has learned your password cannot sign in with it.
account-second-factor-on = A sign-in code is asked for when you sign in. If you lose the device that shows it, use a recovery code.
# A button and a heading.
account-second-factor-add = Set up a sign-in code
# A button.
account-second-factor-turn-on = Turn it on
# A link and a button.
account-second-factor-end = Turn off the sign-in code
# A heading.
account-second-factor-end-question = Turn off the sign-in code?
# What will happen.
account-second-factor-end-hint = Your password alone will open your account, and your recovery codes will stop working.
# Said once, afterwards.
account-second-factor-now-off = The sign-in code is off.
account-scan-hint = Scan this picture with an authenticator app on your phone. Then type the figures that the app shows.
# What the picture shows, for those who do not see it.
account-scan-picture = QR code for the authenticator app
account-scan-secret = If you cannot scan it, type this secret into the app:
# A heading.
account-codes = Recovery codes
account-codes-hint = If you lose the device with the app, each of these codes signs you in once. Write them down or print them, and keep them where others do not look.
account-codes-once = They are shown only now.
# A button.
account-codes-renew = Make new recovery codes
account-codes-renew-hint = The old recovery codes will stop working.
# $count (number): how many are left.
account-codes-left =
    { $count ->
        [one] { $count } recovery code is left
       *[other] { $count } recovery codes are left
    }
# A heading.
account-prove = Confirm that it is you
account-prove-hint = You signed in some time ago, and what comes next concerns the safety of your account.
# A button.
account-go-on = Go on
# A heading over links to one's work.
account-work = Your work
# A heading over what is known of oneself.
account-known = What is known of you
# A heading over links to settings.
account-keep = Keep your account
# A link, a heading and a button.
account-close = Close the account
# What will happen.
account-close-sessions = You will be signed out everywhere, your access tokens will stop working and your roles will end.
# What will happen.
account-close-for-good = A closed account cannot be opened again. You may register anew with the same e-mail address.
# The label of a box that has to be ticked.
account-close-agreed = I want to close my account for good
account-close-tick = Tick this box to close the account.
# Said once, afterwards.
account-is-closed = Your account is closed.
