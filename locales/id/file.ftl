file-editor-only = Hanya editor dan administrator yang dapat menambahkan berkas.
