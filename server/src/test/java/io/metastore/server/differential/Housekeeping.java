package io.metastore.server.differential;

import com.google.protobuf.ByteString;
import etcdserverpb.AlarmMember;
import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmRequest.AlarmAction;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseLeasesRequest;
import etcdserverpb.LeaseRevokeRequest;
import etcdserverpb.LeaseStatus;
import etcdserverpb.MaintenanceGrpc;
import io.grpc.ManagedChannel;

/// Empties a used store, so that the next case finds no key, lease or alarm.
final class Housekeeping {
    private static final ByteString EVERYTHING = ByteString.copyFrom(new byte[1]);

    private Housekeeping() {}

    /// Empties the store behind the address and tells how its revisions are to be read from here on.
    static RevisionBase empty(Address address) {
        var channel = address.connect();
        try {
            disarm(channel);
            revokeAll(channel);
            var deleted = KVGrpc.newBlockingStub(channel)
                    .deleteRange(DeleteRangeRequest.newBuilder()
                            .setKey(EVERYTHING)
                            .setRangeEnd(EVERYTHING)
                            .build());
            return new RevisionBase(deleted.getHeader().getRevision() - 1);
        } finally {
            channel.shutdownNow();
        }
    }

    private static void disarm(ManagedChannel channel) {
        var maintenance = MaintenanceGrpc.newBlockingStub(channel);
        for (AlarmMember alarm :
                maintenance.alarm(AlarmRequest.getDefaultInstance()).getAlarmsList()) {
            maintenance.alarm(AlarmRequest.newBuilder()
                    .setAction(AlarmAction.DEACTIVATE)
                    .setMemberID(alarm.getMemberID())
                    .setAlarm(alarm.getAlarm())
                    .build());
        }
    }

    private static void revokeAll(ManagedChannel channel) {
        var leases = LeaseGrpc.newBlockingStub(channel);
        for (LeaseStatus lease :
                leases.leaseLeases(LeaseLeasesRequest.getDefaultInstance()).getLeasesList()) {
            leases.leaseRevoke(
                    LeaseRevokeRequest.newBuilder().setID(lease.getID()).build());
        }
    }
}
