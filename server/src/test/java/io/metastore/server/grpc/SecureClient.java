package io.metastore.server.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.tls.TestSecurity;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Connections of gRPC over TLS.
public final class SecureClient {
    private SecureClient() {}

    /// Shows its certificate and trusts its authority.
    public static ManagedChannel connect(InetSocketAddress address, TransportSecurity security) {
        return NettyChannelBuilder.forAddress(address)
                .sslContext(context(TestSecurity.client(security).context()))
                .build();
    }

    public static SslContext context(SSLContext context) {
        var http2 = new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, "h2");
        return new JdkSslContext(
                context,
                true,
                Optional.<List<String>>empty().orElse(null),
                IdentityCipherSuiteFilter.INSTANCE,
                http2,
                ClientAuth.NONE,
                new String[] {"TLSv1.3", "TLSv1.2"},
                false);
    }
}
