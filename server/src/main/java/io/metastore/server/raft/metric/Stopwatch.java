package io.metastore.server.raft.metric;

import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.ratis.metrics.Timekeeper;

/// A timer of Ratis; it stands still until somebody wants to know the times.
final class Stopwatch implements Timekeeper {
    private static final Context STANDING = () -> 0L;

    private volatile Optional<LongConsumer> listener = Optional.empty();

    void tell(LongConsumer nanos) {
        listener = Optional.of(nanos);
    }

    @Override
    public Context time() {
        var told = listener;
        if (told.isEmpty()) {
            return STANDING;
        }
        long start = System.nanoTime();
        return () -> {
            long nanos = System.nanoTime() - start;
            told.get().accept(nanos);
            return nanos;
        };
    }
}
