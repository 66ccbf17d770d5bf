package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.StorageException;
import java.util.Optional;

/// How far the physical part of a compaction is, in one row of `META` that is written with each step, so that a crash
/// repeats and skips nothing.
///
/// @param position where the phase goes on
/// @param keepsNothing the probe found no change that stays
/// @param older sum of the changes up to the previous compaction so far
/// @param newer sum of the changes after the previous compaction so far
record CompactionProgress(
        ScheduledCompaction job, Phase phase, Revision position, boolean keepsNothing, Checksum older, Checksum newer) {

    /// `code` stands for the phase in the row.
    enum Phase {
        /// Looks, backwards, for a change that stays.
        PROBE('p'),
        /// Removes what is superseded, and sums the changes after the previous compaction before that.
        SWEEP('r'),
        /// Sums the changes up to the previous compaction.
        SUM('s'),
        DONE('d');

        private final char code;

        Phase(char code) {
            this.code = code;
        }

        static Phase of(int code) {
            return switch (code) {
                case 'p' -> PROBE;
                case 'r' -> SWEEP;
                case 's' -> SUM;
                case 'd' -> DONE;
                default -> throw new StorageException("no phase of a compaction is called " + code);
            };
        }
    }

    private static final Bytes KEY = Bytes.utf8("mvcc.compaction.progress");
    private static final int NUMBERS = 8;
    private static final int FLAGS = 2;

    static CompactionProgress start(ScheduledCompaction job) {
        return new CompactionProgress(
                job, Phase.PROBE, new Revision(job.revision() + 1, 0), false, Checksum.EMPTY, Checksum.EMPTY);
    }

    static Optional<CompactionProgress> read(Reader reader) {
        return reader.get(Column.META, KEY).map(CompactionProgress::decode);
    }

    void write(Batch batch) {
        batch.put(
                Column.META,
                KEY,
                new RowWriter(NUMBERS * Long.BYTES + FLAGS)
                        .fixed(job.revision())
                        .fixed(job.previous())
                        .octet(phase.code)
                        .octet(keepsNothing ? 1 : 0)
                        .fixed(position.main())
                        .fixed(position.sub())
                        .fixed(older.crc())
                        .fixed(older.length())
                        .fixed(newer.crc())
                        .fixed(newer.length())
                        .finish());
    }

    static void delete(Batch batch) {
        batch.delete(Column.META, KEY);
    }

    CompactionProgress at(Revision next) {
        return new CompactionProgress(job, phase, next, keepsNothing, older, newer);
    }

    CompactionProgress withOlder(Checksum sum) {
        return new CompactionProgress(job, phase, position, keepsNothing, older.then(sum), newer);
    }

    CompactionProgress withNewer(Checksum sum) {
        return new CompactionProgress(job, phase, position, keepsNothing, older, newer.then(sum));
    }

    /// The probe is over.
    ///
    /// When something stays, the sweep comes first: what it leaves of the older changes is what the sum is over.
    /// When nothing stays, the sum is over all older changes, so it comes first. Source: etcd's hash skips
    /// superseded changes only if there are any that stay.
    CompactionProgress probed(boolean nothingStays) {
        var first = nothingStays ? Phase.SUM : Phase.SWEEP;
        return new CompactionProgress(job, first, firstOf(first), nothingStays, older, newer);
    }

    /// The sweep or the sum has come to its end: the other of the two follows, unless it came first.
    CompactionProgress phaseDone() {
        var last = keepsNothing ? Phase.SWEEP : Phase.SUM;
        var next = phase == last ? Phase.DONE : last;
        return new CompactionProgress(job, next, firstOf(next), keepsNothing, older, newer);
    }

    /// The hash of the history, which begins with the name of etcd's bucket.
    int hash() {
        return HistoryHash.BUCKET.then(older).then(newer).crc();
    }

    private Revision firstOf(Phase next) {
        return new Revision(next == Phase.SWEEP ? Math.max(job.previous(), 0) : 0, 0);
    }

    private static CompactionProgress decode(Bytes row) {
        var reader = new RowReader(row);
        var job = new ScheduledCompaction(reader.fixed(), reader.fixed());
        var phase = Phase.of(reader.octet());
        boolean keepsNothing = reader.octet() == 1;
        var position = new Revision(reader.fixed(), reader.fixed());
        var older = new Checksum((int) reader.fixed(), reader.fixed());
        return new CompactionProgress(
                job, phase, position, keepsNothing, older, new Checksum((int) reader.fixed(), reader.fixed()));
    }
}
