package io.metastore.operator.member;

import io.metastore.operator.member.Membership.Facts;
import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.Role;
import io.metastore.proto.admin.v1.MemberStatus;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.proto.admin.v1.PendingChange;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// From the members' messages to records, and back.
final class AdminMessages {
    private AdminMessages() {}

    static Membership membership(MembershipResponse answer) {
        return new Membership(
                Long.toHexString(answer.getClusterId()),
                answer.getLeaderId() == 0 ? OptionalLong.empty() : OptionalLong.of(answer.getLeaderId()),
                answer.getTerm(),
                answer.getVersion(),
                answer.getConfirmed(),
                answer.hasPending() ? Optional.of(text(answer.getPending())) : Optional.empty(),
                answer.getMembersList().stream().map(AdminMessages::peer).toList());
    }

    /// A role that this operator does not know counts as that of a voter: it must not be taken for one
    /// that can be spared.
    private static Role role(io.metastore.proto.admin.v1.Role role) {
        return switch (role) {
            case ROLE_LEARNER -> Role.LEARNER;
            case ROLE_WITNESS -> Role.WITNESS;
            case ROLE_VOTER, ROLE_UNSPECIFIED, UNRECOGNIZED -> Role.VOTER;
        };
    }

    static io.metastore.proto.admin.v1.Role role(Role role) {
        return switch (role) {
            case VOTER -> io.metastore.proto.admin.v1.Role.ROLE_VOTER;
            case LEARNER -> io.metastore.proto.admin.v1.Role.ROLE_LEARNER;
            case WITNESS -> io.metastore.proto.admin.v1.Role.ROLE_WITNESS;
        };
    }

    private static Peer peer(MemberStatus member) {
        return new Peer(
                member.getId(),
                member.getName(),
                role(member.getRole()),
                member.getPeerUrlsList(),
                member.getStarted(),
                member.getHealthy(),
                optional(member.hasLagEntries(), member.getLagEntries()),
                member.hasVersion()
                        ? Optional.of(new Facts(
                                member.getVersion(),
                                optional(member.hasAppliedIndex(), member.getAppliedIndex()),
                                optional(member.hasLogBytes(), member.getLogBytes()),
                                optional(member.hasDbBytes(), member.getDbBytes()),
                                optional(member.hasLastContactMillis(), member.getLastContactMillis())))
                        : Optional.empty());
    }

    private static OptionalLong optional(boolean there, long value) {
        return there ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static String text(PendingChange pending) {
        return pending.getKind() + " "
                + pending.getMemberIdsList().stream().map(Long::toHexString).collect(Collectors.joining(", "));
    }
}
