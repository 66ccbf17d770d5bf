package io.metastore.server.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Accepts every server. Members that make their own certificates cannot know each other's. Connections are encrypted
/// and nobody is checked, as in etcd.
final class SelfMadePeers extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // see above
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        // see above
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // see above
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new IllegalStateException("no caller is asked for a certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new IllegalStateException("no caller is asked for a certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new IllegalStateException("no caller is asked for a certificate");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
