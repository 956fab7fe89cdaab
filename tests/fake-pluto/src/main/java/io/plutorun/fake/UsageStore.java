package io.plutorun.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The second database (ClickHouse), of which a client sees only that creating a run needs it. */
final class UsageStore {

    private volatile boolean down;

    void down(boolean isDown) {
        down = isDown;
    }

    boolean isDown() {
        return down;
    }

    Answer ready() {
        ObjectNode answer = Json.object().put("status", down ? "unhealthy" : "healthy");
        ObjectNode checks = answer.putObject("checks");
        checks.putObject("postgres").put("status", "up").put("latency_ms", 3);
        ObjectNode clickhouse = checks.putObject("clickhouse")
                .put("status", down ? "down" : "up")
                .put("latency_ms", 4);
        if (down) {
            clickhouse.put("error", "ClickHouse health check failed");
        }
        return Answer.json(down ? 503 : 200, answer);
    }
}
