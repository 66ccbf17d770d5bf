package io.metastore.server.model;

/// The number of a lease, as etcd's API carries it; 0 stands for no lease, negative numbers are allowed.
public record LeaseId(long number) {
    public static final LeaseId NONE = new LeaseId(0);

    /// The id with this number; 0 is always the same object, since most keys have no lease.
    public static LeaseId of(long number) {
        return number == 0 ? NONE : new LeaseId(number);
    }

    public boolean isNone() {
        return number == 0;
    }
}
