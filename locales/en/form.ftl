### The parts of forms.

# Behind the label of a field that may be left empty.
form-optional = (optional)
# The way back from a question.
form-cancel = Cancel
# Instead of error-forged-hint, where the form is shown again.
form-forged-hint = It was opened too long ago, or you have signed in or out since. What you typed is still here. Check it and send it once more.
