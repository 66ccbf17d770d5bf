package io.metastore.server.snapshot;

/// By how much the revision is raised, so that watchers of the cluster from which the snapshot comes notice that they
/// are somewhere else: everything up to the new revision is marked as compacted then.
///
/// @param by 0 for not at all
public record Bump(long by) {
    public static final Bump NONE = new Bump(0);

    public Bump {
        if (by < 0) {
            throw new IllegalArgumentException("a revision cannot be lowered: " + by);
        }
    }

    boolean isNone() {
        return by == 0;
    }
}
