package io.metastore.server.raft.transfer;

import io.metastore.server.apply.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.ratis.server.protocol.TermIndex;

/// Checkpoints of this member that others were given, kept for a while: who comes back finds the same files, and the
/// entries behind them in the log. For each who asks it is the newest one only; an older one lives until its last
/// reader is gone. Any thread.
///
/// A checkpoint takes little space while the store goes on using its files, and that of all rows otherwise: so it is
/// removed some time after the last use, when space gets scarce, and at the next start.
public final class Outbox {
    private static final Duration KEPT = Duration.ofMinutes(2);
    /// As long as whoever got a state may need until it goes on with the log.
    private static final Duration LOG_KEPT = Duration.ofSeconds(30);

    /// For whoever takes longer, or asks again and again, the log is not kept for ever.
    private static final Duration LOG_KEPT_AT_MOST = Duration.ofMinutes(30);

    private static final int MOST_UNUSED = 4;

    private final Path directory;
    private final LongSupplier nanoTime;

    /// Guarded by this, as is all of each that changes.
    private final Map<String, Kept> newest = new HashMap<>();

    private final List<Kept> all = new ArrayList<>();

    /// Makes a checkpoint.
    @FunctionalInterface
    public interface Maker {
        /// Makes it at `target`, which does not exist, and tells the last entry whose effect it holds.
        Position make(Path target) throws IOException;
    }

    /// What is wanted.
    ///
    /// @param asker whose it is to be
    /// @param atLeast the entry whose effect it must hold
    /// @param applied what this member has applied
    public record Order(String asker, long atLeast, Position applied) {}

    /// @param directory nobody else uses it; what is in it is removed
    /// @param nanoTime as `System.nanoTime`
    public Outbox(Path directory, LongSupplier nanoTime) {
        this.directory = directory;
        this.nanoTime = nanoTime;
        CheckpointReceiver.removeRemains(directory);
    }

    /// A new checkpoint; blocks while it is made.
    public Kept make(Order order, Maker maker) throws IOException {
        var kept = new Kept(order, directory.resolve(UUID.randomUUID().toString()));
        List<Kept> unused;
        synchronized (this) {
            all.add(kept);
            newest.put(order.asker, kept);
            unused = takeOutUnused(Kept::isReplaced);
        }
        unused.forEach(Kept::delete);
        try {
            kept.fill(maker);
        } catch (IOException | RuntimeException e) {
            kept.spoiled();
            kept.close();
            throw e;
        }
        return kept;
    }

    /// The one that was made for the same member before, if it is there and of use.
    public Optional<Kept> find(Order order) {
        synchronized (this) {
            return Optional.ofNullable(newest.get(order.asker))
                    .filter(kept -> kept.reaches(order.atLeast))
                    .map(Kept::enter);
        }
    }

    public synchronized boolean isEmpty() {
        return all.isEmpty();
    }

    /// From where on the log is needed by those who were given a state. Nothing, if by nobody.
    public synchronized Optional<Position> logFrom() {
        return all.stream()
                .filter(kept -> !kept.isIdleFor(LOG_KEPT) && !isPast(kept.madeAt, LOG_KEPT_AT_MOST))
                .map(kept -> kept.order.applied)
                .min(Comparator.comparingLong(Position::index));
    }

    /// Removes what was not used for long, or all that is not in use.
    ///
    /// @param scarce whether there is little space left
    public void sweep(boolean scarce) {
        List<Kept> unused;
        synchronized (this) {
            unused = takeOutUnused(kept -> scarce || kept.isReplaced() || kept.isIdleFor(KEPT));
            while (all.stream().filter(kept -> kept.users == 0).count() > MOST_UNUSED) {
                var oldest = all.stream()
                        .filter(kept -> kept.users == 0)
                        .min(Comparator.comparingLong(kept -> kept.usedAt - nanoTime.getAsLong()))
                        .orElseThrow();
                unused.addAll(takeOutUnused(oldest::equals));
            }
        }
        unused.forEach(Kept::delete);
    }

    private boolean isPast(long since, Duration time) {
        return nanoTime.getAsLong() - since > time.toNanos();
    }

    private List<Kept> takeOutUnused(Predicate<Kept> which) {
        var out = new ArrayList<>(
                all.stream().filter(kept -> kept.users == 0).filter(which).toList());
        all.removeAll(out);
        out.forEach(kept -> newest.remove(kept.order.asker, kept));
        return out;
    }

    /// One checkpoint in use, until it is closed once for each time that it was given out.
    public final class Kept implements AutoCloseable {
        private final Order order;
        private final Path target;
        private final CompletableFuture<CheckpointFiles> files = new CompletableFuture<>();
        private final long madeAt = nanoTime.getAsLong();
        private int users = 1;
        private long usedAt = madeAt;

        private Kept(Order order, Path target) {
            this.order = order;
            this.target = target;
        }

        public CheckpointFiles files() {
            return files.join();
        }

        /// It is found no more: something is wrong with it.
        public void spoiled() {
            synchronized (Outbox.this) {
                newest.remove(order.asker, this);
            }
        }

        @Override
        public void close() {
            List<Kept> unused;
            synchronized (Outbox.this) {
                users--;
                usedAt = nanoTime.getAsLong();
                unused = takeOutUnused(kept -> kept == this && kept.isReplaced());
            }
            unused.forEach(Kept::delete);
        }

        private void fill(Maker maker) throws IOException {
            Files.createDirectories(directory);
            var at = maker.make(target);
            files.complete(CheckpointFiles.read(target, TermIndex.valueOf(at.term(), at.index())));
        }

        private Kept enter() {
            users++;
            return this;
        }

        private boolean reaches(long atLeast) {
            return files.isDone() && files.join().at().getIndex() >= atLeast;
        }

        private boolean isReplaced() {
            return newest.get(order.asker) != this;
        }

        private boolean isIdleFor(Duration time) {
            return users == 0 && isPast(usedAt, time);
        }

        private void delete() {
            CheckpointReceiver.removeRemains(target);
        }
    }
}
