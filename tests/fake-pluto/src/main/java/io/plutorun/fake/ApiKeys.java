package io.plutorun.fake;

import io.plutorun.fake.ingest.IngestProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All keys there are, by the role that they play in the recorded exchanges. */
final class ApiKeys {

    /** The answer to an Authorization header. */
    sealed interface Verdict {}

    record Accepted(ApiKey key) implements Verdict {}

    /** @param message what the server says beside "Unauthorized"; null when it says no more */
    record Refused(@Nullable String message) implements Verdict {}

    private static final Organization ONE = new Organization("org-one", "user-one", false, true);
    private static final Organization TWO = new Organization("org-two", "user-two", false, true);
    private static final Organization FULL = new Organization("org-full", "user-full", true, true);
    private static final Organization UNPAID = new Organization("org-unpaid", "user-unpaid", false, false);

    private static final Pattern INGEST_TOKEN = Pattern.compile("[A-Za-z0-9._-]+");

    private final TestClock clock;
    private final Map<String, String> secretByRole = new LinkedHashMap<>();
    private final Map<String, ApiKey> bySecret = new LinkedHashMap<>();

    ApiKeys(TestClock clock) {
        this.clock = clock;
        Instant now = clock.now();
        add("valid", "mlps_", "key-secure", ONE, null, false);
        add("valid-insecure", "mlpi_", "key-insecure", ONE, null, false);
        add("org2", "mlps_", "key-org2", TWO, null, false);
        add("future", "mlps_", "key-future", ONE, now.plus(Duration.ofDays(36_500)), false);
        add("expired", "mlps_", "key-expired", ONE, now.minus(Duration.ofDays(1)), false);
        add("revoked", "mlps_", "key-revoked", ONE, null, true);
        add("over-limit", "mlps_", "key-over-limit", FULL, null, false);
        add("no-subscription", "mlps_", "key-no-subscription", UNPAID, null, false);
        secretByRole.put("unknown", secret("mlps_", "unknown"));
        secretByRole.put("unknown-insecure", secret("mlpi_", "unknown"));
    }

    private void add(
            String role, String prefix, String id, Organization org, @Nullable Instant expiresAt, boolean revoked) {
        String secret = secret(prefix, role.replace("-", ""));
        secretByRole.put(role, secret);
        bySecret.put(secret, new ApiKey(id, secret, org, expiresAt, revoked));
    }

    private static String secret(String prefix, String word) {
        return prefix + "FakePluto" + word + "0123456789abcdef".substring(0, Math.max(1, 16 - word.length()));
    }

    String secret(String role) {
        String secret = secretByRole.get(role);
        if (secret == null) {
            throw new IllegalArgumentException(
                    "no key plays the role " + role + "; there are " + secretByRole.keySet());
        }
        return secret;
    }

    ApiKey key(String role) {
        ApiKey key = bySecret.get(secret(role));
        if (key == null) {
            throw new IllegalArgumentException("the key " + role + " is not known to the server");
        }
        return key;
    }

    /** The main API's check: only the second space-separated word of the header is looked at, whatever the first one is. */
    Verdict authenticate(@Nullable String header) {
        String secret = header == null ? "" : secondWord(header);
        if (secret.isEmpty()) {
            return new Refused(null);
        }
        if (!secret.startsWith("mlps_") && !secret.startsWith("mlpi_")) {
            return new Refused("Invalid API key");
        }
        ApiKey key = bySecret.get(secret);
        if (key == null) {
            return new Refused("Key not found");
        }
        if (key.revoked()) {
            return new Refused("API key has been revoked");
        }
        return key.expired(clock.now()) ? new Refused("API key has expired") : new Accepted(key);
    }

    private static String secondWord(String header) {
        int first = header.indexOf(' ');
        if (first < 0) {
            return "";
        }
        int second = header.indexOf(' ', first + 1);
        return header.substring(first + 1, second < 0 ? header.length() : second);
    }

    /** The ingest host's check: the word {@code Bearer} exactly, then any number of spaces. */
    ApiKey ingestKey(@Nullable String header) throws IngestProblem {
        if (header == null) {
            throw IngestProblem.missingToken();
        }
        if (!header.startsWith("Bearer ")) {
            throw IngestProblem.notBearer(); // also "Bearer " alone, whose space every HTTP server cuts off
        }
        String secret = header.substring("Bearer ".length()).strip();
        if (!INGEST_TOKEN.matcher(secret).matches()) {
            throw IngestProblem.tokenCharacters();
        }
        ApiKey key = bySecret.get(secret);
        if (key == null) {
            throw IngestProblem.invalidToken("Invalid API key");
        }
        if (key.expired(clock.now())) {
            throw IngestProblem.invalidToken("API key has expired");
        }
        if (key.revoked()) {
            throw IngestProblem.invalidToken("API key has been revoked");
        }
        return key;
    }

    /** The heartbeat host's look-up: exact, and blind to revocation. */
    @Nullable
    ApiKey findUnexpired(String secret) {
        ApiKey key = bySecret.get(secret);
        return key == null || key.expired(clock.now()) ? null : key;
    }
}
