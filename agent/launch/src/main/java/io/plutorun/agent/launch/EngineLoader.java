package io.plutorun.agent.launch;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.ByteBuffer;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent's engine and the libraries in it, out of the one entry of the jar that holds them all.
 *
 * <p>Its parent is meant to be the platform loader, so the program never meets the agent's OkHttp, Jackson, Kotlin or ByteBuddy, nor the agent the
 * program's. One entry, because the JVM pays for every entry of a jar on its class path, tracked or not.
 */
final class EngineLoader extends ClassLoader implements Runnable {

    static {
        registerAsParallelCapable();
    }

    static final String ENTRY = "pluto-engine.jar";

    /** Most class files are smaller. */
    private static final int ROOM = 1 << 15;

    private final ZipArchive engine;
    private final ProtectionDomain domain;

    /** Where a class file is read to; null while one is. There are some hundred on the way to a method's first line. */
    private final AtomicReference<byte @Nullable []> room = new AtomicReference<>(new byte[ROOM]);

    private EngineLoader(ZipArchive engine, URL jar, ClassLoader parent) {
        super(parent);
        this.engine = engine;
        Permissions all = new Permissions(); // what the agent does must not hang on the program's security policy
        all.add(new AllPermission());
        this.domain = new ProtectionDomain(new CodeSource(jar, (Certificate[]) null), all);
    }

    /** Declared as any loader: else to verify its caller would be to load this class, in every JVM. */
    static ClassLoader of(File jar, ClassLoader parent) throws IOException {
        return new EngineLoader(ZipArchive.open(jar).nested(ENTRY), jar.toURI().toURL(), parent);
    }

    /**
     * Holds the engine in memory from now on, whatever becomes of the jar. The engine, which can't name this class, calls it when the first
     * run begins.
     */
    @Override
    public void run() {
        try {
            engine.copyToMemory();
        } catch (IOException e) {
            // then the file must do, as long as it can be read
        }
    }

    /**
     * What is of the engine is looked for here alone. Nobody above has it, and the search there, which ends with an exception for each class,
     * takes time on the way to a method's first line.
     */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String entry = entryOf(name);
        if (!engine.contains(entry)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name, entry);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return define(name, entryOf(name));
    }

    private static String entryOf(String className) {
        return className.replace('.', '/').concat(".class");
    }

    private Class<?> define(String name, String entry) throws ClassNotFoundException {
        byte[] free = room.getAndSet(null);
        try {
            ByteBuffer classFile = engine.find(entry, free == null ? ZipArchive.NO_ROOM : free);
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, classFile, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        } finally {
            if (free != null) {
                room.set(free);
            }
        }
    }

    /** Without the detour over a URL, which takes time, and under a security manager a permission that the jar may not have. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            byte[] own = engine.read(name);
            return own == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(own);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    protected @Nullable URL findResource(String name) {
        if (!engine.contains(name)) {
            return null;
        }
        return EntryUrls.of(engine, name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL resource = findResource(name);
        return resource == null
                ? Collections.emptyEnumeration()
                : Collections.enumeration(Collections.singleton(resource));
    }

    /** Apart, because the verifier would load a handler beside the loader in every JVM, and an idle one needs none. */
    private static final class EntryUrls extends URLStreamHandler {

        private final ZipArchive archive;
        private final String entry;

        private EntryUrls(ZipArchive archive, String entry) {
            this.archive = archive;
            this.entry = entry;
        }

        /** The address of an entry, through which it can be read. */
        static @Nullable URL of(ZipArchive archive, String entry) {
            try {
                return new URL("pluto-engine", "", -1, "/" + entry, new EntryUrls(archive, entry));
            } catch (MalformedURLException e) {
                return null;
            }
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() throws IOException {
                    byte[] bytes = archive.read(entry);
                    if (bytes == null) {
                        throw new IOException("no entry " + entry);
                    }
                    return new ByteArrayInputStream(bytes);
                }
            };
        }
    }
}
