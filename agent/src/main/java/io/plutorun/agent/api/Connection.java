package io.plutorun.agent.api;

import io.plutorun.agent.host.AgentVersion;
import io.plutorun.agent.http.Transport;
import io.plutorun.agent.http.UnusableTransportException;
import io.plutorun.agent.settings.ApiKey;
import io.plutorun.agent.settings.Endpoints;
import io.plutorun.agent.settings.Options;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.settings.Sourced;
import io.plutorun.agent.settings.UnusableException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Makes the client for the server that the settings name: one way for runs that go on and for those that are delivered later. */
public final class Connection {

    private Connection() {}

    /**
     * Makes the client; nothing is opened yet.
     *
     * @param variables the environment variables, which name proxies
     * @throws UnusableException when the certificate authorities that the settings name can't be read
     */
    public static PlutoApi to(Endpoints endpoints, ApiKey key, Settings settings, Map<String, String> variables)
            throws UnusableException {
        Optional<Sourced<String>> authorities = settings.find(Options.CA_FILE);
        try {
            Transport transport = Transport.of(
                    variables, authorities.map(file -> Path.of(file.value())).orElse(null));
            return new PlutoApi(endpoints.api(), endpoints.heartbeat(), key.value(), AgentVersion.get(), transport);
        } catch (UnusableTransportException e) {
            String source = authorities.map(file -> file.source().toString()).orElse("the settings");
            throw new UnusableException(e.why() + ": correct " + source);
        }
    }
}
