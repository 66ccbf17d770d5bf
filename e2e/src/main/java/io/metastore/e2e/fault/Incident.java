package io.metastore.e2e.fault;

/// A fault, alone or while the members change.
///
/// @param membersChange whether a learner joins, is promoted and removed, and the fault happens
///     during each of these steps
record Incident(Fault fault, boolean membersChange) {
    /// A member joins, is promoted, and is removed.
    private static final int STEPS = 3;

    static Incident alone(Fault fault) {
        return new Incident(fault, false);
    }

    static Incident whileMembersChange(Fault fault) {
        return new Incident(fault, true);
    }

    /// How often the fault happens in it.
    int faults() {
        return membersChange ? STEPS : 1;
    }

    @Override
    public String toString() {
        return membersChange ? fault + " + members" : fault.toString();
    }
}
