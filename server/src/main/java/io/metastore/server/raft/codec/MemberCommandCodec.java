package io.metastore.server.raft.codec;

import io.metastore.proto.command.v1.AddMember;
import io.metastore.proto.command.v1.Command;
import io.metastore.proto.command.v1.MemberName;
import io.metastore.proto.command.v1.UpdateMember;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.MemberCommand;

/// Changes of the members and their messages, both ways.
final class MemberCommandCodec {
    private MemberCommandCodec() {}

    static Command encode(MemberCommand command) {
        var message = Command.newBuilder();
        return switch (command) {
            case MemberCommand.Add(var member, var maxLearners) ->
                message.setAddMember(AddMember.newBuilder()
                                .setMember(member.id().number())
                                .addAllPeerUrls(member.peerUrls())
                                .setLearner(member.learner())
                                .setMaxLearners(maxLearners))
                        .build();
            case MemberCommand.Remove(var member) ->
                message.setRemoveMember(name(member)).build();
            case MemberCommand.Update(var member, var peerUrls) ->
                message.setUpdateMember(UpdateMember.newBuilder()
                                .setMember(member.number())
                                .addAllPeerUrls(peerUrls))
                        .build();
            case MemberCommand.Promote(var member) ->
                message.setPromoteMember(name(member)).build();
        };
    }

    private static MemberName name(MemberId member) {
        return MemberName.newBuilder().setMember(member.number()).build();
    }

    static MemberCommand add(AddMember message) {
        var member = Member.unstarted(
                new MemberId(message.getMember()),
                message.getPeerUrlsList().stream().toList(),
                message.getLearner());
        return new MemberCommand.Add(member, message.getMaxLearners());
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
}
