package io.metastore.server.raft;

import io.metastore.proto.peer.v1.ContactsResponse;
import io.metastore.proto.peer.v1.MembersResponse;
import io.metastore.proto.peer.v1.Refusal;
import io.metastore.proto.peer.v1.TransferResponse;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Members and how they are doing, as they travel between members.
final class MemberMessages {
    private MemberMessages() {}

    static MembersResponse members(RaftStart start, Collection<Member> members, boolean removed) {
        var response = MembersResponse.newBuilder()
                .setCluster(start.clusterId())
                .setSelf(start.self().number())
                .setRemoved(removed);
        for (var member : members) {
            response.addMembers(MembersResponse.Member.newBuilder()
                    .setId(member.id().number())
                    .setName(member.name())
                    .addAllPeerUrls(member.peerUrls())
                    .addAllClientUrls(member.clientUrls())
                    .setLearner(member.learner()));
        }
        return response.build();
    }

    static List<Member> members(MembersResponse response) {
        return response.getMembersList().stream()
                .map(member -> new Member(
                        new MemberId(member.getId()),
                        member.getName(),
                        member.getPeerUrlsList().stream().toList(),
                        member.getClientUrlsList().stream().toList(),
                        member.getLearner()))
                .toList();
    }

    static TransferResponse transferred(Optional<Reason> refusal) {
        return TransferResponse.newBuilder()
                .setOutcome(refusal.map(MemberMessages::outcome).orElse(TransferResponse.Outcome.MOVED))
                .build();
    }

    private static TransferResponse.Outcome outcome(Reason reason) {
        if (reason == Reason.NOT_LEADER) {
            return TransferResponse.Outcome.NOT_LEADER;
        }
        return reason == Reason.NO_HEIR ? TransferResponse.Outcome.NO_HEIR : TransferResponse.Outcome.FAILED;
    }

    /// Why leadership did not move; nothing if it did.
    static Optional<Reason> refusal(TransferResponse response) {
        return switch (response.getOutcome()) {
            case MOVED -> Optional.empty();
            case NOT_LEADER -> Optional.of(Reason.LEADER_CHANGED);
            case NO_HEIR -> Optional.of(Reason.NO_HEIR);
            case FAILED, UNRECOGNIZED -> Optional.of(Reason.TRANSFER_TIMED_OUT);
        };
    }

    static ContactsResponse contacts(Contacts contacts) {
        var response = ContactsResponse.newBuilder();
        return switch (contacts) {
            case Contacts.Refused _ -> response.setRefusal(Refusal.NOT_LEADER).build();
            case Contacts.Known(var leader, var lastIndex, var others) -> {
                response.setLeader(leader.number()).setLastIndex(lastIndex);
                others.forEach((member, contact) -> response.addOthers(ContactsResponse.Contact.newBuilder()
                        .setMember(member.number())
                        .setMatchIndex(contact.matchIndex())
                        .setConnectedMillis(contact.connectedMillis())));
                yield response.build();
            }
        };
    }

    static Contacts contacts(ContactsResponse response) {
        if (response.getRefusal() != Refusal.NONE) {
            return new Contacts.Refused(Reason.NOT_LEADER);
        }
        var others = new HashMap<MemberId, Contacts.Contact>();
        for (var contact : response.getOthersList()) {
            others.put(
                    new MemberId(contact.getMember()),
                    new Contacts.Contact(contact.getMatchIndex(), contact.getConnectedMillis()));
        }
        return new Contacts.Known(new MemberId(response.getLeader()), response.getLastIndex(), others);
    }
}
