package io.metastore.server.node;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.mvcc.MvccReads;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;

/// A range read piece by piece, all at one revision, so that none has to be held whole: the one asked for, or else
/// the newest at the first piece. For one thread; it blocks on storage.
public final class RangePages {
    private final Reads reads;
    private final Credentials who;
    private final Range query;
    private Bytes from;
    private long pinned;
    private long newest;
    private long count = -1;
    private long left;

    RangePages(Reads reads, Credentials who, Range query) {
        this.reads = reads;
        this.who = who;
        this.query = query;
        this.from = query.keys().from();
        this.pinned = Math.max(query.revision(), 0);
        this.left = query.limit() > 0 ? query.limit() : Long.MAX_VALUE;
    }

    /// The next at most `size` keys, as a `RangeDone` whose revision is the newest there was at the first piece,
    /// whose count is that of the whole range, and whose `more` says whether keys follow, within the limit or
    /// beyond it; or a refusal, also in the middle, when the revision that is read was compacted meanwhile, or the
    /// reader has lost the right.
    public Outcome next(int size) {
        var answer = reads.now(who, query, view -> page(view, size));
        return switch (answer) {
            case Outcome.RangeDone done -> advance(done);
            case Outcome.Refused _ -> answer;
            case Outcome.Done other -> throw new IllegalStateException("a read answered with " + other);
        };
    }

    private Outcome page(MvccReads view, int size) {
        if (newest == 0) {
            newest = view.revision();
        }
        if (pinned == 0) {
            pinned = newest;
        }
        return view.range(page(Math.min(size, left)));
    }

    /// Whether the limit of the whole query is used up.
    public boolean isLimitReached() {
        return left == 0;
    }

    private Range page(long size) {
        return new Range(
                new KeyRange(from, query.keys().to()),
                size,
                pinned,
                query.sort(),
                query.detail(),
                query.bounds(),
                query.serializable());
    }

    private Outcome.RangeDone advance(Outcome.RangeDone done) {
        if (count < 0) {
            count = done.count();
        }
        var keyValues = done.keyValues();
        left -= keyValues.size();
        if (!keyValues.isEmpty()) {
            from = keyValues.getLast().key().successor();
        }
        return new Outcome.RangeDone(newest, keyValues, done.more(), count);
    }
}
