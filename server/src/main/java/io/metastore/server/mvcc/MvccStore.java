package io.metastore.server.mvcc;

import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Snapshot;
import io.metastore.server.storage.Storage;
import java.util.List;

/// Every key in every version since the last compaction. One thread writes, through an `MvccWriter` for each batch of
/// the storage; any thread reads, through an `MvccView`.
///
/// What it keeps of the rows in memory is a few counters and, in bounded space, the numbers of the keys that
/// changed last, so opening it takes the same time whatever it holds.
public final class MvccStore {
    private static final long NONE = -1;

    private static final int CHANGES_IN_STEP = 1000;

    private final Storage storage;
    private final Compaction compaction;
    private final RecentKeys recent;

    /// What the last published batch left, and how many batches were announced until then. Written by the applying
    /// thread.
    private volatile Published published;

    /// How many batches with changes there were. It is raised before such a batch can be committed, and reaches
    /// `published` after the commit; `NONE` while the rows are being replaced. Written by the applying thread.
    private volatile long announced;

    private MvccStore(Storage storage, int changesInStep, RecentKeys recent) {
        this.storage = storage;
        this.recent = recent;
        try (var snapshot = storage.snapshot()) {
            published = new Published(StoreState.read(snapshot), 0);
        }
        compaction = new Compaction(storage, changesInStep);
    }

    /// As below, with steps of 1,000 changes.
    public static MvccStore open(Storage storage) {
        return open(storage, CHANGES_IN_STEP);
    }

    /// Opens what the storage holds; a storage without rows is a fresh store at revision 1.
    ///
    /// @param changesInStep so many changes a compaction looks at in one step, at least 1
    public static MvccStore open(Storage storage, int changesInStep) {
        return open(storage, changesInStep, new RecentKeys());
    }

    static MvccStore open(Storage storage, int changesInStep, RecentKeys recent) {
        return new MvccStore(storage, changesInStep, recent);
    }

    /// The rows are about to be replaced: from now until `reload` views trust nothing but their own rows. The
    /// applying thread only.
    public void unload() {
        announced = NONE;
    }

    /// Whether the rows are being replaced: whoever reads something long should end, since the replacement waits.
    public boolean isUnloaded() {
        return announced == NONE;
    }

    /// The rows were replaced: takes over what they say. The applying thread only, after `unload`.
    public void reload() {
        recent.forgetAll();
        try (var snapshot = storage.snapshot()) {
            published = new Published(StoreState.read(snapshot), published.batches() + 1);
        }
        compaction.reload();
        announced = published.batches();
    }

    /// The state after the last commit. The caller closes it.
    ///
    /// The revision it names is that of its rows, also while a batch is being committed. Were it read separately,
    /// this could happen:
    ///
    ///     reader: revision = 7       writer: commits 8       reader: takes the snapshot, which has the rows of 8
    ///
    /// So the published revision is taken only if, seen from after the snapshot, no later batch was even announced;
    /// otherwise the revision is looked up in the snapshot.
    public MvccView view() {
        var before = published;
        var snapshot = storage.snapshot();
        return new MvccView(snapshot, announced == before.batches() ? before.state() : stateOf(snapshot));
    }

    /// The newest revision that is committed and published.
    public long revision() {
        return published.state().revision();
    }

    /// History below it is given up; -1 before the first compaction.
    public long compactedRevision() {
        return published.state().compactedRevision();
    }

    /// The size of what clients wrote and is still kept, in bytes: `RowCost` of every change that no compaction has
    /// removed. It shrinks while the physical part of a compaction goes on.
    public long logicalBytes() {
        return published.state().addedBytes() - compaction.removedBytes();
    }

    /// How many keys there are.
    public long keys() {
        return published.state().keys();
    }

    /// Writes through `batch`. The applying thread only, one writer at a time.
    public MvccWriter writer(Batch batch) {
        recent.begin();
        return new MvccWriter(this, batch, recent, published.state());
    }

    /// The physical part of compactions.
    public Compaction compaction() {
        return compaction;
    }

    /// The hash of the history up to `revision`, bit by bit that of etcd; 0 stands for the newest. Reads every change
    /// that is kept. From any thread that has no view open: where the answer is the one a compaction leaves, the
    /// physical part of that is done first, here.
    ///
    /// Source: etcd's `HashByRev`; it looks for the hash of a compaction before anything else, so it has one for
    /// compacted revisions too.
    public HashResult hashKv(long revision) {
        while (true) {
            try (var view = view()) {
                if (!view.awaitsCompaction(revision)) {
                    return compaction
                            .hashOf(revision)
                            .<HashResult>map(left -> left.result(view.revision()))
                            .orElseGet(() -> view.hashKv(revision));
                }
            }
            compaction.step();
        }
    }

    /// What the last compactions of this process left, the newest first.
    public List<HashResult.Hash> compactionHashes() {
        return compaction.hashes().stream().map(hash -> hash.result(revision())).toList();
    }

    /// A hash that is equal on members with equal rows of any kind, however far their compactions are. From any
    /// thread that has no view open. Reads everything.
    public int hash() {
        while (true) {
            try (var view = view()) {
                if (!view.awaitsCompaction()) {
                    return view.hash();
                }
            }
            compaction.step();
        }
    }

    /// A batch with changes may be committed from now on.
    void announce() {
        announced = published.batches() + 1;
    }

    /// The announced batch is committed.
    void publish(StoreState state) {
        published = new Published(state, announced);
    }

    private static StoreState stateOf(Snapshot snapshot) {
        try {
            return StoreState.read(snapshot);
        } catch (RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    private record Published(StoreState state, long batches) {}
}
