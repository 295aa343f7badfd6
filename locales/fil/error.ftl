error-not-found = Hindi nahanap ang pahina
error-not-found-hint = Maaaring mali ang address, o inilipat ang pahina, o hindi ito bukas sa publiko. Suriin ang address o magsimula sa unang pahina.

error-denied = Wala kayong pahintulot na gawin ito
error-unauthenticated = Mag-sign in muna
error-unauthenticated-hint = Mag-sign in, o maglakip ng wastong access token sa kahilingan.

error-invalid = May ilang patlang na kailangang itama
error-invalid-hint = Minarkahan ang mga patlang na kailangang itama. Itama ang mga ito at ipadala muli.

error-conflict = Hindi ito magagawa sa kasalukuyang kalagayan
error-stale = May ibang nagbago na nito
error-stale-hint = Hindi na-save ang inyong pagbabago. I-load muli ang pahina para makita ang pinakabagong bersiyon, saka ulitin ang pagbabago.

error-limited = Napakaraming kahilingan
error-limited-hint = Maghintay ng { $seconds } segundo, saka subukang muli.

error-busy = Abala ang platform sa ngayon
error-busy-hint = Hindi naisagawa ang inyong kahilingan. Subukang muli pagkaraan ng ilang sandali.

error-full = Puno na ang imbakan
error-full-hint = Walang nawala: naka-save pa rin ang lahat ng nakumpirma na. Walang bagong mase-save hangga’t hindi nadaragdagan ng tagapagpatakbo ang espasyo. Subukang muli mamaya.

error-unavailable = Hindi maabot ang database
error-unavailable-hint = Sinusubukan ng platform na kumonekta muli. Naka-save pa rin ang lahat ng nakumpirma na. Subukang muli pagkaraan ng ilang minuto.

error-internal = Nagkaroon ng problema sa panig namin
error-internal-hint = Naitala na ang problema. Subukang muli; kung mangyari ulit, ibigay ang numero ng kahilingan sa tagapagpatakbo.

error-too-large = Masyadong malaki ang ipinadala
error-too-large-hint = Magpadala ng mas maliit na file o mas maikling teksto.

error-unsupported-media = Hindi tinatanggap ang ganitong uri ng file o datos
error-unsupported-media-hint = Ipadala ito sa format na nakasaad sa pahinang ito o sa dokumentasyon ng API.

error-method-not-allowed = Hindi ito magagawa sa address na ito
error-method-not-allowed-hint = Bumalik sa nakaraang pahina at gamitin ang mga link at button doon.

error-bad-request = Hindi naunawaan ang kahilingan
error-bad-request-hint = Bumalik, i-load muli ang pahina at subukan ulit.

error-cross-site = Ipinadala mula sa ibang site
error-cross-site-hint = Mula sa ibang site ang kahilingang ito kaya hindi ito naisagawa. Buksan ang pahina rito at subukang muli.

error-forged = Hindi matanggap ang form na ito
error-forged-hint = Masyadong matagal itong nakabukas, o nag-sign in o nag-sign out kayo mula noon. Buksan muli ang pahina at ipadala ito ulit.

error-misdirected = Hindi inihahain dito ang address na ito
error-misdirected-hint = Ibang site ang tinutukoy ng kahilingan. Suriin ang address o magtanong sa tagapagpatakbo.

error-timed-out = Masyadong matagal ang kahilingan
error-timed-out-hint = Hindi natapos sa oras ang kahilingan. Suriin ang inyong koneksiyon at subukang muli.

error-version-needed = Kulang ang bersiyon ng datos
error-version-needed-hint = Maaaring may ibang nagbago na ng datos na ito. I-load muli ang datos, saka ilakip sa kahilingan ang bersiyong nakita ninyo, ayon sa dokumentasyon ng API.

error-back-home = Bumalik sa unang pahina

error-request-id = Numero ng kahilingan: { $id }

error-field-required = Punan ang patlang na ito.
error-field-too-long = Hanggang { $max } karakter lamang.
error-field-too-short = Hindi bababa sa { $min } karakter.
error-field-bad-language = Pumili ng isa sa mga wikang nakalista.
error-field-bad-value = Hindi tinatanggap ang halagang ito. Pumili o maglagay ng iba.
error-field-bad-address = Hindi kumpleto ang email address na ito. Suriin at ilagay muli.
error-field-common = Madaling hulaan ang password na ito. Pumili ng iba, gaya ng ilang salitang walang kaugnayan sa isa’t isa.
error-field-bad-code = Hindi tama o nagamit na ang code na ito. Ilagay ang ipinapakita ngayon, o isang recovery code.
error-field-wrong-password = Hindi ito ang inyong password. Ilagay muli.
