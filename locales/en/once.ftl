### Requests of programs that are sent again under the same key (Idempotency-Key).

once-running = The first request with this key is still being carried out. Wait a moment, then send it again.
once-unknown = A request with this key was sent before, and its answer was not kept. Look whether it was carried out, then use a new key.
once-other-request = Another request was sent with this key before. Use a new key for each new request.
