package io.metastore.server.consensus;

import io.metastore.server.model.MemberId;

/// What this member knows of its cluster at one moment.
///
/// @param leader `MemberId.NONE` while no leader is known
/// @param term the Raft term, from 1
/// @param commitIndex the index of the last log entry known to be committed
/// @param appliedIndex the index of the last log entry whose effect can be read here
public record ClusterState(
        long clusterId, MemberId self, MemberId leader, long term, long commitIndex, long appliedIndex) {
    public boolean hasLeader() {
        return !leader.equals(MemberId.NONE);
    }

    public boolean isLeader() {
        return leader.equals(self);
    }
}
