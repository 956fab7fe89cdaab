package io.plutorun.agent.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request in memory and reads its answer, so that the classes which the first real request needs are loaded before it comes. No
 * socket is opened: OkHttp gets a socket whose answer is there already.
 *
 * <p>A list of classes to load would do the same, but somebody would have to maintain it.
 */
public final class ClientWarmup {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/api/runs/create");

    private static final String HEAD = """
            HTTP/1.1 200 OK\r
            Content-Type: application/json\r
            Content-Encoding: gzip\r
            Connection: close\r
            \r
            """;

    private static final String BODY = "{\"runId\":1,\"url\":\"url\"}";

    /** Long, since the answer is there already and only a busy machine can delay it. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** The largest record of TLS, RFC 8446 section 5.2, and some more. */
    private static final int RECORD = 1 << 15;

    /** The JDK reads its certificate authorities anew when nobody holds those that it has read. */
    @SuppressWarnings("UnusedVariable") // held so that the JDK keeps its certificate authorities
    private static volatile @Nullable Http held;

    private ClientWarmup() {}

    /** Sends the request, as for the server of these URLs: with TLS where one of them is https. */
    public static void run(@Nullable URI... urls) {
        boolean cleartext = Transport.isCleartext(urls);
        Http http = new Http("warmup", cleartext, "warmup", Transport.DIRECT, new Answered(answer()), () -> {});
        held = http;
        var unused = http.send(HttpRequest.post(NOWHERE, HttpBody.json(Map.of("runName", "warmup"))), TIMEOUT)
                .map(HttpAnswer::fields);
        X509TrustManager trust = http.trust();
        if (trust != null) {
            greet(trust);
        }
    }

    /** Compressed, as servers send it. */
    private static byte[] answer() {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            answer.write(HEAD.getBytes(StandardCharsets.US_ASCII));
            try (OutputStream compressed = new GZIPOutputStream(answer)) {
                compressed.write(BODY.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory can't fail to be written
        }
        return answer.toByteArray();
    }

    /** Releases the warm-up client. A real one is there, and holds the certificate authorities itself. */
    public static void release() {
        held = null;
    }

    /** Writes a client's first TLS message, which loads the classes of a handshake. It is sent to nobody. */
    private static void greet(X509TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            SSLEngine engine = context.createSSLEngine("localhost", 443);
            engine.setUseClientMode(true);
            engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(RECORD));
        } catch (GeneralSecurityException | SSLException e) {
            // the real connection will say what is wrong
        }
    }

    private static final class Answered extends SocketFactory {

        private final byte[] answer;

        Answered(byte[] answer) {
            this.answer = answer;
        }

        @Override
        public Socket createSocket() throws SocketException {
            return new AnsweredSocket(answer);
        }

        @Override
        public Socket createSocket(String host, int port) throws SocketException {
            return createSocket();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws SocketException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws SocketException {
            return createSocket();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws SocketException {
            return createSocket();
        }
    }

    /** Without what makes a socket of the system, and with whatever would ask for that overridden. */
    private static final class AnsweredSocket extends Socket {

        private final InputStream answer;

        AnsweredSocket(byte[] answer) throws SocketException {
            super((SocketImpl) null);
            this.answer = new ByteArrayInputStream(answer);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) {}

        @Override
        public InputStream getInputStream() {
            return answer;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void setSoTimeout(int timeout) {}

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public synchronized void close() {}
    }
}
