package io.metastore.server.raft.codec;

import io.metastore.proto.command.v1.AddMember;
import io.metastore.proto.command.v1.Command;
import io.metastore.proto.command.v1.ExpectMembers;
import io.metastore.proto.command.v1.MemberName;
import io.metastore.proto.command.v1.ReplaceMember;
import io.metastore.proto.command.v1.UpdateMember;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import io.metastore.server.request.MemberCommand;

/// Changes of the members and their messages, both ways.
final class MemberCommandCodec {
    private MemberCommandCodec() {}

    static Command encode(MemberCommand command) {
        var message = Command.newBuilder();
        return switch (command) {
            case MemberCommand.Add(var member, var maxLearners) ->
                message.setAddMember(added(member, maxLearners)).build();
            case MemberCommand.Remove(var member) ->
                message.setRemoveMember(name(member)).build();
            case MemberCommand.Update(var member, var peerUrls) ->
                message.setUpdateMember(UpdateMember.newBuilder()
                                .setMember(member.number())
                                .addAllPeerUrls(peerUrls))
                        .build();
            case MemberCommand.Promote(var member) ->
                message.setPromoteMember(name(member)).build();
            case MemberCommand.Replace(var leaving, var successor) ->
                message.setReplaceMember(replaced(leaving, successor)).build();
            case MemberCommand.Expecting(var version, var change) ->
                message.setExpectMembers(ExpectMembers.newBuilder()
                                .setVersion(version.number())
                                .setChange(encode(change)))
                        .build();
        };
    }

    private static AddMember added(Member member, int maxLearners) {
        return AddMember.newBuilder()
                .setMember(member.id().number())
                .addAllPeerUrls(member.peerUrls())
                .setLearner(member.learner())
                .setMaxLearners(maxLearners)
                .setWitness(member.witness())
                .build();
    }

    private static ReplaceMember replaced(MemberId leaving, MemberCommand.Successor successor) {
        var message = ReplaceMember.newBuilder().setLeaving(leaving.number());
        return switch (successor) {
            case MemberCommand.Successor.Newcomer(var add) ->
                message.setAdded(added(add.member(), add.maxLearners())).build();
            case MemberCommand.Successor.Learner(var member) ->
                message.setPromoted(name(member)).build();
        };
    }

    private static MemberName name(MemberId member) {
        return MemberName.newBuilder().setMember(member.number()).build();
    }

    static MemberCommand.Add add(AddMember message) {
        var member = Member.unstarted(
                new MemberId(message.getMember()),
                message.getPeerUrlsList().stream().toList(),
                message.getLearner());
        return new MemberCommand.Add(message.getWitness() ? member.toBeWitness() : member, message.getMaxLearners());
    }

    static MemberCommand remove(MemberName message) {
        return new MemberCommand.Remove(new MemberId(message.getMember()));
    }

    static MemberCommand update(UpdateMember message) {
        return new MemberCommand.Update(
                new MemberId(message.getMember()),
                message.getPeerUrlsList().stream().toList());
    }

    static MemberCommand promote(MemberName message) {
        return new MemberCommand.Promote(new MemberId(message.getMember()));
    }

    static MemberCommand replace(ReplaceMember message) {
        return new MemberCommand.Replace(
                new MemberId(message.getLeaving()),
                switch (message.getSuccessorCase()) {
                    case ADDED -> new MemberCommand.Successor.Newcomer(add(message.getAdded()));
                    case PROMOTED ->
                        new MemberCommand.Successor.Learner(
                                new MemberId(message.getPromoted().getMember()));
                    case SUCCESSOR_NOT_SET -> throw new IllegalArgumentException("a member without a successor");
                });
    }

    static MemberCommand expecting(ExpectMembers message) {
        if (!(CommandDecoder.decode(message.getChange()) instanceof MemberCommand change)) {
            throw new IllegalArgumentException("only a change of the members expects members");
        }
        return new MemberCommand.Expecting(new MembersVersion(message.getVersion()), change);
    }
}
