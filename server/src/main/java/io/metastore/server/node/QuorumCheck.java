package io.metastore.server.node;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Contacts.Contact;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whether the majority survives a change of the members. Source: the checks that etcd makes with
/// `--strict-reconfig-check` before it proposes a change.
///
/// @param members before the change
/// @param contacts the leader is connected to itself
record QuorumCheck(Membership members, Contacts.Known contacts) {
    /// A voter that answers for less than this does not count as connected.
    private static final long STEADY_MILLIS = Duration.ofSeconds(5).toMillis();
    /// Such a part of the leader's log a learner must have.
    private static final double IN_SYNC = 0.9;

    private static final Contact NEVER = new Contact(-1, 0);

    Optional<Reason> refusesAdd(boolean learner) {
        if (!learner && !mayAddVoter()) {
            return Optional.of(Reason.NOT_ENOUGH_STARTED);
        }
        return connected() == members.voters().size() ? Optional.empty() : Optional.of(Reason.UNHEALTHY_CLUSTER);
    }

    /// A member added to a cluster of one is waited for: so clusters are restored.
    private boolean mayAddVoter() {
        int voters = members.voters().size() + 1;
        long started = started(members.voters());
        return (started == 1 && voters == 2) || started >= majority(voters);
    }

    Optional<Reason> refusesRemoval(MemberId member) {
        if (members.find(member).filter(Member::learner).isPresent()) {
            return Optional.empty();
        }
        var others = members.voters().stream()
                .filter(voter -> !voter.id().equals(member))
                .toList();
        if (started(others) < majority(others.size())) {
            return Optional.of(Reason.NOT_ENOUGH_STARTED);
        }
        boolean down = !member.equals(contacts.leader()) && contact(member).connectedMillis() == 0;
        int voters = members.voters().size();
        return down || connected() - 1 >= 1 + (voters - 1) / 2
                ? Optional.empty()
                : Optional.of(Reason.UNHEALTHY_CLUSTER);
    }

    Optional<Reason> refusesPromotion() {
        return started(members.voters()) + 1 >= majority(members.voters().size() + 1)
                ? Optional.empty()
                : Optional.of(Reason.NOT_ENOUGH_STARTED);
    }

    /// Why the member must not become a voter yet: it would make up the majority and hold it up. Asked of
    /// every member, learner or not.
    Optional<Reason> lacksLog(MemberId member) {
        if (members.find(member).isEmpty()) {
            return Optional.of(Reason.MEMBER_NOT_FOUND);
        }
        boolean inSync =
                member.equals(contacts.leader()) || contact(member).matchIndex() >= contacts.lastIndex() * IN_SYNC;
        return inSync ? Optional.empty() : Optional.of(Reason.LEARNER_NOT_IN_SYNC);
    }

    private static long started(List<Member> voters) {
        return voters.stream().filter(Member::isStarted).count();
    }

    private static int majority(int voters) {
        return voters / 2 + 1;
    }

    private int connected() {
        return (int) members.voters().stream()
                .filter(voter -> voter.id().equals(contacts.leader())
                        || contact(voter.id()).connectedMillis() >= STEADY_MILLIS)
                .count();
    }

    private Contact contact(MemberId member) {
        return contacts.others().getOrDefault(member, NEVER);
    }
}
