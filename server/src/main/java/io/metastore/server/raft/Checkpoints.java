package io.metastore.server.raft;

import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Position;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.raft.slow.SlowDisk;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;

/// How much of the log the store has on disk, which is what Ratis calls a snapshot: the store is its own snapshot.
/// The log before it may be purged. Making the store durable takes time, so it is done beside the apply thread.
final class Checkpoints {
    /// So many entries more could be let go of, or a member that catches up has checkpoints made without a pause.
    private static final long WORTH_A_CHECKPOINT = 1000;

    private final Applier applier;
    private final Executor background;
    private final Fatal fatal;
    private final SlowDisk disk;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile UnaryOperator<Position> retention = UnaryOperator.identity();
    private volatile Optional<SnapshotInfo> latest;
    private long reported;

    /// Of which nobody is told.
    Checkpoints(Applier applier, Executor background, Fatal fatal) {
        this(applier, background, fatal, SlowDisk.of(RaftMeter.NONE));
    }

    /// @param applier just opened: all it holds comes from disk
    Checkpoints(Applier applier, Executor background, Fatal fatal, SlowDisk disk) {
        this.disk = disk;
        this.applier = applier;
        this.background = background;
        this.fatal = fatal;
        this.latest = info(applier.applied());
        this.reported = applier.applied().index();
    }

    /// From now on the log is also kept from where `retention` says, given up to where the state is durable.
    void retain(UnaryOperator<Position> rule) {
        retention = rule;
    }

    /// The newest durable state; Ratis asks for each append.
    Optional<SnapshotInfo> latest() {
        return latest;
    }

    /// Ratis wants a newer snapshot: begins to make one unless one is being made. Called on the apply thread.
    ///
    /// @return the index of the newest durable state if it is newer than the one returned before, else -1
    long take() {
        long index = latest.map(SnapshotInfo::getIndex).orElse(RaftLog.INVALID_LOG_INDEX);
        if (index > reported) {
            reported = index;
            return index;
        }
        if (isHeldUp()) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        if (running.compareAndSet(false, true)) {
            background.execute(this::persist);
        }
        return RaftLog.INVALID_LOG_INDEX;
    }

    /// Whether a newer durable state would let go of nothing more.
    private boolean isHeldUp() {
        var applied = applier.applied();
        var kept = retention.apply(applied);
        return kept.index() < applied.index() && kept.index() < reported + WORTH_A_CHECKPOINT;
    }

    /// The store was replaced by one that is durable up to `position`.
    void replaced(Position position) {
        offer(position);
    }

    /// Never goes back: the two that come here do so on threads of their own.
    private synchronized void offer(Position position) {
        if (latest.map(info -> info.getIndex() < position.index()).orElse(true)) {
            latest = info(position);
        }
    }

    private void persist() {
        try {
            long start = System.nanoTime();
            offer(retention.apply(applier.persist()));
            disk.saved(System.nanoTime() - start);
        } catch (RuntimeException e) {
            fatal.halt("the store cannot be made durable", e);
        } finally {
            running.set(false);
        }
    }

    private static Optional<SnapshotInfo> info(Position position) {
        if (position.equals(Position.NONE)) {
            return Optional.empty();
        }
        List<FileInfo> none = List.of();
        return Optional.of(new FileListSnapshotInfo(none, TermIndex.valueOf(position.term(), position.index())));
    }
}
