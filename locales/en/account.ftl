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
