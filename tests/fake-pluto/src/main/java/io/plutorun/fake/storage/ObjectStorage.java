package io.plutorun.fake.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A host of its own, as S3 is, over plain sockets: bodies of any size go to disk, and a connection can be reset in the middle of one. */
public final class ObjectStorage implements AutoCloseable {

    private static final Duration VALID = Duration.ofHours(1);

    private final Supplier<Instant> clock;
    private final Runnable changed;
    private final Consumer<String> violations;
    private final ServerSocket server;
    private final Path folder;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Socket> connections = new ArrayList<>();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Map<String, Path> objects = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final Deque<StorageFault> faults = new ArrayDeque<>();
    private long received;
    private int count;

    /**
     * Opens it on a free port.
     *
     * @param clock tells when a URL has expired
     * @param changed called whenever something has come
     * @param violations hears of what a client must not do
     */
    public ObjectStorage(Supplier<Instant> clock, Runnable changed, Consumer<String> violations) {
        this.clock = clock;
        this.changed = changed;
        this.violations = violations;
        try {
            this.folder = Files.createTempDirectory("fake-pluto-storage");
            this.server = new ServerSocket(0, 50, InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "object-storage");
        thread.setDaemon(true);
        thread.start();
    }

    /** A URL that allows one thing for an hour. */
    public String sign(String method, String key) {
        String signature;
        synchronized (this) {
            signature = "sig" + ++count;
        }
        grants.put(signature, new Grant(method, key, clock.get().plus(VALID)));
        return "http://127.0.0.1:" + server.getLocalPort() + "/bucket/"
                + URLEncoder.encode(key, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%2F", "/")
                + "?X-Amz-Expires=3600&X-Amz-Signature=" + signature + "&x-id=" + method;
    }

    /** What goes wrong with the next PUT that nothing goes wrong with yet. */
    public synchronized void next(StorageFault fault) {
        faults.add(fault);
    }

    /** From now on nothing goes wrong. */
    public synchronized void clearFaults() {
        faults.clear();
    }

    /** Where the bytes of an object lie; null where it is not there. */
    public @Nullable Path object(String key) {
        return objects.get(key);
    }

    /** The keys of all objects. */
    public List<String> keys() {
        return objects.keySet().stream().sorted().toList();
    }

    /** What was asked, as {@code PUT key}, in order. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** How many bytes of bodies have come, those of requests that failed among them. */
    public synchronized long received() {
        return received;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                synchronized (this) {
                    connections.add(socket);
                }
                start(() -> serve(socket));
            } catch (IOException e) {
                return; // it is closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            for (List<String> head = head(in); !head.isEmpty(); head = head(in)) {
                if (!answer(socket, head, in, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1).strip();
                if (text.isEmpty()) {
                    return lines;
                }
                lines.add(text);
                line.reset();
            } else {
                line.write(b);
            }
        }
        return List.of();
    }

    private static @Nullable String header(List<String> head, String name) {
        for (String line : head) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return null;
    }

    /** Whether the connection may be used again. */
    private boolean answer(Socket socket, List<String> head, InputStream in, OutputStream out) throws IOException {
        String[] request = head.get(0).split(" ", -1);
        URI target = URI.create(request[1]);
        String key = URLDecoder.decode(target.getRawPath().substring("/bucket/".length()), StandardCharsets.UTF_8);
        StorageFault fault = null;
        synchronized (this) {
            requests.add(request[0] + " " + key);
            if (request[0].equals("PUT")) {
                fault = faults.poll();
            }
        }
        changed.run();
        if (header(head, "authorization") != null) {
            violations.accept(request[0] + " " + key);
        }
        Grant grant = grants.get(String.valueOf(target.getRawQuery()).replaceAll(".*Signature=([^&]*).*", "$1"));
        boolean allowed = grant != null
                && grant.method().equals(request[0])
                && grant.key().equals(key)
                && clock.get().isBefore(grant.until());
        if (request[0].equals("GET")) {
            give(allowed ? objects.get(key) : null, allowed, header(head, "range"), out);
            return true;
        }
        String length = header(head, "content-length");
        if (length == null) {
            say(out, 411, "MissingContentLength");
            return false;
        }
        return take(socket, key, Long.parseLong(length), allowed, fault, in, out);
    }

    private boolean take(
            Socket socket,
            String key,
            long length,
            boolean allowed,
            @Nullable StorageFault fault,
            InputStream in,
            OutputStream out)
            throws IOException {
        Path body = Files.createTempFile(folder, "object", "");
        long most = fault instanceof StorageFault.Reset reset
                ? Math.min(length, reset.bytes())
                : fault instanceof StorageFault.Stalled ? Math.min(length, 1) : length;
        store(body, most, in);
        if (fault instanceof StorageFault.Reset) {
            socket.setSoLinger(true, 0);
            return false;
        }
        if (fault instanceof StorageFault.Stalled) {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
        if (fault instanceof StorageFault.Answered answered) {
            say(out, answered.status(), "OnPurpose");
            return true;
        }
        if (!allowed) {
            say(out, 403, "AccessDenied");
            return true;
        }
        objects.put(key, body);
        changed.run();
        if (fault instanceof StorageFault.AnswerLost) {
            return false;
        }
        say(out, 200, "");
        return true;
    }

    private void store(Path body, long most, InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (OutputStream file = Files.newOutputStream(body)) {
            for (long left = most; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException();
                }
                file.write(buffer, 0, read);
                left -= read;
                synchronized (this) {
                    received += read;
                }
                changed.run();
            }
        }
    }

    private static void give(@Nullable Path object, boolean allowed, @Nullable String range, OutputStream out)
            throws IOException {
        if (object == null) {
            say(out, allowed ? 404 : 403, allowed ? "NoSuchKey" : "AccessDenied");
            return;
        }
        byte[] all = Files.readAllBytes(object);
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        int to = range == null ? all.length : Integer.parseInt(range.replaceAll(".*-(\\d+)", "$1")) + 1;
        if (from >= all.length) {
            say(out, 416, "InvalidRange");
            return;
        }
        int end = Math.min(all.length, to);
        out.write(("HTTP/1.1 " + (range == null ? "200 OK" : "206 Partial Content") + "\r\nContent-Length: "
                        + (end - from) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(all, from, end - from);
        out.flush();
    }

    private static void say(OutputStream out, int status, String code) throws IOException {
        String body = code.isEmpty() ? "" : "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>";
        out.write(("HTTP/1.1 " + status + " Said\r\nContent-Type: application/xml\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        try {
            server.close();
            List<Socket> open;
            synchronized (this) {
                open = List.copyOf(connections);
            }
            for (Socket socket : open) {
                socket.close();
            }
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
