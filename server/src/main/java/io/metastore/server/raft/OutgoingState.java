package io.metastore.server.raft;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Scope;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.transfer.CheckpointSender;
import io.metastore.server.raft.transfer.Holdings;
import io.metastore.server.raft.transfer.Outbox;
import io.metastore.server.raft.transfer.RateLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.ServerCallStreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This member's state on its way to one peer: a checkpoint that is sent as fast as the peer takes it and the limit
/// allows, and kept for a while in case that the peer comes back for the rest.
final class OutgoingState {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingState.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final Sources sources;
    private final ServerCallStreamObserver<SnapshotChunk> replies;
    private final RaftMeter.Peer meter;
    private final Semaphore changed = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

    /// What all states come from.
    ///
    /// @param rate of all of them together
    record Sources(RaftStart.Transfers transfers, Applier applier, Outbox outbox, RateLimit rate) {}

    /// @param meter of the peer that asks
    OutgoingState(Sources sources, ServerCallStreamObserver<SnapshotChunk> replies, RaftMeter.Peer meter) {
        this.sources = sources;
        this.replies = replies;
        this.meter = meter;
    }

    /// @param whenEnded runs when nothing is sent any more
    void begin(SnapshotRequest request, Runnable whenEnded) {
        replies.setOnReadyHandler(changed::release);
        replies.setOnCancelHandler(changed::release);
        var engine = sources.transfers.engine();
        if (!request.getEngine().equals(engine) && !isForWitness(request)) {
            refuse(Status.FAILED_PRECONDITION, "this member keeps its state in another engine: " + engine);
            end(whenEnded);
        } else if (sources.applier.applied().index() < request.getAtLeastIndex()) {
            refuse(Status.UNAVAILABLE, "this member has not applied entry " + request.getAtLeastIndex() + " yet");
            end(whenEnded);
        } else if (stopped) {
            refuse(Status.UNAVAILABLE, "this member stops");
            end(whenEnded);
        } else {
            Thread.ofPlatform().name("metastore-send-state").daemon().start(() -> {
                try {
                    run(request);
                } finally {
                    end(whenEnded);
                }
            });
        }
    }

    private void end(Runnable whenEnded) {
        whenEnded.run();
        ended.countDown();
    }

    /// This member stops: nothing more is sent.
    void stop() {
        stopped = true;
        changed.release();
    }

    /// Returns when nothing is read any more, or after some seconds.
    void awaitEnd() throws InterruptedException {
        var _ = ended.await(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// It keeps a small part of the state, which all engines have alike.
    private static boolean isForWitness(SnapshotRequest request) {
        return request.getEngine().equals(StorageEngine.WITNESS.text());
    }

    private void refuse(Status status, String why) {
        if (!replies.isCancelled()) {
            replies.onError(status.withDescription(why).asRuntimeException());
        }
    }

    private void run(SnapshotRequest request) {
        try (var transfer = meter.sending();
                var kept = checkpoint(request)) {
            try (var sender = kept.files().sender(Holdings.of(request))) {
                send(sender, new Progress(new MemberId(request.getMember()), sender, transfer));
            } catch (IOException | RuntimeException e) {
                kept.spoiled();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("this member's state was not sent");
            refuse(Status.INTERNAL, "the state cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Who has nothing yet gets a new one: what another one has may be what it could not use.
    private Outbox.Kept checkpoint(SnapshotRequest request) throws IOException {
        var part = isForWitness(request) ? Scope.MEMBERSHIP : Scope.EVERYTHING;
        var order = new Outbox.Order(
                new MemberId(request.getMember()) + "/" + part, request.getAtLeastIndex(), sources.applier.applied());
        var kept = request.getHeldCount() == 0 ? Optional.<Outbox.Kept>empty() : sources.outbox.find(order);
        return kept.isPresent()
                ? kept.get()
                : sources.outbox.make(order, target -> sources.applier.checkpoint(target, part));
    }

    private void send(CheckpointSender sender, Progress progress) throws InterruptedException {
        progress.say("this member's state is being sent");
        while (sender.hasNext() && !isBroken()) {
            var chunk = sender.next();
            int bytes = chunk.getData().getContent().size();
            await(sources.rate.take(bytes));
            while (!replies.isReady() && !isBroken()) {
                changed.acquire();
            }
            if (!isBroken()) {
                replies.onNext(chunk);
                progress.transfer.moved(bytes);
            }
        }
        if (isBroken()) {
            progress.say("this member's state was not sent whole");
            refuse(Status.UNAVAILABLE, "this member stops");
        } else {
            replies.onCompleted();
            progress.transfer.succeeded();
            progress.say("this member's state was sent");
        }
    }

    private void await(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        for (long left = nanos; left > 0 && !isBroken(); left = nanos - (System.nanoTime() - start)) {
            var _ = changed.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
    }

    private boolean isBroken() {
        return stopped || replies.isCancelled();
    }

    /// What an operator is told of it.
    private record Progress(MemberId peer, CheckpointSender sender, RaftMeter.Transfer transfer, long start) {
        Progress(MemberId peer, CheckpointSender sender, RaftMeter.Transfer transfer) {
            this(peer, sender, transfer, System.nanoTime());
            transfer.resumed(sender.held());
        }

        void say(String what) {
            LOG.atInfo()
                    .addKeyValue("peer", peer)
                    .addKeyValue("remaining-bytes", sender.remaining())
                    .addKeyValue("resumed-bytes", sender.held())
                    .addKeyValue("took-millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                    .log(what);
        }
    }
}
