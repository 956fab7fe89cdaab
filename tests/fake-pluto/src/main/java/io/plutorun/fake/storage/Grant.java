package io.plutorun.fake.storage;

import java.time.Instant;

/**
 * What a signed URL allows.
 *
 * @param method PUT or GET
 * @param key the object
 * @param until how long
 */
record Grant(String method, String key, Instant until) {}
