package io.metastore.server.node;

import io.metastore.server.cluster.MemberTable;
import io.metastore.server.config.MembershipConfig;
import io.metastore.server.config.Url;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MemberIds;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// The part of the door that is about members. A change of the table of members is proposed like any
/// other; who is removed or promoted is answered when the rest of replication has followed, so that a
/// member that is gone may be switched off then. Nothing blocks; replies come on any thread.
///
/// Source of the checks and of their order: etcd's server.
public final class Members {
    private final Consensus consensus;
    private final MemberTable table;
    private final Entrance entrance;
    private final Reads reads;
    private final MembershipConfig config;
    private final RequestMeter meter;
    private final InstantSource clock = InstantSource.system();

    Members(NodeParts parts, Entrance entrance, Reads reads, MembershipConfig config, RequestMeter meter) {
        this.meter = meter;
        this.consensus = parts.consensus();
        this.table = parts.state().members();
        this.entrance = entrance;
        this.reads = reads;
        this.config = config;
    }

    /// The members, in the order of their ids; newest, or as they are known here.
    public void list(boolean linearizable, Executor where, Consumer<MemberList> reply) {
        if (!linearizable) {
            where.execute(() -> reply.accept(new MemberList.Members(table.all())));
            return;
        }
        reads.linearizable(
                where,
                refusal -> reply.accept(refusal.<MemberList>map(MemberList.Refused::new)
                        .orElseGet(() -> new MemberList.Members(table.all()))));
    }

    /// Adds a member, which can be started then.
    ///
    /// @param reply an `Outcome.Members`; the member that was added is the one with these URLs
    public void add(Credentials who, List<String> peerUrls, boolean learner, Consumer<Outcome> reply) {
        var urls = urls(peerUrls);
        if (urls.isEmpty()) {
            reply.accept(new Outcome.Refused(Reason.MEMBER_URLS_INVALID));
            return;
        }
        var id = MemberIds.added(urls, clock.instant().getEpochSecond());
        var add = new MemberCommand.Add(Member.unstarted(id, urls, learner), config.maxLearners());
        checked(check -> check.refusesAdd(learner), reply, () -> entrance.enter(who, add, reply));
    }

    /// Removes a member for good.
    public void remove(Credentials who, MemberId member, Consumer<Outcome> reply) {
        checked(
                check -> check.refusesRemoval(member),
                reply,
                () -> entrance.enter(who, new MemberCommand.Remove(member), outcome -> {
                    // This member cannot wait for its own end.
                    if (member.equals(consensus.state().self())) {
                        reply.accept(outcome);
                    } else {
                        settled(member, Seat.NONE, outcome, reply);
                    }
                }));
    }

    /// Says where a member is reached.
    public void update(Credentials who, MemberId member, List<String> peerUrls, Consumer<Outcome> reply) {
        var urls = urls(peerUrls);
        if (!urls.isEmpty()) {
            entrance.enter(who, new MemberCommand.Update(member, urls), reply);
            return;
        }
        reads.linearizable(Runnable::run, unreadable -> {
            var known = table.find(member).isPresent() ? Reason.MEMBER_URLS_INVALID : Reason.MEMBER_NOT_FOUND;
            reply.accept(new Outcome.Refused(unreadable.orElse(known)));
        });
    }

    /// Makes a learner a voter.
    public void promote(Credentials who, MemberId member, Consumer<Outcome> reply) {
        Consumer<Outcome> counted = outcome -> {
            meter.promoted(outcome);
            reply.accept(outcome);
        };
        examined(
                check -> check.lacksLog(member).or(() -> config.strict() ? check.refusesPromotion() : Optional.empty()),
                counted,
                () -> entrance.enter(
                        who,
                        new MemberCommand.Promote(member),
                        outcome -> settled(member, Seat.VOTER, outcome, counted)));
    }

    /// Hands leadership, which this member has, to another voter; nothing is said when that one leads.
    public void moveLeader(MemberId heir, Consumer<Optional<Reason>> reply) {
        var state = consensus.state();
        if (!state.isLeader()) {
            reply.accept(Optional.of(Reason.NOT_LEADER));
        } else if (table.find(heir)
                .filter(member -> !member.learner() && !member.witness())
                .isEmpty()) {
            reply.accept(Optional.of(Reason.BAD_TRANSFEREE));
        } else {
            consensus.transferLeadership(heir, reply);
        }
    }

    /// As etcd takes URLs: sorted, each with a scheme, a host and a port. None when one of them is none.
    static List<String> urls(List<String> texts) {
        try {
            return texts.stream()
                    .map(text -> Url.parse(text).toString())
                    .sorted()
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private void checked(Function<QuorumCheck, Optional<Reason>> rule, Consumer<Outcome> reply, Runnable proceed) {
        if (config.strict()) {
            examined(rule, refusal -> reply.accept(asOfHealth(refusal)), proceed);
        } else {
            proceed.run();
        }
    }

    /// Who cannot even ask a majority in time knows as much of its health as etcd does: voters are away.
    private static Outcome asOfHealth(Outcome refusal) {
        return refusal.equals(new Outcome.Refused(Reason.TIMED_OUT))
                ? new Outcome.Refused(Reason.UNHEALTHY_CLUSTER)
                : refusal;
    }

    /// Asks this member's own table, as etcd does, once it holds all that was acknowledged before.
    private void examined(Function<QuorumCheck, Optional<Reason>> rule, Consumer<Outcome> reply, Runnable proceed) {
        reads.linearizable(Runnable::run, unreadable -> {
            if (unreadable.isPresent()) {
                reply.accept(new Outcome.Refused(unreadable.get()));
                return;
            }
            consensus.contacts(contacts -> {
                switch (contacts) {
                    case Contacts.Refused(var reason) -> reply.accept(new Outcome.Refused(reason));
                    case Contacts.Known known ->
                        rule.apply(new QuorumCheck(table.membership(), known))
                                .ifPresentOrElse(reason -> reply.accept(new Outcome.Refused(reason)), proceed);
                }
            });
        });
    }

    private void settled(MemberId member, Seat seat, Outcome outcome, Consumer<Outcome> reply) {
        switch (outcome) {
            case Outcome.Refused _ -> reply.accept(outcome);
            case Outcome.Done _ ->
                consensus.awaitSeat(
                        member,
                        seat,
                        late -> reply.accept(
                                late.<Outcome>map(Outcome.Refused::new).orElse(outcome)));
        }
    }
}
