package io.plutorun.e2e;

import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that every program of the suite has in its environment and on its command line, and the search for them in whatever the agent
 * sent, printed and wrote (P7). None of them is known to the agent but by its name, its shape or its place.
 */
final class PlantedSecrets {

    /** How many bytes were searched in this JVM. */
    static final AtomicLong SEARCHED = new AtomicLong();

    /** Variables whose names say that their values are secrets, in forms that no shape gives away; and some that a shape does. */
    private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

    /** {@code -D} properties, of which the JVM's command line tells. */
    private static final Map<String, String> PROPERTIES = new LinkedHashMap<>();

    /** Secret, by what it is called in a failure. */
    private static final Map<String, String> SECRETS = new LinkedHashMap<>();

    static {
        for (String name : List.of(
                "DB_PASSWORD",
                "PGPASSWORD",
                "MYSQL_PWD",
                "SMTP_PASS",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN",
                "AZURE_CLIENT_SECRET",
                "AZURE_STORAGE_KEY",
                "WANDB_API_KEY",
                "COMET_API_KEY",
                "VAULT_TOKEN",
                "KUBE_TOKEN",
                "JWT_SIGNING_SECRET",
                "ENCRYPTION_PASSPHRASE",
                "SERVICE_CREDENTIALS")) {
            variable(name, "planted-" + name.hashCode() + "-in-" + name.length(), null);
        }
        variable("AWS_ACCESS_KEY_ID", "AKIA" + "PLANTEDPLANTED42", null);
        variable("HF_TOKEN", "hf_" + "plantedPlantedPlantedPlanted42", null);
        variable("GITHUB_TOKEN", "ghp_" + "plantedPlantedPlantedPlantedPlanted4", null);
        variable("OPENAI_API_KEY", "sk-" + "planted0Planted0Planted0Planted0", null);
        variable("DATABASE_URL", "postgresql://planted:userInfoOfAVariable@db.example/x", "userInfoOfAVariable");
        for (String name : List.of(
                "db.password",
                "app.apiKey",
                "javax.net.ssl.keyStorePassword",
                "oauth.client-secret",
                "my.access_token")) {
            property(name, "planted-property-" + name.length() + name.charAt(0), null);
        }
        property("cache.url", "redis://:userInfoOfAProperty@cache.example:6379/0", "userInfoOfAProperty");
        property("slack.hook", "xoxb-" + "1234567890-plantedPlanted", null);
        property("registry.npm", "npm_" + "plantedPlantedPlantedPlantedPlanted42", null);
        property("registry.gitlab", "glpat-" + "plantedPlantedPlanted42", null);
        property("maps", "AIza" + "plantedPlantedPlantedPlantedPlanted", null);
    }

    private PlantedSecrets() {}

    private static void variable(String name, String value, @Nullable String secret) {
        VARIABLES.put(name, value);
        SECRETS.put("variable " + name, secret == null ? value : secret);
    }

    private static void property(String name, String value, @Nullable String secret) {
        PROPERTIES.put(name, value);
        SECRETS.put("property " + name, secret == null ? value : secret);
    }

    static Map<String, String> variables() {
        return VARIABLES;
    }

    /** As options of a JVM. */
    static List<String> options() {
        List<String> options = new ArrayList<>();
        PROPERTIES.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return options;
    }

    /** How many there are. */
    static int count() {
        return SECRETS.size();
    }

    /**
     * Fails when one of them, or the API key, is in what the agent left.
     *
     * @param environment the program's, which may hold a key
     */
    static void search(Result result, Path directory, Map<String, String> environment, @Nullable FakePluto pluto) {
        Map<String, String> secrets = new LinkedHashMap<>(SECRETS);
        addKey(secrets, environment.get("PLUTO_API_KEY"));
        result.agentLines().forEach(line -> search(line, "the agent's line on stderr", secrets));
        List<Path> places = new ArrayList<>(List.of(directory));
        for (String variable : List.of("PLUTO_DIR", "PLUTO_LOG_FILE")) {
            String place = environment.get(variable);
            if (place != null && !place.isBlank() && place.indexOf('\0') < 0) {
                places.add(directory.resolve(place));
            }
        }
        places.forEach(place -> searchFiles(place, secrets));
        if (pluto != null) {
            addKey(secrets, pluto.apiKey());
            pluto.exchanges().forEach(exchange -> search(text(exchange), "the request " + exchange.path(), secrets));
        }
    }

    /** What a short run of letters finds by accident says nothing; a test may also set a key that is none. */
    private static void addKey(Map<String, String> secrets, @Nullable String key) {
        if (key != null && key.strip().length() >= 12) {
            secrets.put("the API key", key.strip());
        }
    }

    /** Everything but the one header that the key belongs into. */
    private static String text(Exchange exchange) {
        StringBuilder text = new StringBuilder(exchange.method() + ' ' + exchange.path() + '\n');
        exchange.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Authorization")) {
                text.append(name).append(": ").append(values).append('\n');
            }
        });
        return text.append(exchange.body()).toString();
    }

    /** Only what the agent writes: its journals and its log; the programs have files of their own. */
    private static void searchFiles(Path place, Map<String, String> secrets) {
        if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            searchFile(place, secrets);
            return;
        }
        Path journals = place.resolve(".pluto");
        if (!Files.isDirectory(journals, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(journals)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> searchFile(file, secrets));
        } catch (IOException | UncheckedIOException e) {
            // another JVM is at work there, and has just removed one
        }
    }

    private static void searchFile(Path file, Map<String, String> secrets) {
        try {
            search(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), "the file " + file, secrets);
        } catch (NoSuchFileException e) {
            // delivered meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void search(String text, String where, Map<String, String> secrets) {
        SEARCHED.addAndGet(text.length());
        secrets.forEach((name, secret) -> {
            if (text.contains(secret)) {
                throw new AssertionError("P7: " + name + " is in " + where + ":\n" + text);
            }
        });
    }
}
