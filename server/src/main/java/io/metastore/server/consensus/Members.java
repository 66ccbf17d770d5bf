package io.metastore.server.consensus;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Who votes and who is fed. Nothing here blocks; a reply may run on any thread and must not block either.
public interface Members {
    /// Whether this member stores and serves, but does not vote; cheap.
    boolean isLearner();

    /// Who belongs to the cluster, as far as it was applied here, in the order of the ids.
    List<Member> members();

    /// Asks the leader how the members are doing.
    void contacts(Consumer<Contacts> reply);

    /// Calls `reply` with nothing once the member votes, is fed, or is out, as `seat` says, and that is
    /// agreed on; or with the reason why that was not seen in time: it may still come.
    void awaitSeat(MemberId member, Seat seat, Consumer<Optional<Reason>> reply);

    /// Hands leadership, which this member has, to another; calls `reply` when that one leads.
    void transferLeadership(MemberId heir, Consumer<Optional<Reason>> reply);

    /// Has the leader, whoever it is, hand leadership to `heir`, or to whoever is best; calls `reply` with nothing
    /// when that is done, or with why it was not done in time.
    void moveLeadership(Optional<MemberId> heir, Duration patience, Consumer<Optional<Reason>> reply);

    /// Asks a member, which may be this one, how it is; calls `reply` with nothing when it does not answer in time.
    void report(MemberId member, Duration patience, Consumer<Optional<MemberReport>> reply);

    /// What a member is to replication.
    enum Seat {
        VOTER,
        LEARNER,
        /// It is not fed, and nobody asks for its vote.
        NONE
    }
}
