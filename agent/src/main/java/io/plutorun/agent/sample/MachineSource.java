package io.plutorun.agent.sample;

import io.plutorun.agent.host.linux.SystemFiles;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The whole machine, as Linux knows it (proc(5)), and the disk below the root. Names and units are those of Pluto's Python SDK. */
final class MachineSource implements Source {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Of the times of a core: idle and waiting for a disk. */
    private static final int IDLE = 4;

    private static final int IO_WAIT = 5;

    /** The times behind these are parts of others. */
    private static final int LAST_TIME = 8;

    /** Of an interface's numbers: bytes received and sent, counted from the interface's name on. */
    private static final int RECEIVED = 1;

    private static final int SENT = 9;

    private static final String ALL_CORES = "cpu";

    private final SystemFiles files;
    private final boolean eachCore;
    private final Map<String, Counter> busyTime = new HashMap<>();
    private final Map<String, Counter> allTime = new HashMap<>();
    private final Counter received = new Counter();
    private final Counter sent = new Counter();

    /**
     * Reads nothing yet.
     *
     * @param eachCore whether each core is told, else only their mean
     */
    MachineSource(SystemFiles files, boolean eachCore) {
        this.files = files;
        this.eachCore = eachCore;
    }

    @Override
    public void look(Sample sample) {
        for (String line : files.lines("proc/stat")) {
            if (line.startsWith(ALL_CORES)) {
                lookAtCores(words(line), sample);
            }
        }
        lookAtMemory(sample);
        lookAtNetwork(sample);
        lookAtDisk(sample);
        for (String line : files.lines("proc/self/status")) {
            if (line.startsWith("VmRSS:")) {
                sample.put("jvm.rss", number(words(line)[1]) * 1024.0);
            }
        }
    }

    /** A line of the times of one core, or of all. */
    private void lookAtCores(String[] words, Sample sample) {
        String core = words[0];
        if (words.length <= IO_WAIT || (!eachCore && !core.equals(ALL_CORES))) {
            return;
        }
        long all = 0;
        for (int i = 1; i < Math.min(words.length, LAST_TIME + 1); i++) {
            all += number(words[i]);
        }
        long busy = all - number(words[IDLE]) - number(words[IO_WAIT]);
        long addedBusy = busyTime.computeIfAbsent(core, any -> new Counter()).added(busy);
        long added = allTime.computeIfAbsent(core, any -> new Counter()).added(all);
        if (addedBusy >= 0 && added > 0) {
            String number = core.substring(ALL_CORES.length());
            sample.put("cpu.percentage" + (number.isEmpty() ? "" : "." + number), 100.0 * addedBusy / added);
        }
    }

    private void lookAtMemory(Sample sample) {
        Map<String, Long> kilobytes = files.memory();
        Long total = kilobytes.get("MemTotal");
        Long available = kilobytes.get("MemAvailable");
        if (total != null && available != null) {
            sample.put("memory.used", (total - available) * 1024.0);
        }
        Long active = kilobytes.get("Active");
        if (active != null) {
            sample.put("memory.active", active * 1024.0);
        }
    }

    private void lookAtNetwork(Sample sample) {
        long receivedNow = 0;
        long sentNow = 0;
        boolean any = false;
        for (String line : files.lines("proc/net/dev")) {
            int colon = line.indexOf(':');
            String[] words =
                    words(colon < 0 ? "" : "name " + line.substring(colon + 1).strip());
            if (words.length > SENT) {
                any = true;
                receivedNow += number(words[RECEIVED]);
                sentNow += number(words[SENT]);
            }
        }
        if (any) {
            count("network.bytes_recv", receivedNow, received, sample);
            count("network.bytes_sent", sentNow, sent, sample);
        }
    }

    private static void count(String name, long now, Counter counter, Sample sample) {
        long added = counter.added(now);
        sample.put(name, (double) now);
        if (added >= 0) {
            sample.put(name + ".rate", added / sample.seconds());
        }
    }

    private void lookAtDisk(Sample sample) {
        try {
            FileStore disk = Files.getFileStore(files.root());
            sample.put("disk.used", (double) (disk.getTotalSpace() - disk.getUnallocatedSpace()));
        } catch (IOException e) {
            return; // it is not told
        }
    }

    private static String[] words(String line) {
        return BLANKS.split(line, -1);
    }

    /** 0 where there is no number. */
    private static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
