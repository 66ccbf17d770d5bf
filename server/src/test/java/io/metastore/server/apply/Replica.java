package io.metastore.server.apply;

import io.metastore.server.lease.Lease;
import io.metastore.server.lease.LeaseListener;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A state with an applier that is fed without a log: entries get the next index and the next sequence.
final class Replica {
    static final MemberId PROPOSER = new MemberId(7);
    static final long TERM = 5;

    /// What the listeners heard, as sentences, in the order in which they heard it.
    final List<String> heard = new ArrayList<>();

    final Storage storage;
    State state;
    Applier applier;
    private long sequence;

    Replica(Storage storage) {
        this(storage, Scope.EVERYTHING);
    }

    /// @param scope what it keeps
    Replica(Storage storage, Scope scope) {
        this.storage = storage;
        this.state = State.open(storage);
        this.applier = new Applier(storage, state, new Listeners(this::committed, new HeardLeases()), scope);
    }

    /// As after a new start of the process: everything is read from the storage.
    void restart() {
        state = State.open(storage);
        applier = new Applier(storage, state, new Listeners(this::committed, new HeardLeases()));
    }

    /// Applies one entry with one command.
    Outcome apply(Command command) {
        return applyTogether(command).getFirst();
    }

    /// Applies one entry with these commands.
    List<Outcome> applyTogether(Command... commands) {
        var stamp = new Stamp(TERM, PROPOSER, 1, ++sequence);
        return switch (applier.apply(next(), List.of(new Entry(stamp, List.of(commands))))
                .getFirst()) {
            case EntryResult.Applied(var outcomes) -> outcomes;
            case EntryResult.Skipped(var cause) -> throw new AssertionError("skipped: " + cause);
        };
    }

    /// The position after the last one in the storage.
    Position next() {
        return new Position(TERM, applier.applied().index() + 1);
    }

    Optional<KeyValue> read(String key) {
        try (var view = state.store().view()) {
            return view.get(Bytes.utf8(key));
        }
    }

    long revision() {
        return state.store().revision();
    }

    /// Every row of every column.
    Map<Column, Map<Bytes, Bytes>> rows() {
        var rows = new TreeMap<Column, Map<Bytes, Bytes>>();
        try (var snapshot = storage.snapshot()) {
            for (var column : Column.values()) {
                var content = rows.computeIfAbsent(column, _ -> new TreeMap<>());
                try (var cursor = snapshot.scan(column, KeyRange.ALL)) {
                    while (cursor.next()) {
                        content.put(cursor.key(), cursor.value());
                    }
                }
            }
        }
        return rows;
    }

    private void committed(long revision, List<Event> events) {
        var changes = events.stream()
                .map(event -> " " + event.kind() + " " + event.keyValue().key().utf8())
                .reduce("", String::concat);
        heard.add(revision + changes);
    }

    private final class HeardLeases implements LeaseListener {
        @Override
        public void granted(Lease lease) {
            heard.add("granted " + lease.id().number());
        }

        @Override
        public void revoked(LeaseId id) {
            heard.add("revoked " + id.number());
        }

        @Override
        public void checkpointed(Lease lease) {
            heard.add("checkpointed " + lease.id().number() + " " + lease.remainingSeconds());
        }

        @Override
        public void reloaded(List<Lease> all) {
            heard.add("reloaded " + all.size());
        }
    }
}
