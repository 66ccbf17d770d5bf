package io.metastore.server.raft.read;

import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets linearizable readers pass. All readers that wait when a question begins share its answer; none joins a
/// question that was asked before it came, since that answer may be too old for it. One question is on its way at a
/// time.
public final class ReadBarriers implements AutoCloseable {
    private static final Barrier PASSED = new Barrier.Passed();
    private static final long RETRY_MILLIS = 20;
    /// etcd asks anew after so long.
    private static final long SLOW_NANOS = 500_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReadBarriers.class);

    private final IndexSource source;
    private final AppliedIndex applied;
    private final Duration timeout;
    private final ScheduledExecutorService timer;
    private final RaftMeter meter;
    // All guarded by this.
    private List<Reader> gathering = new ArrayList<>();
    /// In the order of their deadlines, those that were answered among them.
    private final ArrayDeque<Reader> open = new ArrayDeque<>();

    private boolean asking;
    private long slowSaidNanos = System.nanoTime() - SLOW_NANOS;
    private boolean closed;

    /// @param timeout how long a reader waits, attempts that failed included
    public ReadBarriers(
            IndexSource source,
            AppliedIndex applied,
            Duration timeout,
            ScheduledExecutorService timer,
            RaftMeter meter) {
        this.meter = meter;
        this.source = source;
        this.applied = applied;
        this.timeout = timeout;
        this.timer = timer;
    }

    /// Calls `reply` when this member's state is new enough for a read that begins now.
    public void await(Consumer<Barrier> reply) {
        var reader = new Reader(reply, System.nanoTime() + timeout.toNanos());
        List<Reader> group;
        synchronized (this) {
            if (closed) {
                group = List.of();
            } else {
                gathering.add(reader);
                open.addLast(reader);
                group = nextGroup();
            }
        }
        if (isClosed()) {
            reader.answer(new Barrier.Refused(Reason.STOPPED));
        }
        ask(group);
    }

    /// Refuses readers whose time is up, whatever they wait for. Called every now and then.
    public void expire() {
        long now = System.nanoTime();
        var due = new ArrayList<Reader>();
        boolean slow;
        synchronized (this) {
            for (var first = open.peek();
                    first != null && (first.isAnswered() || first.deadlineNanos() - now <= 0);
                    first = open.peek()) {
                due.add(open.remove());
            }
            gathering.removeIf(reader -> reader.deadlineNanos() - now <= 0);
            slow = isSlow(now);
        }
        tell(due, slow);
        due.forEach(reader -> reader.answer(new Barrier.Refused(Reason.TIMED_OUT)));
    }

    /// Whether the oldest reader has waited for long, and that was not said of late.
    private boolean isSlow(long now) {
        var oldest = open.peek();
        long waited = oldest == null ? 0 : now - (oldest.deadlineNanos() - timeout.toNanos());
        if (waited < SLOW_NANOS || now - slowSaidNanos < SLOW_NANOS) {
            return false;
        }
        slowSaidNanos = now;
        return true;
    }

    private void tell(List<Reader> due, boolean slow) {
        if (slow) {
            meter.readSlow();
            LOG.atWarn()
                    .addKeyValue("retry-timeout", "500ms")
                    .log("waiting for ReadIndex response took too long, retrying");
        }
        if (due.stream().anyMatch(reader -> !reader.isAnswered())) {
            meter.readSlow();
            LOG.atWarn()
                    .addKeyValue("timeout", timeout.toMillis() + "ms")
                    .log("timed out waiting for read index response (local node might have slow network)");
        }
    }

    @Override
    public void close() {
        List<Reader> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(open);
            open.clear();
            gathering.clear();
        }
        left.forEach(reader -> reader.answer(new Barrier.Refused(Reason.STOPPED)));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private List<Reader> nextGroup() {
        if (asking || closed || gathering.isEmpty()) {
            return List.of();
        }
        asking = true;
        var group = gathering;
        gathering = new ArrayList<>();
        return group;
    }

    private void ask(List<Reader> first) {
        for (var group = first; !group.isEmpty(); ) {
            var asked = group;
            meter.readAsked();
            var answer = source.readIndex();
            if (!answer.isDone()) {
                var _ = answer.whenComplete((index, failure) -> ask(finished(asked, index, failure)));
                return;
            }
            group = answer.isCompletedExceptionally()
                    ? finished(asked, 0L, answer.exceptionNow())
                    : finished(asked, answer.join(), null);
        }
    }

    /// Deals with the answer to a group's question and returns the group that is to ask next.
    private List<Reader> finished(List<Reader> group, @Nullable Long index, @Nullable Throwable failure) {
        if (index == null || failure != null) {
            return failed(group);
        }
        List<Reader> next;
        synchronized (this) {
            asking = false;
            next = nextGroup();
        }
        applied.await(index, () -> group.forEach(reader -> reader.answer(PASSED)));
        return next;
    }

    /// The group joins those that gather and asks again after a pause, while its time lasts.
    private List<Reader> failed(List<Reader> group) {
        meter.readFailed();
        synchronized (this) {
            if (closed) {
                return List.of();
            }
            var all = new ArrayList<>(group);
            all.addAll(gathering);
            gathering = all;
        }
        var _ = timer.schedule(this::askAgain, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        return List.of();
    }

    private void askAgain() {
        expire();
        List<Reader> group;
        synchronized (this) {
            asking = false;
            group = nextGroup();
        }
        ask(group);
    }

    private record Reader(Consumer<Barrier> reply, long deadlineNanos, AtomicBoolean answered) {
        Reader(Consumer<Barrier> reply, long deadlineNanos) {
            this(reply, deadlineNanos, new AtomicBoolean());
        }

        boolean isAnswered() {
            return answered.get();
        }

        void answer(Barrier barrier) {
            if (answered.compareAndSet(false, true)) {
                reply.accept(barrier);
            }
        }
    }
}
