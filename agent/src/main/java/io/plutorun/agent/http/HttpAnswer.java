package io.plutorun.agent.http;

import io.plutorun.agent.json.Json;

/**
 * A good answer: a 2xx with a body of at most 1 MiB.
 *
 * @param status the HTTP status
 * @param text the body
 */
public record HttpAnswer(int status, String text) {

    /** The answer as a JSON object; {@link Outcome.Unusable} where it is not an object. */
    public Outcome<Fields> fields() {
        try {
            return new Outcome.Answer<>(new Fields(status, Json.parseObject(text)));
        } catch (Json.SyntaxException e) {
            return new Outcome.Unusable<>(
                    status,
                    ErrorWords.looksLikeMarkup(text)
                            ? "an HTML page instead of an answer of Pluto's; is there a proxy or a login page in between?"
                            : "an answer that is not JSON (" + e.getMessage() + ")");
        }
    }
}
