package io.plutorun.fake;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** How a {@link FakePluto} shall be. */
public final class FakePlutoBuilder {
    int apiPort;
    int ingestPort;
    int heartbeatPort;
    int newProjectRaces;

    @Nullable
    Duration readableAfter;

    private @Nullable SSLSocketFactory tls;
    private @Nullable List<Protocol> protocols;

    @Nullable
    URI appUrl;

    FakePlutoBuilder() {}

    /** 0, the default, for any free one. */
    public FakePlutoBuilder apiPort(int port) {
        apiPort = port;
        return this;
    }

    /** 0, the default, for any free one. */
    public FakePlutoBuilder ingestPort(int port) {
        ingestPort = port;
        return this;
    }

    /** 0, the default, for any free one. */
    public FakePlutoBuilder heartbeatPort(int port) {
        heartbeatPort = port;
        return this;
    }

    /** All hosts speak https. */
    public FakePlutoBuilder tls(SSLSocketFactory factory) {
        tls = factory;
        return this;
    }

    /** For example HTTP/2 with {@link #tls}; HTTP/1.1 must be among them. */
    public FakePlutoBuilder protocols(Protocol... all) {
        protocols = List.of(all);
        return this;
    }

    /** What the web pages' addresses begin with, when it is not the API host's address. No trailing slash. */
    public FakePlutoBuilder appUrl(URI url) {
        appUrl = url;
        return this;
    }

    /**
     * The {@code losers} creates that follow the one which made a project answer 500, once each, without effect: what the real
     * server does to some of a burst of creates in a project that does not exist yet.
     */
    public FakePlutoBuilder newProjectRaces(int losers) {
        newProjectRaces = losers;
        return this;
    }

    /**
     * The values of metrics can be read back through the API this long after they have come, by the server's clock, and not at once. On the
     * real server it is up to 5 s. What a test reads shows them at once all the same.
     */
    public FakePlutoBuilder readableAfter(Duration delay) {
        readableAfter = delay;
        return this;
    }

    HttpHost.Settings host(String name, int port, boolean compresses) {
        return new HttpHost.Settings(name, port, compresses, tls, protocols);
    }

    /**
     * Opens all ports.
     *
     * @throws java.io.UncheckedIOException when one is taken
     */
    public FakePluto start() {
        return new FakePluto(this).open();
    }
}
