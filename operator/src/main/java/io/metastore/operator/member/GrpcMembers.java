package io.metastore.operator.member;

import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmType;
import etcdserverpb.MaintenanceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.metastore.operator.model.Role;
import io.metastore.proto.admin.v1.AddMemberRequest;
import io.metastore.proto.admin.v1.AdminGrpc;
import io.metastore.proto.admin.v1.AdminGrpc.AdminBlockingStub;
import io.metastore.proto.admin.v1.MembershipRequest;
import io.metastore.proto.admin.v1.PrepareStopRequest;
import io.metastore.proto.admin.v1.PromoteMemberRequest;
import io.metastore.proto.admin.v1.RemoveMemberRequest;
import io.metastore.proto.admin.v1.ReplaceMemberRequest;
import io.metastore.proto.admin.v1.TransferLeadershipRequest;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks members that run. Each question has a connection of its own: Pods come and go with other
/// addresses, and a look every few seconds needs none that lasts.
public final class GrpcMembers implements Members {
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration CHANGE = Duration.ofSeconds(10);

    @Override
    public Membership membership(String address) throws MemberException {
        return ask(
                address,
                LOOK,
                stub -> AdminMessages.membership(stub.membership(MembershipRequest.getDefaultInstance())));
    }

    @Override
    public boolean isOutOfSpace(String address) throws MemberException {
        return onChannel(address, channel -> {
            var alarms = MaintenanceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(LOOK.toMillis(), TimeUnit.MILLISECONDS)
                    .alarm(AlarmRequest.newBuilder()
                            .setAction(AlarmRequest.AlarmAction.GET)
                            .build());
            return alarms.getAlarmsList().stream().anyMatch(alarm -> alarm.getAlarm() == AlarmType.NOSPACE);
        });
    }

    @Override
    public void add(String address, String peerUrl, Role role, String expectedVersion) throws MemberException {
        change(
                address,
                stub -> stub.addMember(AddMemberRequest.newBuilder()
                        .addPeerUrls(peerUrl)
                        .setRole(AdminMessages.role(role))
                        .setExpectedVersion(expectedVersion)
                        .build()));
    }

    @Override
    public void promote(String address, long id, String expectedVersion) throws MemberException {
        change(
                address,
                stub -> stub.promoteMember(PromoteMemberRequest.newBuilder()
                        .setId(id)
                        .setExpectedVersion(expectedVersion)
                        .build()));
    }

    @Override
    public void remove(String address, long id, String expectedVersion) throws MemberException {
        change(
                address,
                stub -> stub.removeMember(RemoveMemberRequest.newBuilder()
                        .setId(id)
                        .setExpectedVersion(expectedVersion)
                        .build()));
    }

    @Override
    public void swap(String address, long out, long learner, String expectedVersion) throws MemberException {
        change(
                address,
                stub -> stub.replaceMember(ReplaceMemberRequest.newBuilder()
                        .setId(out)
                        .setLearnerId(learner)
                        .setExpectedVersion(expectedVersion)
                        .build()));
    }

    @Override
    public void substitute(String address, long out, String peerUrl, String expectedVersion) throws MemberException {
        change(
                address,
                stub -> stub.replaceMember(ReplaceMemberRequest.newBuilder()
                        .setId(out)
                        .addPeerUrls(peerUrl)
                        .setExpectedVersion(expectedVersion)
                        .build()));
    }

    @Override
    public void moveLeader(String address, OptionalLong to) throws MemberException {
        change(
                address,
                stub -> stub.transferLeadership(TransferLeadershipRequest.newBuilder()
                        .setTo(to.orElse(0))
                        .build()));
    }

    @Override
    public void prepareStop(String address, long id, boolean force) throws MemberException {
        change(
                address,
                stub -> stub.prepareStop(PrepareStopRequest.newBuilder()
                        .setId(id)
                        .setForce(force)
                        .build()));
    }

    private <A> void change(String address, Function<AdminBlockingStub, A> call) throws MemberException {
        ask(address, CHANGE, call);
    }

    private <A> A ask(String address, Duration time, Function<AdminBlockingStub, A> call) throws MemberException {
        return onChannel(
                address,
                channel -> call.apply(
                        AdminGrpc.newBlockingStub(channel).withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS)));
    }

    private static <A> A onChannel(String address, Function<ManagedChannel, A> call) throws MemberException {
        var channel = NettyChannelBuilder.forTarget("dns:///" + address)
                .usePlaintext()
                .build();
        try {
            return call.apply(channel);
        } catch (StatusRuntimeException e) {
            var text = e.getStatus().getDescription();
            throw new MemberException(
                    address + ": " + (text == null ? e.getStatus().getCode() : text), e);
        } finally {
            channel.shutdownNow();
        }
    }
}
