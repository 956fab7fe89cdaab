package io.plutorun.agent.api;

import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.http.UnusableTransportException;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Source;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.settings.UnusableSettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
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
        if (authorities.isEmpty()) {
            return Transport.of(variables);
        }
        String file = authorities.get().value();
        Source source = authorities.get().source();
        try {
            return Transport.of(variables, settings.read(Path.of(file)));
        } catch (UnusableTransportException e) {
            throw unreadable(file, e.why(), source);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file", source);
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), source);
        } catch (InvalidPathException e) { // in the C locale a name that is not ASCII is none
            throw new UnusableSettingsException("the path of the certificate authorities can't be used ("
                    + e.getMessage() + "): correct " + source + ", or set LC_ALL=C.UTF-8");
        }
    }

    private static UnusableSettingsException unreadable(String file, String why, Source source) {
        return new UnusableSettingsException(
                "the certificate authorities in " + file + " can't be read (" + why + "): correct " + source);
    }
}
