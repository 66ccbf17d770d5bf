package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Listeners;
import io.metastore.server.apply.State;
import io.metastore.server.lease.Lease;
import io.metastore.server.lease.LeaseListener;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.transfer.Outbox;
import io.metastore.server.raft.transfer.RateLimit;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A state on its way out, at a rate at which it would be on its way for days.
@Timeout(60)
class OutgoingStateTest {
    private static final SnapshotRequest REQUEST =
            SnapshotRequest.newBuilder().setEngine("memory").setMember(2).build();

    @TempDir
    Path directory;

    private final Storage storage = MemoryStorage.volatileOnly();
    private final FakeReplies replies = new FakeReplies();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void whoeverWaitsForTheRateEndsWithTheMember() throws InterruptedException {
        var state = begin(REQUEST);
        replies.awaitContent();

        state.stop();

        ended.await();
        state.awaitEnd();
        assertThat(Status.fromThrowable(replies.failure.join()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void whoeverWaitsForTheRateEndsWithTheStream() throws InterruptedException {
        begin(REQUEST);
        replies.awaitContent();

        replies.cancel();

        ended.await();
        assertThat(replies.failure).as("nobody is there to be told").isNotDone();
    }

    @Test
    void aMemberThatStopsDoesNotBegin() throws InterruptedException {
        var state = state();
        state.stop();

        state.begin(REQUEST, ended::countDown);

        ended.await();
        assertThat(Status.fromThrowable(replies.failure.join()).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(replies.chunks).isEmpty();
    }

    @Test
    void aMemberWithAnotherEngineIsRefused() throws InterruptedException {
        begin(REQUEST.toBuilder().setEngine("rocksdb").build());

        ended.await();
        assertThat(Status.fromThrowable(replies.failure.join()).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    private OutgoingState begin(SnapshotRequest request) {
        var state = state();
        state.begin(request, ended::countDown);
        return state;
    }

    private OutgoingState state() {
        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, Bytes.utf8("a"), Bytes.wrap(new byte[4 << 20]));
            batch.commit();
        }
        var transfers = new RaftStart.Transfers("memory", directory.resolve("out"), directory.resolve("in"), 1);
        var sources = new OutgoingState.Sources(
                transfers,
                new Applier(storage, State.open(storage), new Listeners((_, _) -> {}, new DeafToLeases())),
                new Outbox(transfers.outgoing(), System::nanoTime),
                new RateLimit(transfers.bytesPerSecond(), System::nanoTime));
        return new OutgoingState(sources, replies, RaftMeter.Peer.NONE);
    }

    private static final class FakeReplies extends ServerCallStreamObserver<SnapshotChunk> {
        private final BlockingQueue<SnapshotChunk> chunks = new LinkedBlockingQueue<>();
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
        private volatile Runnable onCancel = () -> {};
        private volatile boolean cancelled;

        /// The first chunk is within what may come in one heap, the second is not.
        void awaitContent() throws InterruptedException {
            assertThat(chunks.take().hasManifest()).isTrue();
            assertThat(chunks.take().hasData()).isTrue();
        }

        void cancel() {
            cancelled = true;
            onCancel.run();
        }

        @Override
        public void onNext(SnapshotChunk chunk) {
            chunks.add(chunk);
        }

        @Override
        public void onError(Throwable cause) {
            failure.complete(cause);
        }

        @Override
        public void onCompleted() {
            throw new AssertionError("days have passed");
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            onCancel = handler;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}
    }

    private static final class DeafToLeases implements LeaseListener {
        @Override
        public void granted(Lease lease) {}

        @Override
        public void revoked(LeaseId id) {}

        @Override
        public void checkpointed(Lease lease) {}

        @Override
        public void reloaded(List<Lease> all) {}
    }
}
