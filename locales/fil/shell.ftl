shell-skip-to-content = Lumaktaw sa nilalaman
shell-language = Wika
shell-tagline = Pinag-uugnay ang iniaalok at ang hinahanap na teknolohiya sa iba’t ibang bansa
shell-intro = Inilalathala rito ng mga unibersidad, instituto at kompanya ang teknolohiyang iniaalok nila at ang teknolohiyang hinahanap nila. Pinagtutugma ng platform ang dalawang panig at sinasamahan sila hanggang sa malagdaan ang kasunduan.
shell-footer-about = Ang Causeway ay bukas na software para sa pandaigdigang paglilipat ng teknolohiya.
shell-version = Bersiyon { $version }
shell-api = API para sa mga programa
shell-menu = Menu
