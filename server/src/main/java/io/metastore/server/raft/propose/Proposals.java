package io.metastore.server.raft.propose;

import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.Stamp;
import io.metastore.server.consensus.Proposer;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Gathers this member's commands into entries, sends them to whoever leads, and finds out what became of each.
///
/// An entry is formed from everything that waits when nothing is in flight: an idle member sends a command at once, a
/// busy one fills its entries (see `Gathering`). Each entry is stamped with the leader's epoch and a sequence that
/// grows, by which every member applies it at most once and only under that leader.
///
/// An entry is answered when it is applied here, since every member applies the whole log. Once an entry of a
/// higher term was applied here and ours was not, ours never will be: its commands are sent again.
public final class Proposals implements Proposer, AutoCloseable {
    private static final int MAX_COMMANDS = 4096;
    /// Before commands are sent again to a leader that could not take them, for example while it hands over.
    private static final long PAUSE_NANOS = 5_000_000;

    private final MemberId self;
    private final long incarnation;
    private final ProposalLimits limits;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread sender;
    // All below is guarded by the lock.
    private final WaitingCommands waiting = new WaitingCommands();
    private final Gathering gathering = new Gathering();
    private final TreeMap<Long, Batch> inFlight = new TreeMap<>();
    private Optional<EntrySink> sink = Optional.empty();
    private long sinkLostNanos;
    private long pausedUntilNanos;
    private long lastSequence;
    private long appliedTerm;
    private boolean closed;
    /// Whether anybody ever wanted to know how far a command has come: as a rule nobody does, and nothing is looked up.
    private volatile boolean followed;

    /// Starts the thread that sends.
    ///
    /// @param incarnation higher than at any earlier start of this member
    public Proposals(MemberId self, long incarnation, ProposalLimits limits, LongSupplier nanoTime) {
        this.self = self;
        this.incarnation = incarnation;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.sinkLostNanos = nanoTime.getAsLong() - limits.timeout().toNanos();
        this.pausedUntilNanos = nanoTime.getAsLong();
        this.sender = Thread.ofPlatform().name("metastore-proposer").daemon().start(this::sendLoop);
    }

    @Override
    public void propose(Command command, Consumer<Outcome> reply) {
        propose(command, reply, Pending.ANY_EPOCH);
    }

    /// A proposer whose commands take effect in `epoch` only.
    public Proposer boundTo(long epoch) {
        return (command, reply) -> propose(command, reply, epoch);
    }

    private void propose(Command command, Consumer<Outcome> reply, long epoch) {
        var pending = new Pending(
                command, reply, nanoTime.getAsLong() + limits.timeout().toNanos(), epoch);
        Optional<Reason> refusal;
        lock.lock();
        try {
            refusal = admit(pending);
            if (refusal.isEmpty()) {
                noteWhetherFollowed(pending);
                waiting.add(pending);
                if (maySend()) {
                    send();
                } else if (waiting.count() == 1 && inFlight.isEmpty()) {
                    changed.signal(); // From now on it must not be waited for too long.
                }
            }
        } finally {
            lock.unlock();
        }
        refusal.ifPresent(pending::refuse);
    }

    private void noteWhetherFollowed(Pending pending) {
        if (pending.isFollowed()) {
            followed = true;
        }
    }

    private Optional<Reason> admit(Pending pending) {
        if (closed) {
            return Optional.of(Reason.STOPPED);
        }
        if (pending.bytes() > limits.maxCommandBytes()) {
            return Optional.of(Reason.REQUEST_TOO_LARGE);
        }
        return waiting.bytes() + pending.bytes() > limits.maxWaitingBytes()
                ? Optional.of(Reason.TOO_MANY_REQUESTS)
                : Optional.empty();
    }

    /// From now on entries go to `next`. Entries of the same epoch that are in flight and were sent after
    /// `lastAppended` are sent again, since their way was cut; those of other epochs wait for the log's word. A
    /// sink of an epoch that is over is not used: nobody would ever tell what became of its entries.
    public void sendTo(EntrySink next, long lastAppended) {
        lock.lock();
        try {
            if (next.epoch() < appliedTerm) {
                return;
            }
            sink = Optional.of(next);
            for (var batch : List.copyOf(inFlight.tailMap(lastAppended, false).values())) {
                if (batch.stamp().epoch() == next.epoch()) {
                    next.send(outgoing(batch));
                }
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Nobody is known to lead, or the way to the leader is cut.
    public void hold() {
        lock.lock();
        try {
            dropSink();
        } finally {
            lock.unlock();
        }
    }

    private void dropSink() {
        if (sink.isPresent()) {
            sink = Optional.empty();
            sinkLostNanos = nanoTime.getAsLong();
        }
    }

    /// An entry is committed, and is applied next. Called on the apply thread.
    public void applying(Stamp stamp) {
        if (!followed || !isOwn(stamp)) {
            return;
        }
        Optional<Batch> batch;
        lock.lock();
        try {
            batch = Optional.ofNullable(inFlight.get(stamp.sequence()));
        } finally {
            lock.unlock();
        }
        batch.ifPresent(Batch::committed);
    }

    private boolean isOwn(Stamp stamp) {
        return stamp.incarnation() == incarnation && stamp.proposer().equals(self);
    }

    /// An entry that this member proposed was applied here, or skipped. Called on the apply thread.
    public void applied(Stamp stamp, EntryResult result) {
        if (!isOwn(stamp)) {
            return;
        }
        switch (result) {
            case EntryResult.Applied(var outcomes) ->
                remove(stamp.sequence()).ifPresent(batch -> batch.answer(outcomes));
            case EntryResult.Skipped(var cause) -> {
                switch (cause) {
                    case EPOCH_CHANGED -> notAppended(stamp.sequence());
                    case DUPLICATE, STALE_PROPOSER ->
                        remove(stamp.sequence()).ifPresent(batch -> refuseAll(batch.commands(), Reason.TIMED_OUT));
                }
            }
        }
    }

    /// An entry of this term was applied here: what was sent in lower terms and is still in flight never will be.
    public void termApplied(long term) {
        var refused = new ArrayList<Pending>();
        lock.lock();
        try {
            appliedTerm = Math.max(appliedTerm, term);
            if (sink.filter(now -> now.epoch() < term).isPresent()) {
                dropSink(); // What it still took would come too late for this look at what is in flight.
            }
            for (var batch : List.copyOf(inFlight.descendingMap().values())) {
                if (batch.stamp().epoch() < term) {
                    inFlight.remove(batch.stamp().sequence());
                    refused.addAll(waiting.addBack(batch.commands()));
                }
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        refuseAll(refused, Reason.LEADER_CHANGED);
    }

    /// The entry with this sequence is sure not to be in the log, and will not come into it: its commands are sent
    /// again, in a new one.
    public void notAppended(long sequence) {
        List<Pending> refused = List.of();
        lock.lock();
        try {
            var batch = Optional.ofNullable(inFlight.remove(sequence));
            if (batch.isPresent()) {
                refused = waiting.addBack(batch.get().commands());
                pausedUntilNanos = nanoTime.getAsLong() + PAUSE_NANOS;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        refuseAll(refused, Reason.LEADER_CHANGED);
    }

    /// This member's state was replaced by a peer's: whether entries in flight are in it cannot be told.
    public void stateReplaced() {
        List<Batch> lost;
        lock.lock();
        try {
            lost = List.copyOf(inFlight.values());
            inFlight.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
        lost.forEach(batch -> refuseAll(batch.commands(), Reason.TIMED_OUT));
    }

    /// Answers commands whose time is up. Called every now and then. An entry whose commands are all answered is not
    /// waited for any more: should its way have been lost, it would hold up those behind it for ever.
    public void expire() {
        var due = new ArrayList<Pending>();
        List<Pending> neverSent;
        boolean lost;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            neverSent = waiting.removeDue(now);
            for (var batch : List.copyOf(inFlight.values())) {
                var late = batch.commands().stream()
                        .filter(pending -> pending.deadlineNanos() - now <= 0)
                        .toList();
                due.addAll(late);
                if (late.size() == batch.commands().size()) {
                    inFlight.remove(batch.stamp().sequence());
                    changed.signal();
                }
            }
            lost = now - sinkLostNanos < limits.timeout().toNanos();
        } finally {
            lock.unlock();
        }
        refuseAll(due, lost ? Reason.TIMED_OUT_LEADER_LOST : Reason.TIMED_OUT);
        // What lost its leader meanwhile may have been sent before that.
        refuseAll(neverSent, lost ? Reason.TIMED_OUT_LEADER_LOST : Reason.NOT_PROPOSED);
    }

    @Override
    public void close() {
        var left = new ArrayList<Pending>();
        lock.lock();
        try {
            closed = true;
            left.addAll(waiting.removeAll());
            inFlight.values().forEach(batch -> left.addAll(batch.commands()));
            inFlight.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        refuseAll(left, Reason.STOPPED);
        sender.interrupt();
    }

    private void sendLoop() {
        lock.lock();
        try {
            while (!closed) {
                awaitTurn();
                send();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until an entry may be sent.
    private void awaitTurn() throws InterruptedException {
        while (!maySend()) {
            if (closed) {
                throw new InterruptedException("closed");
            }
            long now = nanoTime.getAsLong();
            long pause = pausedUntilNanos - now;
            if (inFlight.isEmpty() && sink.isPresent() && !waiting.isEmpty()) {
                var _ = changed.awaitNanos(Math.max(1, Math.max(pause, gathering.remainingNanos(now))));
            } else if (pause > 0) {
                var _ = changed.awaitNanos(pause);
            } else {
                changed.await();
            }
        }
    }

    /// Sends an entry. Only under the lock, so that entries leave in the order of their sequences.
    private void send() {
        var to = sink.orElseThrow();
        var commands = waiting.take(to, limits.maxEntryBytes(), MAX_COMMANDS);
        if (!commands.isEmpty()) {
            var stamp = new Stamp(to.epoch(), self, incarnation, ++lastSequence);
            var batch = new Batch(stamp, commands, nanoTime.getAsLong());
            inFlight.put(lastSequence, batch);
            commands.forEach(Pending::sent);
            to.send(outgoing(batch));
        }
    }

    private boolean maySend() {
        long now = nanoTime.getAsLong();
        if (closed || sink.isEmpty() || waiting.isEmpty() || pausedUntilNanos - now > 0) {
            return false;
        }
        int sent = inFlight.size();
        return sent == 0
                ? gathering.isComplete(waiting.count(), now)
                : sent < limits.maxInFlight() && waiting.bytes() >= limits.secondEntryBytes();
    }

    private static EntrySink.Outgoing outgoing(Batch batch) {
        return new EntrySink.Outgoing(batch.stamp(), batch.bytes(), batch.entry());
    }

    private Optional<Batch> remove(long sequence) {
        lock.lock();
        try {
            var batch = Optional.ofNullable(inFlight.remove(sequence));
            long now = nanoTime.getAsLong();
            batch.ifPresent(
                    done -> gathering.done(done.commands().size(), waiting.count(), now - done.sentNanos(), now));
            if (!waiting.isEmpty()) {
                changed.signal();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private static void refuseAll(List<Pending> commands, Reason reason) {
        commands.forEach(pending -> pending.refuse(reason));
    }
}
