once-running = Isinasagawa pa ang unang kahilingan na may ganitong susi. Maghintay sandali, saka ipadalang muli.
once-unknown = May naipadala nang kahilingan na may ganitong susi, ngunit hindi itinago ang sagot. Tingnan kung naisagawa na ito, saka gumamit ng bagong susi.
once-other-request = Nagamit na ang susing ito sa ibang kahilingan. Gumamit ng bagong susi sa bawat bagong kahilingan.
