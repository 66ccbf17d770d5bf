package io.metastore.server.raft.peer;

import io.metastore.server.tls.ClientTls;
import io.metastore.server.tls.ServerTls;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcHttp2ConnectionHandler;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiator;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiators;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.ClientAuth;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.JdkSslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SupportedCipherSuiteFilter;
import org.apache.ratis.thirdparty.io.netty.util.AsciiString;

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

    /// For connections from other members.
    static InternalProtocolNegotiator.ProtocolNegotiator server(ServerTls tls) {
        return new Incoming(tls);
    }

    private record Incoming(ServerTls tls) implements InternalProtocolNegotiator.ProtocolNegotiator {
        @Override
        public AsciiString scheme() {
            return AsciiString.cached("https");
        }

        @Override
        public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
            return new PeerHandshake(
                    tls, InternalProtocolNegotiators.serverPlaintext().newHandler(grpc));
        }

        @Override
        public void close() {
            // Nothing is held open between connections.
        }
    }
}
