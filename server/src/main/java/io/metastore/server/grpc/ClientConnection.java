package io.metastore.server.grpc;

import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthenticateRequest;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.tls.ClientTls;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// A connection to a member of a running cluster, as one of its clients.
public final class ClientConnection implements AutoCloseable {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final long CONNECT_SECONDS = 30;
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final SourceConfig source;
    private final ManagedChannel channel;

    private ClientConnection(SourceConfig source, ManagedChannel channel) {
        this.source = source;
        this.channel = channel;
    }

    /// Connects with the first call.
    ///
    /// @throws IOException when a certificate cannot be read
    public static ClientConnection to(SourceConfig source) throws IOException {
        var address = source.endpoint();
        return new ClientConnection(
                source,
                NettyChannelBuilder.forAddress(address.host(), address.port(), credentials(source))
                        .maxInboundMessageSize(Integer.MAX_VALUE)
                        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                        .build());
    }

    public ManagedChannel channel() {
        return channel;
    }

    /// Logs in, if there is somebody to log in, and makes calls that of the user. Blocks, and throws a
    /// `StatusRuntimeException` when the user is refused or nobody answers.
    public ClientInterceptor login() {
        var headers = new Metadata();
        source.login().ifPresent(login -> {
            var request = AuthenticateRequest.newBuilder()
                    .setName(login.user())
                    .setPassword(login.password())
                    .build();
            var answer = AuthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(CONNECT_SECONDS, TimeUnit.SECONDS)
                    .authenticate(request);
            headers.put(TOKEN, answer.getToken());
        });
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    private static ChannelCredentials credentials(SourceConfig source) throws IOException {
        if (!source.endpoint().isSecure()) {
            return InsecureChannelCredentials.create();
        }
        var credentials = TlsChannelCredentials.newBuilder();
        if (source.authorities().isPresent()) {
            credentials.trustManager(source.authorities().get().toFile());
        }
        if (!source.identity().isNone()) {
            credentials.keyManager(ClientTls.showing(source.identity()));
        }
        return credentials.build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
