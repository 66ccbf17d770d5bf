package io.metastore.server.grpc;

import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthenticateRequest;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.SnapshotRequest;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.tls.ClientTls;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Fetches the whole state of a running etcd, as a file that ends with its digest. What it holds is one moment: changes
/// that come later are not in it.
public final class SnapshotClient {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final long CONNECT_SECONDS = 30;
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final SourceConfig source;

    public SnapshotClient(SourceConfig source) {
        this.source = source;
    }

    /// Returns when the file is on the disk. Its digest is not compared.
    ///
    /// @throws SnapshotClientException when the server does not give it, or not to the end
    public void save(Path file) throws IOException {
        var channel = channel();
        try (var to =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)) {
            fetch(channel, to);
            to.force(true);
        } catch (StatusRuntimeException e) {
            throw new SnapshotClientException(
                    source.endpoint() + " does not give its state: "
                            + e.getStatus().getCode() + " " + e.getStatus().getDescription(),
                    e);
        } finally {
            channel.shutdownNow();
        }
    }

    private void fetch(ManagedChannel channel, FileChannel to) throws IOException {
        var stub = MaintenanceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(login(channel)));
        var pieces = stub.snapshot(SnapshotRequest.getDefaultInstance());
        long left = -1;
        while (pieces.hasNext()) {
            var piece = pieces.next();
            var bytes = piece.getBlob().asReadOnlyByteBuffer();
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
            left = piece.getRemainingBytes();
        }
        if (left != 0) {
            throw new SnapshotClientException(source.endpoint() + " ended its answer too early");
        }
    }

    /// Waits for the connection too, so that a wrong address does not wait for ever.
    private Metadata login(ManagedChannel channel) {
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
        return headers;
    }

    private ManagedChannel channel() throws IOException {
        var address = source.endpoint();
        return NettyChannelBuilder.forAddress(address.host(), address.port(), credentials())
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    private ChannelCredentials credentials() throws IOException {
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
}
