package io.metastore.e2e.fault;

/// A fault, alone or while the members change.
///
/// @param membersChange whether a learner joins, is promoted and removed, and the fault happens
///     during each of these steps
record Incident(Fault fault, boolean membersChange) {
    static Incident alone(Fault fault) {
        return new Incident(fault, false);
    }

    static Incident whileMembersChange(Fault fault) {
        return new Incident(fault, true);
    }

    @Override
    public String toString() {
        return membersChange ? fault + " + members" : fault.toString();
    }
}
