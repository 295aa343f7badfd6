job-administrator-only = Mga tagapangasiwa lamang ang maaaring magbago ng mga gawain sa likuran.
job-not-ended = Mga gawain sa likuran na nabigo o itinigil lamang ang maaaring patakbuhing muli.
job-ended = Tapos na ang gawaing ito sa likuran at hindi na maititigil.
