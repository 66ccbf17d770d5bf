package io.metastore.server.watch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// How watches behave, and what they run on.
///
/// @param progressInterval how long a watcher that asked for progress is left without a word, at least 100 ms; up to
///     a tenth is added at random, once for each stream
/// @param memory what changes may wait in memory for slow clients
/// @param parallelScans how many streams read history from the store at once
/// @param executor runs short pieces of work that may block: one piece at a time for each stream, and one more while
///     the stream reads history
/// @param random spreads the progress of streams
public record WatchSettings(
        Duration progressInterval,
        Memory memory,
        int parallelScans,
        Executor executor,
        WatchClock clock,
        RandomGenerator random) {
    /// The shortest progress interval; a shorter one is raised to it.
    public static final Duration MIN_PROGRESS_INTERVAL = Duration.ofMillis(100);

    /// Bounds in bytes; changes are also counted with their overhead, and once for each watcher they wait for.
    ///
    /// @param total for all streams together
    /// @param perStream for one stream, as long as the others leave enough of the total
    /// @param floor what each stream may always use, even when the total is used up
    public record Memory(long total, long perStream, long floor) {
        public static final Memory STANDARD = new Memory(64 << 20, 4 << 20, 16 << 10);

        public Memory {
            if (floor < 1 || perStream < floor || total < perStream) {
                throw new IllegalArgumentException(
                        "not 1 <= floor <= perStream <= total: " + floor + ", " + perStream + ", " + total);
            }
        }
    }

    public WatchSettings {
        if (progressInterval.compareTo(MIN_PROGRESS_INTERVAL) < 0) {
            progressInterval = MIN_PROGRESS_INTERVAL;
        }
        if (parallelScans < 1) {
            throw new IllegalArgumentException("at least one scan must be allowed: " + parallelScans);
        }
    }

    /// Virtual threads, the machine's clock, and memory for a member of ordinary size.
    public static WatchSettings standard(Duration progressInterval) {
        return new WatchSettings(
                progressInterval,
                Memory.STANDARD,
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Thread::startVirtualThread,
                WatchClock.system(),
                RandomGenerator.getDefault());
    }
}
