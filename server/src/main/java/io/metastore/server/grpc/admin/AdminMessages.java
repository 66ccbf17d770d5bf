package io.metastore.server.grpc.admin;

import io.metastore.proto.admin.v1.ChangeResponse;
import io.metastore.proto.admin.v1.MemberStatus;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.proto.admin.v1.PendingChange;
import io.metastore.proto.admin.v1.PrepareStopResponse;
import io.metastore.proto.admin.v1.Role;
import io.metastore.proto.admin.v1.TransferLeadershipResponse;
import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.Member;
import io.metastore.server.node.Administration;
import io.metastore.server.node.ClusterView;
import io.metastore.server.node.LeaderMoves;

/// What the door says, as messages.
final class AdminMessages {
    private AdminMessages() {}

    static MembershipResponse membership(ClusterState state, ClusterView view) {
        var message = MembershipResponse.newBuilder()
                .setClusterId(state.clusterId())
                .setAnsweredBy(state.self().number())
                .setLeaderId(view.leader().number())
                .setTerm(view.term())
                .setVersion(view.version().toString())
                .setConfirmed(view.confirmed())
                .setClusterVersion(view.release().toString());
        view.commitIndex().ifPresent(message::setCommitIndex);
        view.pending().map(AdminMessages::pending).ifPresent(message::setPending);
        view.rows().forEach(row -> message.addMembers(status(row)));
        return message.build();
    }

    private static PendingChange pending(io.metastore.server.consensus.PendingChange pending) {
        var message = PendingChange.newBuilder().setKind(kind(pending.kind()));
        pending.members().forEach(member -> message.addMemberIds(member.number()));
        return message.build();
    }

    private static PendingChange.Kind kind(io.metastore.server.consensus.PendingChange.Kind kind) {
        return switch (kind) {
            case SETTLE -> PendingChange.Kind.SETTLE;
            case ADD -> PendingChange.Kind.ADD;
            case REMOVE -> PendingChange.Kind.REMOVE;
            case PROMOTE -> PendingChange.Kind.PROMOTE;
            case SWAP -> PendingChange.Kind.SWAP;
            case RANK -> PendingChange.Kind.RANK;
            case HAND_OVER -> PendingChange.Kind.HAND_OVER;
        };
    }

    private static MemberStatus status(ClusterView.Row row) {
        var message = listed(row.member()).setReachable(row.reachable()).setHealthy(row.healthy());
        var progress = row.progress();
        progress.matchIndex().ifPresent(message::setMatchIndex);
        progress.lag().ifPresent(message::setLagEntries);
        progress.silentMillis().ifPresent(message::setLastContactMillis);
        row.appliedIndex().ifPresent(message::setAppliedIndex);
        row.vitals().ifPresent(vitals -> add(vitals, message));
        return message.build();
    }

    private static MemberStatus.Builder listed(Member member) {
        return MemberStatus.newBuilder()
                .setId(member.id().number())
                .setName(member.name())
                .setRole(role(member))
                .addAllPeerUrls(member.peerUrls())
                .addAllClientUrls(member.clientUrls())
                .setStarted(member.isStarted());
    }

    private static Role role(Member member) {
        if (member.learner()) {
            return Role.ROLE_LEARNER;
        }
        return member.witness() ? Role.ROLE_WITNESS : Role.ROLE_VOTER;
    }

    private static void add(Vitals vitals, MemberStatus.Builder message) {
        message.setVersion(vitals.version())
                .setFeatureLevel(vitals.featureLevel())
                .setEngine(vitals.engine());
        vitals.logBytes().ifPresent(message::setLogBytes);
        vitals.dbBytes().ifPresent(message::setDbBytes);
        vitals.freeBytes().ifPresent(message::setFreeBytes);
    }

    static ChangeResponse change(Administration.Change change) {
        var message = ChangeResponse.newBuilder()
                .setVersion(change.version().toString())
                .setMemberId(change.member().number());
        change.members().forEach(member -> message.addMembers(listed(member)));
        return message.build();
    }

    static TransferLeadershipResponse lead(LeaderMoves.Lead lead) {
        return TransferLeadershipResponse.newBuilder()
                .setLeaderId(lead.leader().number())
                .setTerm(lead.term())
                .build();
    }

    static PrepareStopResponse stop(LeaderMoves.Stop stop) {
        return PrepareStopResponse.newBuilder()
                .setId(stop.member().number())
                .setQuorumSurvives(stop.survives())
                .setVoters(stop.voters())
                .setNeeded(stop.needed())
                .setAnswering(stop.answering())
                .setLeaderId(stop.leader().number())
                .build();
    }
}
