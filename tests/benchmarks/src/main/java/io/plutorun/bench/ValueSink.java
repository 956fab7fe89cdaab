package io.plutorun.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** An ingest service that keeps up with whatever comes: it counts values, and keeps none. */
final class ValueSink implements AutoCloseable {

    private static final byte[] ANSWER = "Stream processed successfully".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final byte[] nameStart;
    private final AtomicLong values = new AtomicLong();
    private volatile long lastArrival;

    /**
     * Starts.
     *
     * @param nameStart how the names of all values begin; each occurrence is a value
     */
    ValueSink(String nameStart) throws IOException {
        this.nameStart = ("\"" + nameStart).getBytes(StandardCharsets.UTF_8);
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits 40 ms for an acknowledgement
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ingest/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many values have come. */
    long values() {
        return values.get();
    }

    /** When the last ones came: milliseconds since 1970. */
    long lastArrival() {
        return lastArrival;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            values.addAndGet(count(body.readAllBytes()));
            lastArrival = System.currentTimeMillis();
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    private long count(byte[] body) {
        long count = 0;
        for (int at = 0; at + nameStart.length <= body.length; at++) {
            if (Arrays.equals(body, at, at + nameStart.length, nameStart, 0, nameStart.length)) {
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
