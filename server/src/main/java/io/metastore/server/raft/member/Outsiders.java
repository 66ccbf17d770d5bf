package io.metastore.server.raft.member;

import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;

/// Members from which this one takes neither entries nor votes, in whatever term: they do not belong to its cluster any
/// more, and can lead it never again.
///
/// Ratis takes entries of whoever is in a higher term. When one of three has gone on alone, the two others are a
/// majority of the cluster that was; were they started on their data, the lone one would follow their leader, and take
/// nothing any more.
///
/// Nothing is refused that is needed. Who votes alone has all that was ever committed, so nobody can lead it: with a
/// configuration of this member only, every other one is an outsider. And a member that was removed, and is not in the
/// newest configuration, leads at most until the one who takes its place is elected, which needs none of its messages.
///
/// Asked for every message, so what it takes is a look or two. From any thread.
public final class Outsiders implements Predicate<MemberId> {
    private final RaftServer.Division division;
    private final Supplier<Membership> members;
    private final MemberId self;
    private volatile Voters voters = new Voters(Optional.empty(), false);

    /// @param alone whether nobody votes but this member
    private record Voters(Optional<RaftConfiguration> configuration, boolean alone) {}

    /// @param members who belongs to the cluster, as far as it was applied here
    public Outsiders(RaftServer.Division division, Supplier<Membership> members) {
        this.division = division;
        this.members = members;
        this.self = RaftPeers.id(division.getId());
    }

    @Override
    public boolean test(MemberId caller) {
        return isAlone() || isOut(caller);
    }

    private boolean isOut(MemberId caller) {
        return members.get().hasRemoved(caller) && Seats.of(division).all().noneMatch(caller::equals);
    }

    private boolean isAlone() {
        var newest = Optional.of(division.getRaftConf());
        var known = voters;
        if (!known.configuration().equals(newest)) {
            known = new Voters(newest, Seats.of(division).voters().equals(Set.of(self)));
            voters = known;
        }
        return known.alone();
    }
}
