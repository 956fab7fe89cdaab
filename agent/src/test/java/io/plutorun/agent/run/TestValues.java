package io.plutorun.agent.run;

import io.plutorun.agent.edge.Console;
import io.plutorun.agent.edge.Redactor;
import io.plutorun.agent.failure.Failures;
import io.plutorun.agent.files.FilesSession;
import io.plutorun.agent.host.AgentThreads;
import io.plutorun.agent.host.ThisJvm;
import io.plutorun.agent.host.linux.ControlGroup;
import io.plutorun.agent.host.linux.SystemFiles;
import io.plutorun.agent.metrics.MetricsThread;
import io.plutorun.agent.sample.SystemSampler;
import io.plutorun.agent.settings.LogLevel;
import io.plutorun.agent.settings.Settings;
import io.plutorun.agent.values.ValuesSession;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** What runs of tests share that log values which nobody sends. */
final class TestValues {

    private TestValues() {}

    /** The parts of a session that sends nothing. */
    static Session.Parts parts() {
        ValuesSession values = onDisk();
        FilesSession files = noFiles();
        Failures failures = failures();
        return new Session.Parts() {
            @Override
            public ValuesSession values() {
                return values;
            }

            @Override
            public FilesSession files() {
                return files;
            }

            @Override
            public Failures failures() {
                return failures;
            }
        };
    }

    static ValuesSession onDisk() {
        Redactor redactor = new Redactor(Map.of());
        Console console = Console.over(new ByteArrayOutputStream(), redactor, LogLevel.INFO);
        return new ValuesSession(
                new MetricsThread(new AgentThreads("metrics")),
                SystemSampler.of(noSystemMetrics(), ThisJvm.ENVIRONMENT, console),
                1 << 20,
                redactor,
                console,
                null,
                null);
    }

    static FilesSession noFiles() {
        Redactor redactor = new Redactor(Map.of());
        return new FilesSession(null, List.of(), Console.over(new ByteArrayOutputStream(), redactor, LogLevel.INFO));
    }

    static Failures failures() {
        return new Failures(new ControlGroup(SystemFiles.ofThisMachine()));
    }

    private static Settings noSystemMetrics() {
        return new Settings(name -> null, name -> null, Map.of("system.metrics", "false"), Map.of());
    }
}
