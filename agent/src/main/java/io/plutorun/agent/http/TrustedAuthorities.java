package io.plutorun.agent.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust in the JDK's certificate authorities and in those of a PEM file.
 *
 * @param sockets makes connections under that trust
 * @param trust the trust
 */
record TrustedAuthorities(SSLSocketFactory sockets, X509TrustManager trust) {

    /**
     * Reads a PEM file's content.
     *
     * @throws IOException when it holds no certificates
     */
    static TrustedAuthorities with(byte[] pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (X509Certificate authority : trustManager(null).getAcceptedIssuers()) {
            store.setCertificateEntry("jdk-" + count++, authority);
        }
        int jdks = count;
        InputStream in = new ByteArrayInputStream(pem);
        for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            store.setCertificateEntry("own-" + count++, authority);
        }
        if (count == jdks) {
            throw new IOException("it holds no certificate");
        }
        X509TrustManager trust = trustManager(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        return new TrustedAuthorities(context.getSocketFactory(), trust);
    }

    private static X509TrustManager trustManager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager trust) {
                return trust;
            }
        }
        throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    }
}
