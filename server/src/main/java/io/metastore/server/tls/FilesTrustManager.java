package io.metastore.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Decides over the other side's certificate by what the files say when it is shown.
final class FilesTrustManager extends X509ExtendedTrustManager {
    private final Reloaded<Trust> files;
    private final boolean checksAddress;

    /// @param checksAddress compare the address of a caller with the names in its certificate
    FilesTrustManager(Reloaded<Trust> files, boolean checksAddress) {
        this.files = files;
        this.checksAddress = checksAddress;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        var trust = files.current();
        trust.authorities().checkClientTrusted(chain, authType, engine);
        var names = SubjectNames.of(chain[0]);
        trust.checkAllowed(names);
        if (checksAddress) {
            CallerAddress.check(names, engine.getPeerHost());
        }
        trust.revocations().check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        var trust = files.current();
        trust.authorities().checkServerTrusted(chain, authType, engine);
        trust.checkAllowed(SubjectNames.of(chain[0]));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return files.current().authorities().getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noEngine();
    }

    /// The host name could not be checked.
    private static CertificateException noEngine() {
        return new CertificateException("certificates are checked for engines only");
    }
}
