package io.metastore.e2e.wire;

import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmRequest.AlarmAction;
import etcdserverpb.ClusterGrpc;
import etcdserverpb.DefragmentRequest;
import etcdserverpb.HashKVRequest;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.Member;
import etcdserverpb.MemberAddRequest;
import etcdserverpb.MemberListRequest;
import etcdserverpb.MemberPromoteRequest;
import etcdserverpb.MemberRemoveRequest;
import etcdserverpb.SnapshotRequest;
import etcdserverpb.StatusRequest;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// One member, asked about itself and about the cluster. An error is thrown as gRPC's
/// `StatusRuntimeException`.
public final class MemberView implements AutoCloseable {
    private final ManagedChannel channel;
    private final Duration limit;

    /// @param limit how long each answer may take
    public MemberView(String endpoint, Duration limit) {
        channel = Channel.to(endpoint);
        this.limit = limit;
    }

    /// One row of the list of members.
    ///
    /// @param peerUrl where the member is reached by the others
    /// @param name empty while it has not been started
    public record Listed(long id, String name, String peerUrl, boolean learner) {
        private static Listed of(Member member) {
            return new Listed(member.getID(), member.getName(), member.getPeerURLs(0), member.getIsLearner());
        }
    }

    /// All that HashKV says of a revision that must be the same on all members.
    public record Hash(long hash, long revision, long compacted) {}

    /// The term in which it leads, as it believes itself; nothing when it does not.
    public OptionalLong ledTerm() {
        var status = maintenance().status(StatusRequest.getDefaultInstance());
        return status.getLeader() == status.getHeader().getMemberId()
                ? OptionalLong.of(status.getRaftTerm())
                : OptionalLong.empty();
    }

    public long id() {
        return maintenance()
                .status(StatusRequest.getDefaultInstance())
                .getHeader()
                .getMemberId();
    }

    public Hash hashAt(long revision) {
        var answer = maintenance()
                .hashKV(HashKVRequest.newBuilder().setRevision(revision).build());
        return new Hash(answer.getHash(), answer.getHashRevision(), answer.getCompactRevision());
    }

    /// Ends the alarms that there are; whether there was none.
    public boolean disarm() {
        var alarms = maintenance()
                .alarm(AlarmRequest.newBuilder().setAction(AlarmAction.GET).build())
                .getAlarmsList();
        for (var alarm : alarms) {
            var _ = maintenance()
                    .alarm(AlarmRequest.newBuilder()
                            .setAction(AlarmAction.DEACTIVATE)
                            .setMemberID(alarm.getMemberID())
                            .setAlarm(alarm.getAlarm())
                            .build());
        }
        return alarms.isEmpty();
    }

    public void defragment() {
        var _ = maintenance().defragment(DefragmentRequest.getDefaultInstance());
    }

    /// Reads a whole snapshot; returns its bytes' number.
    public long snapshot() {
        var parts = maintenance().snapshot(SnapshotRequest.getDefaultInstance());
        long size = 0;
        while (parts.hasNext()) {
            size += parts.next().getBlob().size();
        }
        return size;
    }

    public List<Listed> members() {
        return cluster()
                .memberList(MemberListRequest.newBuilder().setLinearizable(true).build())
                .getMembersList()
                .stream()
                .map(Listed::of)
                .toList();
    }

    /// The new member, and all with it.
    public List<Listed> add(String peerUrl, boolean learner) {
        return cluster()
                .memberAdd(MemberAddRequest.newBuilder()
                        .addPeerURLs(peerUrl)
                        .setIsLearner(learner)
                        .build())
                .getMembersList()
                .stream()
                .map(Listed::of)
                .toList();
    }

    public void remove(long id) {
        var _ = cluster()
                .memberRemove(MemberRemoveRequest.newBuilder().setID(id).build());
    }

    public void promote(long id) {
        var _ = cluster()
                .memberPromote(MemberPromoteRequest.newBuilder().setID(id).build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private MaintenanceGrpc.MaintenanceBlockingStub maintenance() {
        return MaintenanceGrpc.newBlockingStub(channel).withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ClusterGrpc.ClusterBlockingStub cluster() {
        return ClusterGrpc.newBlockingStub(channel).withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
