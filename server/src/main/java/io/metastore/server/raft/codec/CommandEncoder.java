package io.metastore.server.raft.codec;

import com.google.protobuf.UnsafeByteOperations;
import io.metastore.proto.command.v1.CheckpointLeases;
import io.metastore.proto.command.v1.Command;
import io.metastore.proto.command.v1.Compact;
import io.metastore.proto.command.v1.ConfirmOrigin;
import io.metastore.proto.command.v1.GrantLease;
import io.metastore.proto.command.v1.Nothing;
import io.metastore.proto.command.v1.PublishMember;
import io.metastore.proto.command.v1.Release;
import io.metastore.proto.command.v1.RevokeLease;
import io.metastore.proto.command.v1.SetAlarm;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Put;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;

/// From a command to its message.
final class CommandEncoder {
    private CommandEncoder() {}

    static Command encode(io.metastore.server.request.Command command) {
        var message = Command.newBuilder();
        return switch (command) {
            case Put put -> message.setPut(OperationEncoder.put(put)).build();
            case DeleteRange delete ->
                message.setDeleteRange(OperationEncoder.deleteRange(delete)).build();
            case Txn txn -> message.setTxn(OperationEncoder.txn(txn)).build();
            case AuthCommand auth -> AuthCommandEncoder.encode(auth);
            case MemberCommand member -> MemberCommandCodec.encode(member);
            case VersionCommand.EnableDowngrade(var target) ->
                message.setEnableDowngrade(release(target)).build();
            case VersionCommand.CancelDowngrade() ->
                message.setCancelDowngrade(Nothing.getDefaultInstance()).build();
            case VersionCommand.SetRelease(var release) ->
                message.setSetRelease(release(release)).build();
            case io.metastore.server.request.Command.OnBehalf(var caller, var inner) ->
                encode(inner).toBuilder()
                        .setCaller(AuthCommandEncoder.caller(caller))
                        .build();
            case io.metastore.server.request.Command.Compact compact ->
                message.setCompact(Compact.newBuilder().setRevision(compact.revision()))
                        .build();
            case io.metastore.server.request.Command.GrantLease grant ->
                message.setGrantLease(GrantLease.newBuilder()
                                .setLease(grant.lease().number())
                                .setTtlSeconds(grant.ttlSeconds()))
                        .build();
            case io.metastore.server.request.Command.RevokeLease revoke ->
                message.setRevokeLease(
                                RevokeLease.newBuilder().setLease(revoke.lease().number()))
                        .build();
            case io.metastore.server.request.Command.CheckpointLeases checkpoint ->
                message.setCheckpointLeases(checkpoint(checkpoint)).build();
            case io.metastore.server.request.Command.SetAlarm alarm ->
                message.setSetAlarm(SetAlarm.newBuilder()
                                .setMember(alarm.alarm().member().number())
                                .setAlarm(alarm.alarm().kind().number())
                                .setRaised(alarm.raised()))
                        .build();
            case io.metastore.server.request.Command.PublishMember publish ->
                message.setPublishMember(PublishMember.newBuilder()
                                .setMember(publish.member().number())
                                .setName(publish.name())
                                .addAllClientUrls(publish.clientUrls())
                                .setWitness(publish.witness()))
                        .build();
            case io.metastore.server.request.Command.ConfirmOrigin(var digest) ->
                message.setConfirmOrigin(
                                ConfirmOrigin.newBuilder().setDigest(UnsafeByteOperations.unsafeWrap(digest.shared())))
                        .build();
        };
    }

    private static Release release(io.metastore.server.model.Release release) {
        return Release.newBuilder()
                .setMajor(release.major())
                .setMinor(release.minor())
                .build();
    }

    private static CheckpointLeases checkpoint(io.metastore.server.request.Command.CheckpointLeases checkpoint) {
        var message = CheckpointLeases.newBuilder();
        for (var lease : checkpoint.leases()) {
            message.addLeases(CheckpointLeases.Remaining.newBuilder()
                    .setLease(lease.lease().number())
                    .setRemainingSeconds(lease.seconds()));
        }
        return message.build();
    }
}
