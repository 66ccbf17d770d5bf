package io.metastore.server.raft;

import io.metastore.proto.peer.v1.ReportResponse;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Leading;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.PendingChange;
import io.metastore.server.consensus.PendingChange.Kind;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Reports of members, as they travel between them.
final class ReportMessages {
    private ReportMessages() {}

    static ReportResponse message(MemberReport report) {
        var message = ReportResponse.newBuilder()
                .setMember(report.member().number())
                .setTerm(report.term())
                .setAppliedIndex(report.appliedIndex());
        report.vitals().map(ReportMessages::message).ifPresent(message::setVitals);
        report.leading().map(ReportMessages::message).ifPresent(message::setLeading);
        return message.build();
    }

    private static ReportResponse.Vitals message(Vitals vitals) {
        var message = ReportResponse.Vitals.newBuilder()
                .setVersion(vitals.version())
                .setFeatureLevel(vitals.featureLevel())
                .setEngine(vitals.engine());
        vitals.logBytes().ifPresent(message::setLogBytes);
        vitals.dbBytes().ifPresent(message::setDbBytes);
        vitals.freeBytes().ifPresent(message::setFreeBytes);
        return message.build();
    }

    private static ReportResponse.Leading message(Leading leading) {
        var message = ReportResponse.Leading.newBuilder()
                .setCommitIndex(leading.commitIndex())
                .setContacts(MemberMessages.contacts(leading.contacts()))
                .setMembersVersion(leading.version().number());
        leading.silentMillis()
                .forEach((member, millis) -> message.addSilences(ReportResponse.Silence.newBuilder()
                        .setMember(member.number())
                        .setMillis(millis)));
        leading.voters().forEach(voter -> message.addVoters(voter.number()));
        leading.pending().map(ReportMessages::message).ifPresent(message::setPending);
        return message.build();
    }

    private static ReportResponse.PendingChange message(PendingChange pending) {
        var message = ReportResponse.PendingChange.newBuilder().setKind(kind(pending.kind()));
        pending.members().forEach(member -> message.addMembers(member.number()));
        return message.build();
    }

    static MemberReport report(ReportResponse message) {
        return new MemberReport(
                new MemberId(message.getMember()),
                message.getTerm(),
                message.getAppliedIndex(),
                message.hasVitals() ? Optional.of(vitals(message.getVitals())) : Optional.empty(),
                message.hasLeading() ? leading(message.getLeading()) : Optional.empty());
    }

    private static Vitals vitals(ReportResponse.Vitals message) {
        return new Vitals(
                message.getVersion(),
                message.getFeatureLevel(),
                message.getEngine(),
                message.hasLogBytes() ? OptionalLong.of(message.getLogBytes()) : OptionalLong.empty(),
                message.hasDbBytes() ? OptionalLong.of(message.getDbBytes()) : OptionalLong.empty(),
                message.hasFreeBytes() ? OptionalLong.of(message.getFreeBytes()) : OptionalLong.empty());
    }

    private static Optional<Leading> leading(ReportResponse.Leading message) {
        return MemberMessages.contacts(message.getContacts()) instanceof Contacts.Known contacts
                ? Optional.of(new Leading(
                        contacts,
                        message.getCommitIndex(),
                        message.getSilencesList().stream()
                                .collect(Collectors.toMap(
                                        silence -> new MemberId(silence.getMember()),
                                        ReportResponse.Silence::getMillis)),
                        new MembersVersion(message.getMembersVersion()),
                        message.getVotersList().stream().map(MemberId::new).collect(Collectors.toSet()),
                        message.hasPending() ? Optional.of(pending(message.getPending())) : Optional.empty()))
                : Optional.empty();
    }

    private static PendingChange pending(ReportResponse.PendingChange message) {
        return new PendingChange(
                kind(message.getKind()),
                message.getMembersList().stream().map(MemberId::new).toList());
    }

    private static ReportResponse.PendingChange.Kind kind(Kind kind) {
        return switch (kind) {
            case SETTLE -> ReportResponse.PendingChange.Kind.SETTLE;
            case ADD -> ReportResponse.PendingChange.Kind.ADD;
            case REMOVE -> ReportResponse.PendingChange.Kind.REMOVE;
            case PROMOTE -> ReportResponse.PendingChange.Kind.PROMOTE;
            case SWAP -> ReportResponse.PendingChange.Kind.SWAP;
            case RANK -> ReportResponse.PendingChange.Kind.RANK;
            case HAND_OVER -> ReportResponse.PendingChange.Kind.HAND_OVER;
        };
    }

    /// One that this release does not know is one that is being made.
    private static Kind kind(ReportResponse.PendingChange.Kind kind) {
        return switch (kind) {
            case SETTLE, UNRECOGNIZED -> Kind.SETTLE;
            case ADD -> Kind.ADD;
            case REMOVE -> Kind.REMOVE;
            case PROMOTE -> Kind.PROMOTE;
            case SWAP -> Kind.SWAP;
            case RANK -> Kind.RANK;
            case HAND_OVER -> Kind.HAND_OVER;
        };
    }
}
