package io.plutorun.agent.metrics.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * On which file systems a file may be written through mapped memory by a thread that must not wait and must not meet a fault.
 *
 * <p>Not over a network (NFS, Lustre, SMB) or a process (FUSE): a page that can't be fetched keeps the thread waiting. Not on Btrfs, ZFS or
 * bcachefs either: they write each page to a new place, so blocks that are already there do not help when the disk is full. Whatever is not
 * known here is not mapped.
 */
public final class MappingRule {

    private static final Set<String> SAFE =
            Set.of("ext2", "ext3", "ext4", "xfs", "f2fs", "jfs", "tmpfs", "ramfs", "overlay", "apfs", "hfs");

    private MappingRule() {}

    /**
     * Whether files of this folder may be mapped.
     *
     * @throws IOException when the folder's file system is not told
     */
    public static boolean allows(Path folder) throws IOException {
        return isSafe(Files.getFileStore(folder).type());
    }

    /** The rule for the name of a file system, as {@link java.nio.file.FileStore#type()} tells it. */
    static boolean isSafe(String type) {
        return SAFE.contains(type.toLowerCase(Locale.ROOT));
    }
}
