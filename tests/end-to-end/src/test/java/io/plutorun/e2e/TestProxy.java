package io.plutorun.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A server between the agent and fake-pluto: a proxy that forwards or refuses, or one that breaks the protocol. It takes every host name
 * for this machine, so a test can use names that no name server knows.
 */
final class TestProxy implements AutoCloseable {

    private interface Behaviour {
        /** Takes a request's head and answers; returns whether the connection is good for another. */
        boolean answer(String head, InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Behaviour behaviour;

    private TestProxy(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        daemon(this::accept);
    }

    /** A proxy for everybody. */
    static TestProxy proxy() throws IOException {
        return new TestProxy((head, in, out) -> forward(head, in, out));
    }

    /** A proxy that wants a user and a password. */
    static TestProxy proxyFor(String user, String password) throws IOException {
        String wanted =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new TestProxy((head, in, out) -> {
            if (wanted.equals(header(head, "Proxy-Authorization"))) {
                return forward(head, in, out);
            }
            copyBody(head, in, OutputStream.nullOutputStream());
            answer(out, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"here\"\r\n");
            return true;
        });
    }

    /** A proxy that lets nobody through. */
    static TestProxy refusingProxy() throws IOException {
        return new TestProxy((head, in, out) -> {
            copyBody(head, in, OutputStream.nullOutputStream());
            answer(out, "403 Forbidden", "");
            return true;
        });
    }

    /** Passes on to a port of this machine, and closes the connection after each answer without having said so. */
    static TestProxy closingAfterEachAnswer(int port) throws IOException {
        return new TestProxy((head, in, out) -> {
            exchange(head, port, in, out);
            return false;
        });
    }

    /** Answers with so many bytes that nobody asked for. */
    static TestProxy flooding(long bytes) throws IOException {
        byte[] some = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        return new TestProxy((head, in, out) -> {
            copyBody(head, in, OutputStream.nullOutputStream());
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + bytes + "\r\n\r\n");
            for (long sent = 0; sent < bytes; sent += some.length) {
                out.write(some);
            }
            return true;
        });
    }

    int port() {
        return server.getLocalPort();
    }

    /** The heads of the requests that came here. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            daemon(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            InputStream in = client.getInputStream();
            boolean again = true;
            while (again) {
                String head = head(in);
                if (head == null) {
                    return;
                }
                heads.add(head);
                again = behaviour.answer(head, in, client.getOutputStream());
            }
        }
    }

    private static boolean forward(String head, InputStream in, OutputStream out) throws IOException {
        String[] request = head.split(" ", 3);
        if (request[0].equals("CONNECT")) {
            int port = Integer.parseInt(request[1].substring(request[1].lastIndexOf(':') + 1));
            try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
                answer(out, "200 OK", "");
                daemon(() -> in.transferTo(there.getOutputStream()));
                there.getInputStream().transferTo(out);
            }
            return false;
        }
        URI target = URI.create(request[1]);
        exchange(request[0] + " " + target.getRawPath() + " " + request[2], target.getPort(), in, out);
        return true;
    }

    private static void exchange(String head, int port, InputStream in, OutputStream out) throws IOException {
        try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
            write(there.getOutputStream(), head);
            copyBody(head, in, there.getOutputStream());
            String answer = head(there.getInputStream());
            if (answer != null) {
                write(out, answer);
                copyBody(answer, there.getInputStream(), out);
            }
        }
    }

    private static void answer(OutputStream out, String status, String headers) throws IOException {
        boolean tunnel = status.startsWith("200");
        write(out, "HTTP/1.1 " + status + "\r\n" + headers + (tunnel ? "" : "Content-Length: 0\r\n") + "\r\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Everything up to the empty line; null when there is no more. */
    private static @Nullable String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    private static void copyBody(String head, InputStream in, OutputStream out) throws IOException {
        String length = header(head, "Content-Length");
        out.write(in.readNBytes(length == null ? 0 : Integer.parseInt(length)));
        out.flush();
    }

    private static @Nullable String header(String head, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse(null);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // somebody hung up
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
