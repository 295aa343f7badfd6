### Letters: the e-mail that the platform sends.

# Why it cannot be sent again.
letter-not-waiting = This message was sent already, or its text has been removed. It cannot be sent again.
# Below a link. $until (text): a moment, such as 29 November 2026, 10:00 UTC.
letter-until = The link works once, until { $until }.
# Above the address of a link, for those whose mail program shows no buttons.
letter-copy = If the button does not work, copy this address into your browser:
# For whoever gets a message that somebody else caused.
letter-ignore = If this was not you, you need not do anything. You may delete this message.
# Why somebody gets this. $programme (text): its name.
letter-why-address = You receive this message because this address was entered at { $programme }.
# Why somebody gets this. $programme (text): its name.
letter-why-account = You receive this message because it concerns the safety of your account at { $programme }. Such messages cannot be turned off.
# Why somebody gets this. $programme (text): its name.
letter-why-contact = You receive this message because this address is where visitors of { $programme } write to.
# Somebody registered: is the address theirs?
letter-verify-subject = Confirm your e-mail address
# $programme (text): its name.
letter-verify-text = An account at { $programme } was asked for with this address. Confirm that the address is yours, and the account can be used.
# A button.
letter-verify-action = Confirm the address
# Somebody registered with an address that has an account.
letter-exists-subject = You already have an account
# $programme (text): its name.
letter-exists-text = An account at { $programme } was asked for with this address, but you have one already. Sign in with it, or choose a new password if you have forgotten yours.
# A button.
letter-sign-in-action = Sign in
# Somebody has forgotten their password. Also the label of a button.
letter-reset-subject = Choose a new password
# $programme (text): its name.
letter-reset-text = A new password was asked for your account at { $programme }. Until you choose one, the old one stays valid.
# Something about the safety of an account was changed.
letter-changed-subject = A change to your account
# What has changed.
letter-changed-password = Your password was changed.
letter-changed-email = The e-mail address of your account was changed.
letter-changed-second-factor-added = Signing in to your account now needs a code from your device as well.
letter-changed-second-factor-removed = Signing in to your account no longer needs a code from your device.
letter-changed-recovery-codes = New recovery codes were made for your account. The old ones no longer work.
letter-changed-recovery-code-used = Somebody signed in to your account with a recovery code.
letter-changed-passkey-added = A passkey was added to your account.
letter-changed-passkey-removed = A passkey was removed from your account.
letter-changed-token-issued = An access token was issued for your account. Programs can sign in with it.
letter-changed-closed = Your account was closed.
# $at (text): a moment.
letter-changed-at = When: { $at }
# What to do if somebody else did it.
letter-changed-warning = If this was not you, somebody else may have access to your account. Look at it at once, choose a new password and tell the operator.
# A button.
letter-changed-action = See your account
# $programme (text): its name.
letter-invite-subject = Invitation to { $programme }
# $inviter (text): a person. $programme (text): its name.
letter-invite-text = { $inviter } invites you to { $programme }.
# $inviter (text): a person. $organisation (text): its name. $programme (text): its name.
letter-invite-text-organisation = { $inviter } invites you to act for { $organisation } at { $programme }.
# A button.
letter-invite-action = Accept the invitation
# For whoever does not know the inviter.
letter-invite-ignore = If you do not know who invites you, you need not do anything. No account is opened unless you accept.
# An account is to have a new address.
letter-email-change-subject = Confirm your new e-mail address
# $programme (text): its name.
letter-email-change-text = An account at { $programme } is to use this address from now on. Confirm that the address is yours.
# A visitor writes to the centre. $subject (text): what it is about, in their words.
letter-contact-subject = Visitor’s message: { $subject }
# $name (text): of the visitor. $address (text): their e-mail address. $programme (text): its name.
letter-contact-text = { $name } ({ $address }) wrote at { $programme }:
# Below the visitor’s words.
letter-contact-answer = To answer, reply to this message. The name and the address were not checked.
# $programme (text): its name.
letter-test-subject = Test message from { $programme }
# $programme (text): its name.
letter-test-text = If you can read this, { $programme } can send e-mail to this address. The operator asked for this test.
# Letters about organisations and memberships. $organisation (text): its name. $person (text): a name. $until (text): a moment. $programme (text): its name.
letter-why-organisation = You receive this message because you act for this organisation, or asked to, at { $programme }.
letter-question-subject = A question about the application of { $organisation }
letter-question-text = The centre has a question about the application of { $organisation }. The application waits until you answer.
letter-question-action = Answer the question
letter-decided-subject = The application of { $organisation }
letter-accepted-text = { $organisation } is now a member of the network. You can act for it from now on.
letter-declined-text = The centre has declined the application of { $organisation }. You may apply again when the reasons no longer hold.
letter-look-action = See how it stands
letter-standing-subject = The membership of { $organisation }
letter-standing-ordinary = { $organisation } is an ordinary member of the network.
letter-standing-core = { $organisation } is now a core member of the network.
letter-standing-suspended = The membership of { $organisation } rests. Its rights as a member are suspended until that is lifted.
letter-standing-left = { $organisation } is no longer a member of the network.
letter-renewal-subject = The membership of { $organisation } ends soon
letter-renewal-text = The membership of { $organisation } must be renewed every year. If nobody renews it, it rests from the day on which it ends.
letter-renewal-action = Renew the membership
letter-renewal-until = It ends on { $until }.
letter-asks-subject = Somebody asks to join { $organisation }
letter-asks-text = { $person } asks to act for { $organisation }. Say yes only if you know the person.
letter-asks-action = Say yes or no
letter-belongs-subject = Your place at { $organisation }
letter-belongs-text = You belong to { $organisation } now, and can act for it.
letter-belongs-not-text = You do not belong to { $organisation }, or no longer. Ask its administrators if you think that this is wrong.
