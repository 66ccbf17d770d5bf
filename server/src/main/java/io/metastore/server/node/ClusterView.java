package io.metastore.server.node;

import io.metastore.server.consensus.PendingChange;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import io.metastore.server.model.Release;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Who belongs to the cluster and how each of them is. What nobody told is empty.
///
/// @param leader `MemberId.NONE` while none is known
/// @param term the newest that was heard of
/// @param commitIndex of the leader
/// @param confirmed whether a majority confirmed that the list of members is the newest
/// @param pending of the leader; empty also when nothing is
/// @param release as which the cluster behaves
/// @param rows in the order of the members' ids
public record ClusterView(
        MemberId leader,
        long term,
        OptionalLong commitIndex,
        MembersVersion version,
        boolean confirmed,
        Optional<PendingChange> pending,
        Release release,
        List<Row> rows) {
    public ClusterView {
        rows = List.copyOf(rows);
    }

    /// One member.
    ///
    /// @param reachable it answered this member, or the leader hears it
    /// @param healthy the leader hears it, and it keeps up
    /// @param appliedIndex by its own word
    public record Row(
            Member member,
            boolean reachable,
            boolean healthy,
            Progress progress,
            OptionalLong appliedIndex,
            Optional<Vitals> vitals) {}

    /// How far a member is, by the leader's word.
    ///
    /// @param silentMillis since the leader heard of it, 0 for the leader
    public record Progress(OptionalLong matchIndex, OptionalLong lag, OptionalLong silentMillis) {
        static final Progress UNKNOWN = new Progress(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
