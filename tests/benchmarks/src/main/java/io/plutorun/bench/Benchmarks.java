package io.plutorun.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * Measures, and prints Markdown as it stands in {@code docs/performance.md}: {@code mvn -Pbench}, on all; {@code mvn -Pbench
 * -Dbench=idle,http,grow-runs -Dbench.rounds=3} for a quick trial of some.
 */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Selection selection = Selection.ofProperties();
        List<Jdk> jdks = Jdk.measured();
        long start = System.nanoTime();
        StringBuilder report = new StringBuilder(machine()).append("\n\n");
        report.append(new CostTable().markdown(jdks, selection));
        for (GrowthTable table : GrowthTable.all()) {
            report.append('\n').append(table.markdown(jdks, selection));
        }
        report.append("\nMeasured in ")
                .append(Duration.ofNanos(System.nanoTime() - start).toSeconds())
                .append(" s; load at the end ")
                .append(load())
                .append(".\n");
        System.out.println();
        System.out.println(report);
        Files.writeString(Path.of(System.getProperty("bench.report")), report);
    }

    private static String machine() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s %s; load at the start %s.",
                LocalDate.now(java.time.ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                load());
    }

    /** The averages over 1, 5 and 15 minutes, where the system tells them. */
    private static String load() throws IOException {
        Path averages = Path.of("/proc/loadavg");
        if (!Files.isReadable(averages)) {
            return "unknown";
        }
        String[] words = Files.readString(averages).split(" ", -1);
        return words[0] + ", " + words[1] + ", " + words[2];
    }
}
