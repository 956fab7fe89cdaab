package io.plutorun.agent.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The four hosts of a Pluto installation. An API key is only ever sent to a host that the user chose, so nothing is guessed: where a
 * URL neither is set nor follows from what is set, it is null.
 *
 * @param app the web pages
 * @param api the main API
 * @param ingest the ingest service
 * @param heartbeat the heartbeat service
 * @param source what the API's URL came from
 */
public record Endpoints(
        @Nullable URI app,
        URI api,
        @Nullable URI ingest,
        @Nullable URI heartbeat,
        Source source) {

    private static final Endpoints PUBLIC = new Endpoints(
            URI.create("https://pluto.trainy.ai"),
            URI.create("https://pluto-api.trainy.ai"),
            URI.create("https://pluto-ingest.trainy.ai"),
            URI.create("https://pluto-py.trainy.ai"),
            new Source(Origin.DEFAULT, Options.URL_API.key(), false));

    private static final int APP_PORT = 3000;
    private static final int API_PORT = 3001;
    private static final int INGEST_PORT = 3003;
    private static final int HEARTBEAT_PORT = 3004;

    /**
     * Works the URLs out.
     *
     * @throws UnusableSettingsException when the settings name a part of a self-hosted installation, but not its API
     */
    public static Endpoints of(Settings settings) throws UnusableSettingsException {
        Endpoints base = base(settings);
        return new Endpoints(
                or(settings, Options.URL_APP, base.app),
                base.api,
                or(settings, Options.URL_INGEST, base.ingest),
                or(settings, Options.URL_PY, base.heartbeat),
                base.source);
    }

    /** What follows from the API's URL or the host; the other URLs, where they are set, go over it. */
    private static Endpoints base(Settings settings) throws UnusableSettingsException {
        Optional<Sourced<URI>> api = settings.find(Options.URL_API);
        Optional<Sourced<String>> host = settings.find(Options.HOST);
        boolean hostIsHigher = api.isPresent()
                && host.isPresent()
                && host.get().source().rank() < api.get().source().rank();
        if (api.isPresent() && !hostIsHigher) {
            URI url = api.get().value();
            Source source = api.get().source();
            if (url.equals(PUBLIC.api)) {
                return new Endpoints(PUBLIC.app, url, PUBLIC.ingest, PUBLIC.heartbeat, source);
            }
            if (url.getPort() == API_PORT && url.getRawPath().isEmpty()) {
                return selfHosted(url, source);
            }
            return host.isPresent()
                    ? withApi(selfHosted(hostUrl(host.get()), source), url)
                    : new Endpoints(null, url, null, null, source);
        }
        if (host.isPresent()) {
            return selfHosted(hostUrl(host.get()), host.get().source());
        }
        refuseLonely(settings, Options.URL_APP, PUBLIC.app);
        refuseLonely(settings, Options.URL_INGEST, PUBLIC.ingest);
        refuseLonely(settings, Options.URL_PY, PUBLIC.heartbeat);
        return PUBLIC;
    }

    private static void refuseLonely(Settings settings, Option<URI> option, @Nullable URI publicUrl)
            throws UnusableSettingsException {
        Optional<Sourced<URI>> set = settings.find(option);
        if (set.isPresent() && !set.get().value().equals(publicUrl)) {
            throw new UnusableSettingsException(set.get().source() + " names a self-hosted Pluto, but not its API: set "
                    + Options.URL_API.variable() + " too, or " + Options.HOST.variable() + " alone");
        }
    }

    private static URI hostUrl(Sourced<String> host) throws UnusableSettingsException {
        String text = bracketed(host.value().strip());
        String url = text.toLowerCase(Locale.ROOT).startsWith("http") && text.contains("://") ? text : "http://" + text;
        try {
            URI parsed = OptionType.URL.parser().parse(url);
            if (parsed.getPort() < 0 && parsed.getRawPath().isEmpty()) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            if (text.indexOf('_') >= 0) {
                throw new UnusableSettingsException(
                        host.source() + ": \"" + text + "\" is not understood, " + e.getMessage());
            }
        }
        throw new UnusableSettingsException(
                host.source() + ": \"" + text + "\" is no host name; write the bare name or address, or set "
                        + Options.URL_API.variable() + " for any other port or path");
    }

    /** An IPv6 address as people write it, {@code ::1}, in the brackets that a URL wants. */
    private static String bracketed(String host) {
        boolean hasTwoColons = host.indexOf(':') != host.lastIndexOf(':');
        return hasTwoColons && host.matches("[0-9A-Fa-f:.]+") ? "[" + host + "]" : host;
    }

    private static Endpoints selfHosted(URI host, Source source) {
        return new Endpoints(
                withPort(host, APP_PORT),
                withPort(host, API_PORT),
                withPort(host, INGEST_PORT),
                withPort(host, HEARTBEAT_PORT),
                source);
    }

    private static Endpoints withApi(Endpoints endpoints, URI api) {
        return new Endpoints(endpoints.app, api, endpoints.ingest, endpoints.heartbeat, endpoints.source);
    }

    private static URI withPort(URI url, int port) {
        try {
            return new URI(url.getScheme(), null, url.getHost(), port, null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e); // the parts come from a URI
        }
    }

    private static @Nullable URI or(Settings settings, Option<URI> option, @Nullable URI otherwise) {
        return settings.find(option).map(Sourced::value).orElse(otherwise);
    }

    /** What to tell of a URL over which the key goes unencrypted through other people's networks; empty where none does. */
    public Optional<String> cleartextWarning() {
        for (URI url : new URI[] {api, heartbeat == null ? api : heartbeat}) {
            if ("http".equalsIgnoreCase(url.getScheme()) && !PrivateNetworks.isPrivate(url.getHost())) {
                return Optional.of(url + " (" + source
                        + ") is plain http: the API key goes there unencrypted; write https:// if the server can");
            }
        }
        return Optional.empty();
    }

    /** Where API keys are made, for remedies; without a known web app, in words. */
    public String apiKeysPage() {
        return app == null ? "Pluto's API keys page" : app + "/api-keys";
    }
}
