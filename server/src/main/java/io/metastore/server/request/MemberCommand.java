package io.metastore.server.request;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
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
}
