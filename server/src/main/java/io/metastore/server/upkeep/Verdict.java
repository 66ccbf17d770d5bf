package io.metastore.server.upkeep;

import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.model.MemberId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What hashes of several members say about who holds damaged data.
///
/// @param damaged those that differ; `NONE` alone when it cannot be told who is right
/// @param complete whether all others could be compared
record Verdict(Set<MemberId> damaged, boolean complete) {
    /// Compares what the same compaction left on each member: the majority is right.
    ///
    /// Source: etcd's `checkPeerHashes`.
    static Verdict ofCompaction(MemberId self, HistoryHash.Known own, Map<MemberId, HistoryHash> others) {
        var byHash = new TreeMap<Integer, Set<MemberId>>();
        byHash.computeIfAbsent(own.hash(), _ -> members()).add(self);
        others.forEach((member, theirs) -> {
            if (theirs instanceof HistoryHash.Known known && known.compactRevision() == own.compactRevision()) {
                byHash.computeIfAbsent(known.hash(), _ -> members()).add(member);
            }
        });
        int compared = byHash.values().stream().mapToInt(Set::size).sum();
        boolean complete = compared == others.size() + 1;
        if (byHash.size() == 1) {
            return new Verdict(Set.of(), complete);
        }
        int quorum = (others.size() + 1) / 2 + 1;
        var wrong = members();
        boolean decided = byHash.values().stream().anyMatch(same -> same.size() >= quorum);
        byHash.values().stream().filter(same -> same.size() < quorum).forEach(wrong::addAll);
        return new Verdict(decided ? wrong : Set.of(MemberId.NONE), true);
    }

    /// Compares the newest revision, which goes on while it is compared: the leader is right, unless its own hash
    /// changed. The first member that differs is named.
    ///
    /// Source: etcd's `PeriodicCheck`.
    ///
    /// @param before the leader's hash at the revision that the others were asked for
    /// @param after its newest, after all that the others had when they answered was applied
    static Optional<MemberId> ofNewest(
            MemberId self, HistoryHash.Known before, HistoryHash.Known after, Map<MemberId, HistoryHash> others) {
        boolean same =
                after.hashRevision() == before.hashRevision() && after.compactRevision() == before.compactRevision();
        if (same && after.hash() != before.hash()) {
            return Optional.of(self);
        }
        return others.entrySet().stream()
                .filter(other -> other.getValue() instanceof HistoryHash.Known known && differs(known, before, after))
                .map(Map.Entry::getKey)
                .min(Comparator.comparingLong(MemberId::number));
    }

    /// Whether a follower has what its leader does not have, or what it has otherwise.
    private static boolean differs(HistoryHash.Known follower, HistoryHash.Known before, HistoryHash.Known after) {
        boolean comparable = follower.compactRevision() == before.compactRevision();
        return follower.revision() > after.revision()
                || follower.compactRevision() > after.compactRevision()
                || (comparable && follower.hash() != before.hash());
    }

    /// The members whose hash at the start of this one differs from its own.
    ///
    /// Source: etcd's `InitialCheck`.
    static Set<MemberId> atStart(HistoryHash.Known own, Map<MemberId, HistoryHash> others) {
        var different = members();
        others.forEach((member, theirs) -> {
            if (theirs instanceof HistoryHash.Known known
                    && known.compactRevision() == own.compactRevision()
                    && known.hash() != own.hash()) {
                different.add(member);
            }
        });
        return different;
    }

    private static Set<MemberId> members() {
        return new TreeSet<>(Comparator.comparingLong(MemberId::number));
    }
}
