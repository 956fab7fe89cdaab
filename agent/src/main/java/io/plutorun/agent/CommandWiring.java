package io.plutorun.agent;

import io.plutorun.agent.cli.Commands;
import io.plutorun.agent.host.JvmEnvironment;
import io.plutorun.agent.settings.Settings;
import java.util.Map;

/** The command line. */
final class CommandWiring {

    private CommandWiring() {}

    static int run(JvmEnvironment jvm, String[] arguments, Map<String, String> file) {
        Settings settings = new Settings(jvm.properties(), jvm::variable, Map.of(), file);
        return Commands.run(settings, jvm, arguments);
    }
}
