package io.metastore.e2e.fault;

/// What can happen to a cluster.
enum Fault {
    KILL_LEADER,
    KILL_FOLLOWER,
    KILL_ALL,
    TERMINATE_LEADER,
    PAUSE_LEADER,
    PAUSE_FOLLOWER,
    LEADER_CUT_OFF,
    FOLLOWER_CUT_OFF,
    /// What the leader sends is held, what is sent to it arrives.
    LEADER_NOT_HEARD,
    /// The other way round.
    LEADER_HEARS_NOTHING,
    /// Connections to and from the leader are closed, and new ones too.
    LEADER_REFUSED,
    SLOW_NETWORK,
    HALF_OPEN_CONNECTIONS,
    ROLLING_RESTART,
    /// The leader is killed while it makes a snapshot and defragments.
    KILL_IN_SNAPSHOT,
    /// A write is cut off in the middle of the log's last record.
    TORN_LOG,
    /// A follower loses its data and is replaced.
    LOST_DISK,
    /// A learner joins, is promoted and removed, and the leader is killed meanwhile.
    MEMBERS_CHANGE,
    SLOW_DISK(Need.OWN_DISK),
    FULL_DISK(Need.OWN_DISK),
    /// The time of day jumps for the leader or for all, forward or back, and later to where it was.
    CLOCK_JUMP(Need.OWN_CLOCK);

    /// What a machine may lack.
    enum Need {
        NOTHING("nothing is needed"),
        OWN_DISK("only root can mount"),
        OWN_CLOCK("no library can stand in front of the program's C library");

        private final String lack;

        Need(String lack) {
            this.lack = lack;
        }

        /// Why it is not there.
        String lack() {
            return lack;
        }
    }

    private final Need need;

    Fault() {
        this(Need.NOTHING);
    }

    Fault(Need need) {
        this.need = need;
    }

    Need need() {
        return need;
    }
}
