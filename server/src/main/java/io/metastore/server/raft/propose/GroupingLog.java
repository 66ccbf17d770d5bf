package io.metastore.server.raft.propose;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Lets entries of several members that come at about the same time share one place in the leader's log: the work of
/// replicating it is done once for all of them. While one group is on its way the next one gathers.
///
/// Whatever happens is handled one by one, by the thread that finds nobody at it. Nobody waits for another, so it
/// does not matter which locks the log's own threads hold when they tell what became of a group.
public final class GroupingLog implements EntryLog {
    private final GroupLog log;
    private final ProposalLimits limits;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unhandled = new AtomicInteger();
    // All below belongs to the thread that handles events.
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final Gathering gathering = new Gathering();
    private long waitingBytes;
    private int inFlight;
    private long leadership;
    private boolean timed;

    private record Waiting(EntrySink.Outgoing entry, Runnable notAppended) {}

    private record Group(List<Waiting> members, long leadership, long sentNanos) {
        List<EntrySink.Outgoing> entries() {
            return members.stream().map(Waiting::entry).toList();
        }
    }

    /// @param timer ends the wait for entries that do not come
    public GroupingLog(GroupLog log, ProposalLimits limits, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.log = log;
        this.limits = limits;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    @Override
    public void append(EntrySink.Outgoing entry, Runnable notAppended) {
        handle(() -> {
            waiting.add(new Waiting(entry, notAppended));
            waitingBytes += entry.bytes().size();
            send();
        });
    }

    /// A leadership begins or is over: what waits will not be appended, and what is on its way is not waited for.
    public void restart() {
        handle(() -> {
            leadership++;
            inFlight = 0;
            var left = List.copyOf(waiting);
            waiting.clear();
            waitingBytes = 0;
            left.forEach(entry -> entry.notAppended().run());
        });
    }

    private void handle(Runnable event) {
        events.add(event);
        if (unhandled.getAndIncrement() > 0) {
            return;
        }
        do {
            events.remove().run();
        } while (unhandled.decrementAndGet() > 0);
    }

    private void send() {
        while (maySend()) {
            var group = new Group(take(), leadership, nanoTime.getAsLong());
            inFlight++;
            log.append(group.entries(), absent -> handle(() -> finished(group, absent)));
        }
        if (!waiting.isEmpty() && inFlight == 0 && !timed) {
            timed = true;
            var _ = timer.schedule(
                    () -> handle(this::timeIsUp), gathering.remainingNanos(nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
        }
    }

    private void timeIsUp() {
        timed = false;
        send();
    }

    private boolean maySend() {
        if (waiting.isEmpty()) {
            return false;
        }
        return inFlight == 0
                ? gathering.isComplete(waiting.size(), nanoTime.getAsLong())
                : inFlight < limits.maxInFlight() && waitingBytes >= limits.secondEntryBytes();
    }

    private List<Waiting> take() {
        var taken = new ArrayList<Waiting>(waiting.size());
        long size = 0;
        while (!waiting.isEmpty()) {
            int next = waiting.getFirst().entry().bytes().size();
            if (!taken.isEmpty() && size + next > limits.maxEntryBytes()) {
                break;
            }
            taken.add(waiting.removeFirst());
            size += next;
        }
        waitingBytes -= size;
        return taken;
    }

    private void finished(Group group, boolean absent) {
        if (absent) {
            group.members().forEach(entry -> entry.notAppended().run());
        }
        if (group.leadership() == leadership) {
            inFlight--;
            long now = nanoTime.getAsLong();
            gathering.done(group.members().size(), waiting.size(), now - group.sentNanos(), now);
            send();
        }
    }
}
