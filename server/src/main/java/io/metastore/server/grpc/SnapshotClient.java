package io.metastore.server.grpc;

import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.SnapshotRequest;
import io.grpc.StatusRuntimeException;
import io.metastore.server.config.SourceConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Fetches the whole state of a running etcd, as a file that ends with its digest. What it holds is one moment: changes
/// that come later are not in it.
public final class SnapshotClient {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final SourceConfig source;

    public SnapshotClient(SourceConfig source) {
        this.source = source;
    }

    /// Returns when the file is on the disk. Its digest is not compared.
    ///
    /// @throws SnapshotClientException when the server does not give it, or not to the end
    public void save(Path file) throws IOException {
        try (var connection = ClientConnection.to(source);
                var to = FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PRIVATE)) {
            fetch(connection, to);
            to.force(true);
        } catch (StatusRuntimeException e) {
            throw new SnapshotClientException(
                    source.endpoint() + " does not give its state: "
                            + e.getStatus().getCode() + " " + e.getStatus().getDescription(),
                    e);
        }
    }

    private void fetch(ClientConnection connection, FileChannel to) throws IOException {
        var stub = MaintenanceGrpc.newBlockingStub(connection.channel()).withInterceptors(connection.login());
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
}
