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
