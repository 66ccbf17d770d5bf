package io.metastore.server.raft.peer;

import io.metastore.server.tls.ClientTls;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ClientAuth;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.JdkSslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SupportedCipherSuiteFilter;

/// TLS in the shapes that the network library inside Ratis wants.
public final class PeerTls {
    private PeerTls() {}

    /// For connections to other members. Files that change are seen by its managers.
    public static SslContext client(ClientTls tls) {
        var http2 = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");
        return new JdkSslContext(
                tls.context(),
                true,
                tls.suites(),
                SupportedCipherSuiteFilter.INSTANCE,
                http2,
                ClientAuth.NONE,
                tls.protocols().toArray(new String[0]),
                false);
    }

    /// For connections that Ratis makes itself.
    public static GrpcTlsConfig ofRatis(ClientTls tls) {
        return new GrpcTlsConfig.Builder()
                .setSslProvider(SslProvider.JDK)
                .setKeyManager(tls.keys())
                .setTrustManager(tls.trust())
                .setMutualTls(true)
                .build();
    }
}
