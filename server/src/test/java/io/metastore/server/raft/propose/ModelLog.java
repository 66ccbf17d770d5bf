package io.metastore.server.raft.propose;

import io.metastore.server.apply.Entry;
import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.EntryResult.Applied;
import io.metastore.server.apply.EntryResult.Cause;
import io.metastore.server.apply.EntryResult.Skipped;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A replicated log as a plain list, with the rules by which members skip entries. What is not committed may be
/// lost when the leader changes.
final class ModelLog implements EntryLog {
    /// @param entry empty for the one with which a leader begins
    record Slot(long term, Optional<Entry> entry) {}

    private final Random random;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Long, Integer> timesApplied = new HashMap<>();
    private long term;
    private long lastSequence;
    private int appliedTo;

    ModelLog(Random random) {
        this.random = random;
    }

    long term() {
        return term;
    }

    boolean isAllApplied() {
        return appliedTo == slots.size();
    }

    /// Another leader: entries that were not applied here yet may be lost, the newest first.
    void elect() {
        int kept = random.nextInt(appliedTo, slots.size() + 1);
        slots.subList(kept, slots.size()).clear();
        term++;
        slots.add(new Slot(term, Optional.empty()));
    }

    /// Most entries are appended. Some are refused, and of some nobody ever hears again.
    @Override
    public void append(EntrySink.Outgoing entry, Runnable notAppended) {
        int dice = random.nextInt(20);
        if (dice == 0) {
            notAppended.run();
        } else if (dice > 1) {
            slots.add(new Slot(term, Optional.of(entry.decoded())));
        }
    }

    /// The next entry is committed and applied, if there is one.
    void applyNext(Proposals proposals) {
        if (isAllApplied()) {
            return;
        }
        var slot = slots.get(appliedTo++);
        slot.entry().ifPresent(entry -> proposals.applied(entry.stamp(), result(slot.term(), entry)));
        proposals.termApplied(slot.term());
    }

    int timesApplied(long number) {
        return timesApplied.getOrDefault(number, 0);
    }

    private EntryResult result(long at, Entry entry) {
        if (at != entry.stamp().epoch()) {
            return new Skipped(Cause.EPOCH_CHANGED);
        }
        if (entry.stamp().sequence() <= lastSequence) {
            return new Skipped(Cause.DUPLICATE);
        }
        lastSequence = entry.stamp().sequence();
        return new Applied(entry.commands().stream().map(this::outcome).toList());
    }

    private Outcome outcome(Command command) {
        if (!(command instanceof Command.Compact(var number))) {
            throw new IllegalArgumentException("not a command of this test: " + command);
        }
        timesApplied.merge(number, 1, Integer::sum);
        return new Outcome.Accepted(number);
    }
}
