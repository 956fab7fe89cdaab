package io.plutorun.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plutorun.fake.Exchange;
import io.plutorun.fake.FakePluto;
import java.io.IOException;
import java.util.List;

/** What the agent sent, as tests look at it. */
final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Requests() {}

    /**
     * The requests that start runs, in order: a resume with its whole body, a create with its external id and its project, where a
     * random external id stands as {@code (random)}.
     */
    static List<String> starts(FakePluto pluto) {
        return pluto.exchanges().stream()
                .filter(exchange -> exchange.path().equals("/api/runs/create")
                        || exchange.path().equals("/api/runs/resume"))
                .map(Requests::start)
                .toList();
    }

    private static String start(Exchange exchange) {
        JsonNode body = exchange.json();
        if (exchange.path().endsWith("/resume")) {
            return "resume " + body;
        }
        String externalId = body.path("externalId").asText();
        boolean random = externalId.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        return "create " + (random ? "(random)" : externalId) + " in "
                + body.path("projectName").asText();
    }

    /** The body of the only create. */
    static JsonNode create(FakePluto pluto) {
        List<Exchange> creates = pluto.exchanges("/api/runs/create");
        if (creates.size() != 1) {
            throw new AssertionError("not one create, but " + creates);
        }
        return creates.get(0).json();
    }

    /** The bodies of all requests to a path, in order. */
    static List<String> bodies(FakePluto pluto, String path) {
        return pluto.exchanges(path).stream().map(Exchange::body).toList();
    }

    /** A field that holds JSON as a text. */
    static JsonNode inner(JsonNode body, String field) {
        return parse(body.path(field).asText());
    }

    /** The config of a create, without what the agent tells of the environment. */
    static JsonNode configOfProgram(JsonNode create) {
        JsonNode config = inner(create, "config");
        ((ObjectNode) config).remove("environment");
        return config;
    }

    /** What the server has stored, as JSON. */
    static JsonNode write(Object stored) {
        try {
            return JSON.readTree(JSON.writeValueAsBytes(stored));
        } catch (IOException e) {
            throw new AssertionError("not to be written as JSON: " + stored, e);
        }
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
