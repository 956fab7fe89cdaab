package io.plutorun.agent.packer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engine's archive with every class file as its compiler wrote it: nothing is left out, slimmed, written out or renamed.
 *
 * <p>It is for finding faults. When a test fails with the packed jar and passes with the plain one, the packer is at fault; when it fails
 * with both, the agent is. Isolation does not depend on the packer: the agent's class loader hides these classes from the program too.
 *
 * <p>It is not for users. OkHttp logs through {@code java.util.logging} here, and agents that monitor the program know OkHttp by its
 * name.
 */
final class PlainEngine {

    private PlainEngine() {}

    /**
     * The entries of the archive.
     *
     * @param own the engine's entries; they go before a library's of the same name
     * @param libraries their jars, of which everything outside of {@code META-INF} is taken
     */
    static Map<String, byte[]> of(Map<String, byte[]> own, List<Path> libraries) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        for (Path library : libraries) {
            entries.putAll(Contents.ofJar(library));
        }
        entries.keySet().removeIf(name -> name.startsWith("META-INF/"));
        entries.putAll(own);
        return entries;
    }
}
