package io.plutorun.fake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key as the server stores it. */
record ApiKey(
        String id,
        String secret,
        Organization organization,
        @Nullable Instant expiresAt,
        boolean revoked) {

    boolean expired(Instant now) {
        return expiresAt != null && expiresAt.isBefore(now);
    }
}
