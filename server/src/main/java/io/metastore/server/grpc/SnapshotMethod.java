package io.metastore.server.grpc;

import com.google.protobuf.UnsafeByteOperations;
import etcdserverpb.SnapshotRequest;
import etcdserverpb.SnapshotResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.metastore.server.model.Sha256;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import io.metastore.server.node.StateFile;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole state as a file, in pieces, with the SHA-256 of all of them as the last one. A piece is made when the
/// connection has taken the one before. Source: the size of the pieces and what they say are etcd's.
///
/// Each stream has a thread of its own, since it reads for as long as it takes, and holds a state of the store; so
/// there are few of them, and one whose client takes nothing for long is ended.
final class SnapshotMethod implements ServerCallHandler<SnapshotRequest, SnapshotResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotMethod.class);
    private static final int PIECE_BYTES = 32 * 1024;
    private static final int AT_ONCE = 4;
    private static final int LOOKS_WHILE_WAITING = 120;
    private static final long LOOK_MILLIS = 500;

    private final Node node;
    private final Admission admission;
    private final OpenStreams streams;
    private final Semaphore free = new Semaphore(AT_ONCE);

    SnapshotMethod(Node node, Admission admission, OpenStreams streams) {
        this.node = node;
        this.admission = admission;
        this.streams = streams;
    }

    @Override
    public ServerCall.Listener<SnapshotRequest> startCall(
            ServerCall<SnapshotRequest, SnapshotResponse> call, Metadata metadata) {
        var refusal = admission.refuses(metadata, true);
        return refusal.isPresent()
                ? StreamCall.refused(call, refusal.get())
                : new Pieces(call, metadata).begin(admission);
    }

    private final class Pieces extends OneRequestCall<SnapshotRequest, SnapshotResponse> {
        Pieces(ServerCall<SnapshotRequest, SnapshotResponse> call, Metadata metadata) {
            super(call, metadata, streams);
        }

        /// Users and the hashes of their passwords are in it, so it is for administrators alone.
        @Override
        void serve(SnapshotRequest request) {
            var refusal = admission.refuses(who(), Right.ADMINISTRATOR);
            if (refusal.isPresent()) {
                end(refusal.get());
            } else if (!free.tryAcquire()) {
                end(EtcdError.TOO_MANY_REQUESTS);
            } else {
                Thread.ofPlatform().name("metastore-snapshot").daemon().start(this::run);
            }
        }

        private void run() {
            try {
                attempt(this::send);
            } finally {
                free.release();
            }
        }

        private void send() throws InterruptedException {
            long begun = System.nanoTime();
            try (var file = node.stateFile()) {
                send(file);
                LOG.atInfo()
                        .addKeyValue("bytes", file.bytes())
                        .addKeyValue("took", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + "ms")
                        .log("a snapshot stream ended");
            }
        }

        private void send(StateFile file) throws InterruptedException {
            var digest = Sha256.start();
            var version = node.downgrades().version().release().full();
            long left = file.bytes();
            while (left > 0) {
                if (!awaitTaker()) {
                    return;
                }
                var piece = new byte[PIECE_BYTES];
                int length = file.read(piece);
                digest.update(piece, 0, length);
                left -= length;
                send(piece(version, left, length == piece.length ? piece : Arrays.copyOf(piece, length)));
            }
            send(piece(version, 0, digest.digest()));
            end(Status.OK);
        }

        /// Waits until the connection takes more, but not for ever; false when the stream has ended, and then the
        /// client knows why.
        private boolean awaitTaker() throws InterruptedException {
            for (int looks = 0; !hasEnded() && !takesMore() && !node.isReplacingState(); looks++) {
                if (looks == LOOKS_WHILE_WAITING) {
                    end(EtcdError.TIMED_OUT);
                } else {
                    awaitChange(LOOK_MILLIS);
                }
            }
            if (node.isReplacingState()) {
                end(EtcdError.LEADER_CHANGED);
            }
            return !hasEnded();
        }
    }

    private static SnapshotResponse piece(String version, long left, byte[] bytes) {
        return SnapshotResponse.newBuilder()
                .setRemainingBytes(left)
                .setBlob(UnsafeByteOperations.unsafeWrap(bytes))
                .setVersion(version)
                .build();
    }
}
