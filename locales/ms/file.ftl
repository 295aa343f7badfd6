file-editor-only = Hanya penyunting dan pentadbir boleh menambah fail.
