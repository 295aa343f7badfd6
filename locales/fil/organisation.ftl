organisation-staff-only = Ang mga kawani lamang ng sentro ng bansang iyon ang maaaring gumawa nito.
organisation-own-only = Ang mga tagapangasiwa lamang ng organisasyon at ang mga kawani ng sentro ng bansa nito ang maaaring gumawa nito.
organisation-centre-only = Ang mga tagapangasiwa lamang ng sentro ng bansang iyon ang maaaring gumawa nito.
organisation-not-active = Sarado na o isinama na sa iba ang organisasyong ito, kaya hindi na ito mababago.
organisation-number-taken = May ibang organisasyon sa talaan na may isa sa mga numerong ito ng rehistro. Suriin ang numero, o iulat na magkadoble ang dalawa.
