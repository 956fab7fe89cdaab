package io.plutorun.agent.http;

import io.plutorun.agent.host.AgentThreads;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * HTTP through OkHttp, tamed: blocking calls only, so that its dispatcher's threads, which would keep the program's JVM alive,
 * are never made; no redirect is followed, since the key must not go where the user did not send it; no more of an answer is read than
 * Pluto ever sends.
 */
public final class Http {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);
    private static final long MAX_BYTES = 1 << 20;

    /** The server closes what was idle for 5 s; a connection must not be reused when that is near. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    /** As many as threads send at once: 16 deliver runs, 4 send values, one beats, one uploads files. Fewer would be closed and made anew. */
    private static final int MAX_IDLE = 22;

    /** How long a server may take to answer when it has all bytes of a large file. */
    private static final Duration UPLOAD_ANSWER_TIMEOUT = Duration.ofMinutes(2);

    /** For the upload of one file, of any size. */
    private static final Duration UPLOAD_TIMEOUT = Duration.ofDays(1);

    private static final ParsedTexts<MediaType> TYPES = new ParsedTexts<>(MediaType::get);

    /** Those without a query, which come again. */
    private final ParsedTexts<HttpUrl> urls = new ParsedTexts<>(HttpUrl::get);

    private final boolean cleartext;
    private final SocketFactory sockets;
    private final Runnable whenSetUp;
    private final Transport transport;
    private final String authorization;
    private final String userAgent;

    /** Made by the first request: that may take long, and no request is made on a thread of the program's. */
    private volatile @Nullable OkHttpClient client;

    /**
     * Nothing of the library is set up before the first request.
     *
     * @param cleartext whether every URL is http: then nothing of TLS is set up, which costs 0.3 s of CPU
     * @param sockets makes the connections
     * @param whenSetUp is called when the library is set up
     */
    public Http(
            String apiKey,
            boolean cleartext,
            String userAgent,
            Transport transport,
            SocketFactory sockets,
            Runnable whenSetUp) {
        this.cleartext = cleartext;
        this.sockets = sockets;
        this.whenSetUp = whenSetUp;
        this.transport = transport;
        this.authorization = "Bearer " + apiKey;
        this.userAgent = userAgent;
    }

    private OkHttpClient client() {
        OkHttpClient made = client;
        return made != null ? made : make();
    }

    private synchronized OkHttpClient make() {
        OkHttpClient made = client;
        if (made == null) {
            OkHttpClient.Builder builder = new OkHttpClient.Builder()
                    .connectionSpecs(
                            cleartext
                                    ? List.of(ConnectionSpec.CLEARTEXT)
                                    : List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                    .socketFactory(sockets)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .readTimeout(READ_TIMEOUT)
                    .writeTimeout(READ_TIMEOUT)
                    .connectionPool(new ConnectionPool(MAX_IDLE, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                    .proxySelector(transport.proxies())
                    .proxyAuthenticator(transport.proxies().authenticator())
                    .followRedirects(false)
                    .followSslRedirects(false);
            made = (cleartext ? builder : transport.trusting(builder)).build();
            client = made;
            whenSetUp.run();
        }
        return made;
    }

    /** Whom connections trust; null when there is no TLS. */
    @Nullable
    X509TrustManager trust() {
        return client().x509TrustManager();
    }

    /**
     * Sends a request, once.
     *
     * @param timeout bounds the call whole, from the look-up of the host to the last byte
     */
    public Outcome<HttpAnswer> send(HttpRequest request, Duration timeout) {
        return send(this::client, request, timeout);
    }

    /**
     * Sends a request to a server that is not known before, such as the one that stores files, once. What bounds it is that each part of it
     * must go on.
     */
    public Outcome<HttpAnswer> sendFile(HttpRequest request) {
        return send(this::patientClient, request, UPLOAD_TIMEOUT);
    }

    private OkHttpClient patientClient() {
        OkHttpClient.Builder patient = client().newBuilder()
                .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
                .readTimeout(UPLOAD_ANSWER_TIMEOUT);
        return transport.trusting(patient).build();
    }

    private Outcome<HttpAnswer> send(Supplier<OkHttpClient> sender, HttpRequest request, Duration timeout) {
        var unused = AgentThreads.clearInterrupt(); // else the library would send nothing
        URI url = request.url();
        Sent sent = request.body() == null ? null : new Sent(request.body());
        okhttp3.Call call;
        try {
            call = sender.get().newCall(prepared(request, sent));
        } catch (Exception | AssertionError e) { // what the library makes of an odd URL, or of a broken trust store
            return new Outcome.Unreachable<>("no request can be made of " + url.getRawAuthority() + " (" + e + ")");
        }
        call.timeout().timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            return read(response);
        } catch (Exception e) { // also checked ones that are not announced: the library is written in Kotlin
            return new Outcome.Unreachable<>(reason(e, url, timeout), sent != null && sent.isBegun);
        }
    }

    private Request prepared(HttpRequest request, @Nullable Sent body) {
        String address = request.url().toString();
        HttpUrl url = address.indexOf('?') < 0 ? urls.of(address) : HttpUrl.get(address);
        Request.Builder builder = new Request.Builder().url(url).header("User-Agent", userAgent);
        if (request.bearsKey()) {
            builder.header("Authorization", authorization);
        }
        request.headers().forEach(builder::header);
        return builder.method(request.method(), body).build();
    }

    /** As bytes: OkHttp adds a charset to the type of a String, and Pluto's own clients send none. */
    private static final class Sent extends RequestBody {

        private final HttpBody body;
        private volatile boolean isBegun;

        Sent(HttpBody body) {
            this.body = body;
        }

        @Override
        public MediaType contentType() {
            return TYPES.of(body.contentType());
        }

        @Override
        public long contentLength() {
            return body.length();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            isBegun = true;
            body.writeTo(sink.outputStream());
        }
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    private static Outcome<HttpAnswer> read(Response response) throws IOException {
        int status = response.code();
        String body = body(response.body());
        if (status >= 300 && status < 400) {
            return new Outcome.Rejected<>(
                    status, "redirects to " + response.header("Location", "nowhere") + ", which is not followed", null);
        }
        if (status >= 400) {
            String words = body == null ? "with an answer of more than 1 MiB" : ErrorWords.of(body);
            return new Outcome.Rejected<>(status, words, retryAfter(response.header("Retry-After")));
        }
        return body == null
                ? new Outcome.Unusable<>(status, "an answer of more than 1 MiB, which is not Pluto's")
                : new Outcome.Answer<>(new HttpAnswer(status, body));
    }

    /** The body as text; null when it is larger than any of Pluto's. */
    private static @Nullable String body(ResponseBody body) throws IOException {
        BufferedSource source = body.source();
        return source.request(MAX_BYTES + 1) ? null : source.readUtf8();
    }

    /** Seconds or a date (RFC 9110, 10.2.3); anything else is as if it were not there. */
    private static @Nullable Duration retryAfter(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return Duration.ofSeconds(Long.parseLong(value.strip()));
        } catch (NumberFormatException e) {
            try {
                Instant until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration wait = Duration.between(Instant.now(), until);
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeException noDate) {
                return null;
            }
        }
    }

    /** Whether the program has interrupted the request. A thread of the agent's goes on, another one stays interrupted. */
    private static boolean wasInterrupted(Exception e) {
        if (e instanceof InterruptedException && !AgentThreads.isOwn()) {
            Thread.currentThread().interrupt();
        }
        return AgentThreads.clearInterrupt()
                || e instanceof InterruptedException
                || Thread.currentThread().isInterrupted();
    }

    private static String reason(Exception e, URI url, Duration timeout) {
        String host = url.getHost() + ":" + port(url);
        return wasInterrupted(e)
                ? "the request to " + host + " was interrupted by the program"
                : ErrorWords.of(e, host, Math.min(timeout.toMillis(), READ_TIMEOUT.toMillis()));
    }
}
