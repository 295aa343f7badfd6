### Work that the platform does in the background.

# Why somebody may not.
job-administrator-only = Only administrators may change background jobs.
# Why it cannot be run again.
job-not-ended = Only a background job that failed or was stopped can be run again.
# Why it cannot be stopped.
job-ended = This background job has ended already and cannot be stopped.
