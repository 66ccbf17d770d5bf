package io.metastore.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells what a crash leaves of a log from damage. The first is put in order, the second refused; a clean log is left
/// as it is.
///
/// | found | done |
/// |---|---|
/// | the open segment ends in a record that is not whole, and nothing valid follows | cut off |
/// | the newest closed segment ends between two records, but early: a truncation not yet renamed | renamed |
/// | a gap between segments, all of it applied: Ratis purges the newest files first | older files deleted |
/// | any of these where an entry is hit that was flushed or applied here; everything else | refused |
///
/// Ratis alone refuses a torn write, and takes some damage for one: a length that points behind the end of the file, or
/// a header of zeros, make it drop what follows without an error.
final class TornTail {
    private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);

    private final Path group;
    private final Evidence evidence;
    private final Depth depth;
    private final boolean repairs;

    /// @param group `<raft storage>/<group uuid>`, in use by nobody
    TornTail(Path group, Evidence evidence, Depth depth) {
        this(group, evidence, depth, true);
    }

    private TornTail(Path group, Evidence evidence, Depth depth, boolean repairs) {
        this.group = group;
        this.evidence = evidence;
        this.depth = depth;
        this.repairs = repairs;
    }

    /// What `mend` would return or throw; the files stay as they are.
    static CheckedLog look(Path group, Evidence evidence, Depth depth) {
        return new TornTail(group, evidence, depth, false).mend();
    }

    /// Checks the whole log and repairs what may be repaired.
    ///
    /// @throws UnusableLogException when entries may be lost; nothing was cut off then
    CheckedLog mend() {
        var files = withoutPurged(SegmentFile.in(group));
        var found = files.isEmpty() ? CheckedLog.EMPTY : walk(files);
        if (!evidence.allowsEnd(found.last())) {
            throw new UnusableLogException(
                    files.isEmpty() ? group.resolve("current") : files.getLast().path(),
                    found.last().getIndex() + 1,
                    "the log ends here, but had been flushed up to entry "
                            + evidence.flushed().getIndex());
        }
        return found;
    }

    private CheckedLog walk(List<SegmentFile> files) {
        var first = files.getFirst().first();
        var end = new End(TermIndex.valueOf(0, first - 1), 0);
        for (var file : files) {
            var newest = file.equals(files.getLast());
            if (file.first() != end.last.getIndex() + 1) {
                throw new UnusableLogException(file.path(), end.last.getIndex() + 1, "a segment before it is missing");
            }
            if (file.open() && !newest) {
                throw new UnusableLogException(file.path(), file.first(), "it is open, but newer segments follow");
            }
            var before = LogRecord.before(file, end.last.getTerm());
            end = file.open() ? open(file, before) : closed(file, before, newest);
        }
        return end.last.getIndex() < first
                ? new CheckedLog(-1, TermIndex.INITIAL_VALUE, end.cutBytes)
                : new CheckedLog(first, end.last, end.cutBytes);
    }

    /// The newest entry so far, and how much was cut off behind it.
    private record End(TermIndex last, long cutBytes) {
        static End of(LogRecord last, long cutBytes) {
            return new End(TermIndex.valueOf(last.term(), last.index()), cutBytes);
        }
    }

    private End open(SegmentFile file, LogRecord before) {
        LogRecord last;
        int cut;
        int size;
        try (var segment = Segment.map(file)) {
            var begun = segment.hasHeader();
            last = begun ? segment.walk(before, file.last(), Depth.FULL) : before;
            if (begun && segment.onlyZerosFrom(last.end())) {
                return End.of(last, 0);
            }
            if (segment.recordFollows(last.end(), last)) {
                throw new UnusableLogException(
                        file.path(), last.index() + 1, "the entry is damaged, since valid ones follow it");
            }
            cut = begun ? last.end() : 0;
            size = segment.size();
        }
        refuseIfAcknowledged(file, last, "the entry is damaged, not torn: it had been flushed or applied");
        if (repairs) {
            cut(file, cut);
            LOG.atWarn()
                    .addKeyValue("segment", file.path())
                    .addKeyValue("lastEntry", last.index())
                    .addKeyValue("bytes", size - cut)
                    .log("cut off a write that had not ended");
        }
        return End.of(last, size - cut);
    }

    private End closed(SegmentFile file, LogRecord before, boolean newest) {
        LogRecord last;
        try (var segment = Segment.map(file)) {
            if (!segment.hasHeader()) {
                throw new UnusableLogException(file.path(), file.first(), "the header of the segment is damaged");
            }
            last = segment.walk(before, file.last(), depth);
            var complete = last.index() == file.last();
            if (complete && segment.onlyZerosFrom(last.end())) {
                return End.of(last, 0);
            }
            if (complete || !newest || last.index() < file.first() || last.end() != segment.size()) {
                throw new UnusableLogException(file.path(), last.index() + 1, "the closed segment is damaged");
            }
        }
        refuseIfAcknowledged(file, last, "the closed segment is cut short: the entry had been flushed or applied");
        if (repairs) {
            rename(file, last.index());
        }
        return End.of(last, 0);
    }

    private void refuseIfAcknowledged(SegmentFile file, LogRecord last, String what) {
        if (evidence.coversSuccessorOf(TermIndex.valueOf(last.term(), last.index()))) {
            throw new UnusableLogException(file.path(), last.index() + 1, what);
        }
    }

    /// Ratis deletes purged segments from the newest to the oldest, so a crash leaves the oldest ones before a gap:
    ///
    ///     log_0-9 (log_10-19 log_20-29 deleted) log_inprogress_30, applied 35  →  log_inprogress_30
    private List<SegmentFile> withoutPurged(List<SegmentFile> files) {
        for (var i = files.size() - 1; i > 0; i--) {
            var gapEnds = files.get(i).first() - 1;
            if (files.get(i - 1).last() < gapEnds && gapEnds <= evidence.applied()) {
                if (repairs) {
                    files.subList(0, i).forEach(TornTail::delete);
                    SegmentFile.sync(group);
                }
                return files.subList(i, files.size());
            }
        }
        return files;
    }

    private static void delete(SegmentFile file) {
        try {
            Files.delete(file.path());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the purged log segment " + file.path(), e);
        }
        LOG.atWarn().addKeyValue("segment", file.path()).log("deleted a segment left by an interrupted purge");
    }

    private static void cut(SegmentFile file, int size) {
        try (var channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot cut the log segment " + file.path(), e);
        }
    }

    private void rename(SegmentFile file, long last) {
        var name = file.closedAt(last);
        try {
            Files.move(file.path(), name, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rename the log segment " + file.path(), e);
        }
        SegmentFile.sync(group);
        LOG.atWarn().addKeyValue("segment", name).log("ended an interrupted truncation of the log");
    }
}
