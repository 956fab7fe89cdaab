package sun.nio.fs;

import java.io.File;
import java.util.concurrent.locks.LockSupport;

/** Keeps whoever asks for certain files waiting while another file exists; that one is looked for through {@code java.io}. */
public final class SilentDisk {

    private static final long NANOS_BETWEEN_LOOKS = 2_000_000;

    private SilentDisk() {}

    public static void await(Object path) {
        String hangs = System.getProperty("silent.disk.while");
        String words = System.getProperty("silent.disk.paths");
        if (hangs != null && words != null && path != null && path.toString().contains(words)) {
            File file = new File(hangs);
            while (file.exists()) {
                LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
            }
        }
    }
}
