package io.metastore.server.model;

/// A place in the history of the store: the revision of the transaction, and the number of the change within it, from
/// 0.
public record Revision(long main, long sub) implements Comparable<Revision> {
    @Override
    public int compareTo(Revision other) {
        return main != other.main ? Long.compare(main, other.main) : Long.compare(sub, other.sub);
    }
}
