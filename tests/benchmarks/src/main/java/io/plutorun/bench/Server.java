package io.plutorun.bench;

import io.plutorun.fake.FakePluto;
import io.plutorun.fake.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Collections;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/**
 * The server that tracked programs talk to: in this process, so the two share the machine's cores.
 *
 * @param pluto the server
 * @param trustStore for https, what the programs trust: all that the JDK does, and this server; null for http
 */
record Server(FakePluto pluto, @Nullable Path trustStore) implements AutoCloseable {

    static Server http() {
        return new Server(FakePluto.start(), null);
    }

    /** Each answer comes this much later. */
    static Server slow(Duration by) {
        Server server = http();
        server.pluto.faults().always(Fault.delay(by));
        return server;
    }

    /** With a certificate that an authority has signed, which stands among the authorities of a JDK. */
    static Server https(Jdk jdk) throws IOException, GeneralSecurityException {
        HeldCertificate authority =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .signedBy(authority)
                .build();
        HandshakeCertificates own =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        return new Server(FakePluto.builder().tls(own.sslSocketFactory()).start(), trustStore(jdk, authority));
    }

    /** As JKS, whose certificates are not encrypted: as cheap to read as the JDK's own file. */
    private static Path trustStore(Jdk jdk, HeldCertificate authority) throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance("JKS");
        all.load(null, null);
        KeyStore jdks = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(jdk.home().resolve("lib/security/cacerts"))) {
            jdks.load(in, null);
        }
        for (String alias : Collections.list(jdks.aliases())) {
            all.setCertificateEntry(alias, jdks.getCertificate(alias));
        }
        all.setCertificateEntry("bench", authority.certificate());
        Path file = Place.folder().resolve("cacerts-" + jdk.feature());
        try (OutputStream out = Files.newOutputStream(file)) {
            all.store(out, "changeit".toCharArray());
        }
        return file;
    }

    /** Lets a program find it. */
    Child found(Child program) {
        program.environment(pluto.environment());
        return trustStore == null ? program : program.option("-Djavax.net.ssl.trustStore=" + trustStore);
    }

    @Override
    public void close() {
        pluto.close();
    }
}
