token-revoked = Binawi na ang access token na ito.
token-read-only = Pagbabasa lamang ang pinahihintulutan ng access token na ito. Gumamit ng access token na maaaring magbago.
