package io.plutorun.agent.api;

import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.http.UnusableTransportException;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.settings.UnusableSettingsException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the client for the server that the settings name: one way for runs that go on and for those that are delivered later. */
public final class Connection {

    private Connection() {}

    /**
     * Makes the client; nothing is opened yet.
     *
     * @param variables the environment variables, which name proxies
     * @throws UnusableSettingsException when the certificate authorities that the settings name, or the proxy that the environment names, can't be
     *     read; the message says what to do
     */
    public static PlutoApi to(Endpoints endpoints, ApiKey key, Settings settings, Map<String, String> variables)
            throws UnusableSettingsException {
        Transport transport = transport(settings, variables);
        try {
            transport.check(endpoints.api());
            for (@Nullable URI other : new @Nullable URI[] {endpoints.heartbeat(), endpoints.ingest()}) {
                if (other != null) {
                    transport.check(other);
                }
            }
        } catch (UnusableTransportException e) {
            throw new UnusableSettingsException(e.why());
        }
        return new PlutoApi(
                endpoints.api(), endpoints.heartbeat(), endpoints.ingest(), key.value(), AgentVersion.get(), transport);
    }

    private static Transport transport(Settings settings, Map<String, String> variables)
            throws UnusableSettingsException {
        Optional<Sourced<String>> authorities = settings.find(Options.CA_FILE);
        String source = authorities.map(file -> file.source().toString()).orElse("the settings");
        try {
            return Transport.of(
                    variables, authorities.map(file -> Path.of(file.value())).orElse(null));
        } catch (UnusableTransportException e) {
            throw new UnusableSettingsException(e.why() + ": correct " + source);
        } catch (InvalidPathException e) { // in the C locale a name that is not ASCII is none
            throw new UnusableSettingsException("the path of the certificate authorities can't be used ("
                    + e.getMessage() + "): correct " + source + ", or set LC_ALL=C.UTF-8");
        }
    }
}
