package io.plutorun.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes the folders of tests, and removes them as far as that is possible. The agent's threads may still write into one when its test is over,
 * which is no failure of the test; JUnit's own removal would make it one. Named in {@code junit-platform.properties}.
 */
public final class TestFolders implements TempDirFactory {

    private @Nullable Path folder;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws Exception {
        Path made = TempDirFactory.Standard.INSTANCE.createTempDirectory(element, test);
        folder = made;
        return made;
    }

    @Override
    public void close() {
        Path made = folder;
        if (made != null) {
            remove(made);
        }
    }

    private static void remove(Path path) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                removeContents(path);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit(); // it has another entry by now
        }
    }

    private static void removeContents(Path folder) throws IOException {
        boolean unused = folder.toFile().setReadable(true) // a test may have taken its rights away
                && folder.toFile().setWritable(true)
                && folder.toFile().setExecutable(true);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(TestFolders::remove);
        }
    }
}
