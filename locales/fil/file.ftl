file-editor-only = Mga patnugot at tagapangasiwa lamang ang maaaring magdagdag ng file.
