package io.plutorun.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okio.Buffer;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** One host on one port: receives requests, writes them down, lets faults happen, sends what the routes answer. */
final class HttpHost implements AutoCloseable {

    /** How this host differs from its sister. */
    record Settings(
            String name,
            int port,
            boolean compresses,
            @Nullable SSLSocketFactory tls,
            @Nullable List<Protocol> protocols) {}

    /** Held here, since the log manager would forget a level set on a logger that nobody holds. */
    private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

    private static final System.Logger LOG = System.getLogger(HttpHost.class.getName());

    static {
        // It tells every connection that a fault cuts.
        SERVER_LOG.setLevel(Level.OFF);
    }

    private final Settings settings;
    private final Function<Call, Answer> routes;
    private final FaultPlan faults;
    private final ExchangeLog log;
    private final TestClock clock;
    private final Listener listener = new Listener();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final MockWebServer server = new MockWebServer();

    HttpHost(Settings settings, Function<Call, Answer> routes, FaultPlan faults, ExchangeLog log, TestClock clock) {
        this.settings = settings;
        this.routes = routes;
        this.faults = faults;
        this.log = log;
        this.clock = clock;
    }

    void start() {
        server.setServerSocketFactory(listener);
        if (settings.tls != null) {
            server.useHttps(settings.tls);
        }
        if (settings.protocols != null) {
            server.setProtocols(settings.protocols);
        }
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                server.takeRequest(0, TimeUnit.MILLISECONDS); // or MockWebServer would keep every request for ever
                return respond(request);
            }
        });
        try {
            server.start(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), settings.port);
        } catch (IOException portTaken) {
            throw new UncheckedIOException("no port for the " + settings.name + " host", portTaken);
        }
    }

    URI url() {
        return URI.create((settings.tls == null ? "http" : "https") + "://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        closing.countDown(); // wakes whoever hangs or waits, else the server waits for them
        server.close();
    }

    private MockResponse respond(RecordedRequest request) throws InterruptedException {
        ByteString body = request.getBody() == null ? ByteString.EMPTY : request.getBody();
        Call call = new Call(request.getMethod(), request.getUrl(), request.getHeaders(), body);
        Fault fault = faults.take(call.path());
        IntConsumer answered = log.arrived(new Exchange(
                clock.now(),
                settings.name,
                request.getMethod(),
                request.getTarget(),
                request.getHeaders().toMultimap(),
                body,
                body.size(),
                -1,
                fault));
        return fault == null ? send(process(call), call, answered) : respond(call, request, fault, answered);
    }

    private MockResponse respond(Call call, RecordedRequest request, Fault fault, IntConsumer answered)
            throws InterruptedException {
        if (fault instanceof Fault.Delay delay) {
            boolean closed = closing.await(delay.by().toNanos(), TimeUnit.NANOSECONDS);
            return closed ? silence() : send(process(call), call, answered);
        }
        if (fault instanceof Fault.LateAnswer late) {
            Answer answer = process(call);
            boolean closed = closing.await(late.by().toNanos(), TimeUnit.NANOSECONDS);
            return closed ? silence() : send(answer, call, answered);
        }
        if (fault instanceof Fault.Ingest ingest) {
            return send(IngestApi.failure(call.path(), ingest.problem()), call, answered);
        }
        if (fault instanceof Fault.DamagedLines damaged) {
            return send(process(damaged.damage(call)), call, answered);
        }
        if (fault instanceof Fault.Hang hang) {
            processIf(hang.processed(), call);
            closing.await();
            return silence();
        }
        if (fault instanceof Fault.Drop drop) {
            processIf(drop.processed(), call);
            return silence();
        }
        if (fault instanceof Fault.Replaced replaced) {
            processIf(replaced.processed(), call);
            answered.accept(replaced.code());
            MockResponse.Builder response = new MockResponse.Builder().code(replaced.code());
            response.setHeader("Content-Type", replaced.contentType());
            replaced.headers().forEach(response::setHeader);
            return response.body(replaced.body()).build();
        }
        MockResponse whole = send(process(call), call, answered);
        byte[] bytes = bytesOf(whole);
        if (fault instanceof Fault.SlowBody slow) {
            return whole.newBuilder()
                    .body(new StrainedBody.Slow(bytes, slow.bytesPerSecond(), closing))
                    .build();
        }
        if (fault instanceof Fault.CutBody cut) {
            Socket socket = listener.connection(request.getConnectionIndex());
            return whole.newBuilder()
                    .body(new StrainedBody.Cut(bytes, cut.reset(), socket))
                    .build();
        }
        throw new IllegalStateException("no case for " + fault);
    }

    private void processIf(boolean wanted, Call call) {
        if (wanted) {
            process(call);
        }
    }

    private Answer process(Call call) {
        try {
            return routes.apply(call);
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "fake-pluto is broken: " + call.method() + " " + call.path(), bug);
            return Answer.error(500, "fake-pluto is broken: " + bug);
        }
    }

    private MockResponse send(Answer answer, Call call, IntConsumer answered) {
        Buffer body = new Buffer().writeUtf8(answer.body());
        MockResponse.Builder response = new MockResponse.Builder().code(answer.status());
        response.setHeader("Content-Type", answer.contentType());
        String accepted = call.header("Accept-Encoding");
        if (settings.compresses
                && accepted != null
                && accepted.toLowerCase(Locale.ROOT).contains("gzip")) {
            response.setHeader("Content-Encoding", "gzip");
            body = gzip(body);
        }
        answered.accept(answer.status());
        return response.body(body).build();
    }

    private static MockResponse silence() {
        return new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build();
    }

    private static Buffer gzip(Buffer plain) {
        Buffer compressed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(compressed))) {
            sink.writeAll(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed;
    }

    private static byte[] bytesOf(MockResponse response) {
        Buffer bytes = new Buffer();
        try {
            if (response.getBody() != null) {
                response.getBody().writeTo(bytes);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.readByteArray();
    }
}
