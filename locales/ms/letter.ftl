letter-not-waiting = E-mel ini sudah dihantar atau kandungannya telah dipadam. E-mel ini tidak dapat dihantar lagi.
