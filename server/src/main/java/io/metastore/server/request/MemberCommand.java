package io.metastore.server.request;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import java.util.List;

/// A change of who belongs to the cluster. It changes what is to be; the leader then brings what votes
/// and is fed in line with it.
public sealed interface MemberCommand extends Command {
    /// Adds a member that has not started yet.
    ///
    /// @param maxLearners how many learners there may be then; counts only for a learner
    record Add(Member member, int maxLearners) implements MemberCommand {}

    /// Removes a member; its id is never used again.
    record Remove(MemberId member) implements MemberCommand {}

    /// From now on the member is reached at these URLs.
    record Update(MemberId member, List<String> peerUrls) implements MemberCommand {
        public Update {
            peerUrls = List.copyOf(peerUrls);
        }
    }

    /// Makes a learner a voter.
    record Promote(MemberId member) implements MemberCommand {}

    /// Removes a member and puts another one in its place, both or neither.
    record Replace(MemberId leaving, Successor successor) implements MemberCommand {}

    /// A change that is refused when the members are not those any more that its proposer saw.
    record Expecting(MembersVersion version, MemberCommand change) implements MemberCommand {}

    /// Who takes another one's place.
    sealed interface Successor {
        /// Has not started yet. May be reached where the one that leaves was.
        record Newcomer(Add added) implements Successor {}

        /// Is fed already, and votes from then on.
        record Learner(MemberId member) implements Successor {}
    }
}
