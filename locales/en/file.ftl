### Files.

# Why somebody may not.
file-editor-only = Only editors and administrators may add files.
