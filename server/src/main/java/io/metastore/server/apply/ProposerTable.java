package io.metastore.server.apply;

import io.metastore.server.apply.EntryResult.Cause;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Storage;
import io.metastore.server.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How far the entries of each proposer have been applied, so that none is applied twice.
///
///     proposer 7, incarnation 3, sequence 40
///         "proposer/" 0000000000000007  →  0000000000000003 0000000000000028
///
/// The row is written in the batch of the entries, and noted here when that batch was committed.
final class ProposerTable {
    private static final Bytes PREFIX = Bytes.utf8("proposer/");
    private static final KeyRange ROWS = new KeyRange(PREFIX, Bytes.utf8("proposer0"));

    private record Progress(long incarnation, long sequence) {
        Optional<Cause> refusal(Stamp stamp) {
            if (stamp.incarnation() > incarnation) {
                return Optional.empty();
            }
            if (stamp.incarnation() < incarnation) {
                return Optional.of(Cause.STALE_PROPOSER);
            }
            return stamp.sequence() <= sequence ? Optional.of(Cause.DUPLICATE) : Optional.empty();
        }

        Bytes encoded() {
            return Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(incarnation)
                    .putLong(sequence)
                    .array());
        }
    }

    private final Storage storage;
    private volatile Map<MemberId, Progress> proposers;

    ProposerTable(Storage storage) {
        this.storage = storage;
        this.proposers = read(storage);
    }

    void reload() {
        proposers = read(storage);
    }

    /// Begins to judge the entries that one batch is to hold.
    Judgement judgement(Batch batch) {
        return new Judgement(batch);
    }

    /// Judges entries that are applied together, each in the light of those before it.
    final class Judgement {
        private final Batch batch;
        private final Map<MemberId, Progress> passed = new HashMap<>();

        private Judgement(Batch batch) {
            this.batch = batch;
        }

        /// Why an entry must not be applied, or nothing when it is new: then it counts as applied from now on.
        Optional<Cause> refusal(Stamp stamp) {
            var last = passed.getOrDefault(stamp.proposer(), proposers.get(stamp.proposer()));
            var refusal = last == null ? Optional.<Cause>empty() : last.refusal(stamp);
            if (refusal.isEmpty()) {
                passed.put(stamp.proposer(), new Progress(stamp.incarnation(), stamp.sequence()));
            }
            return refusal;
        }

        boolean hasPassedAny() {
            return !passed.isEmpty();
        }

        /// Puts how far the proposers are into the batch.
        void write() {
            passed.forEach((proposer, progress) -> batch.put(Column.META, row(proposer), progress.encoded()));
        }

        /// The batch was committed.
        void published() {
            proposers.putAll(passed);
        }
    }

    /// The last applied sequence of this incarnation; 0 when there is none.
    long lastSequence(MemberId proposer, long incarnation) {
        var last = proposers.get(proposer);
        return last == null || last.incarnation != incarnation ? 0 : last.sequence;
    }

    /// The proposers that are none of `members`.
    List<MemberId> others(Set<MemberId> members) {
        return proposers.keySet().stream().filter(id -> !members.contains(id)).toList();
    }

    void delete(Batch batch, MemberId proposer) {
        batch.delete(Column.META, row(proposer));
    }

    void forgotten(MemberId proposer) {
        proposers.remove(proposer);
    }

    private static Bytes row(MemberId proposer) {
        return Bytes.wrap(ByteBuffer.allocate(PREFIX.length() + Long.BYTES)
                .put(PREFIX.shared())
                .putLong(proposer.number())
                .array());
    }

    private static Map<MemberId, Progress> read(Storage storage) {
        var proposers = new ConcurrentHashMap<MemberId, Progress>();
        try (var snapshot = storage.snapshot();
                var rows = snapshot.scan(Column.META, ROWS)) {
            while (rows.next()) {
                proposers.put(proposer(rows.key()), progress(rows.value()));
            }
        }
        return proposers;
    }

    private static MemberId proposer(Bytes row) {
        if (row.length() != PREFIX.length() + Long.BYTES) {
            throw new StorageException("the row of a proposer is damaged: " + row);
        }
        return new MemberId(ByteBuffer.wrap(row.shared()).getLong(PREFIX.length()));
    }

    private static Progress progress(Bytes value) {
        if (value.length() != 2 * Long.BYTES) {
            throw new StorageException("the row of a proposer is damaged: " + value);
        }
        var numbers = ByteBuffer.wrap(value.shared());
        return new Progress(numbers.getLong(), numbers.getLong());
    }
}
