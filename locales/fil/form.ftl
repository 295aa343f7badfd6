form-optional = (opsyonal)
form-cancel = Kanselahin
form-forged-hint = Masyadong matagal itong nakabukas, o nag-sign in o nag-sign out kayo mula noon. Narito pa rin ang inilagay ninyo. Suriin ito at ipadala ulit.
