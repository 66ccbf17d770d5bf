package io.metastore.server.grpc.gateway;

import static java.util.Map.entry;

import com.google.protobuf.Message;
import etcdserverpb.AuthGrpc;
import etcdserverpb.ClusterGrpc;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.WatchGrpc;
import io.grpc.MethodDescriptor;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import v3electionpb.ElectionGrpc;
import v3lockpb.LockGrpc;

/// Which path stands for which method; all below `/v3/`. Source: the HTTP rules in etcd's proto files.
final class Paths {
    private static final Map<String, MethodDescriptor<? extends Message, ? extends Message>> METHODS = Stream.of(
                    keys(), leases(), cluster(), maintenance(), auth(), locks())
            .flatMap(paths -> paths.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private Paths() {}

    /// @param path without `/v3/`
    static Optional<MethodDescriptor<? extends Message, ? extends Message>> method(String path) {
        return Optional.ofNullable(METHODS.get(path));
    }

    private static Map<String, MethodDescriptor<? extends Message, ? extends Message>> keys() {
        return Map.of(
                "kv/range", KVGrpc.getRangeMethod(),
                "kv/put", KVGrpc.getPutMethod(),
                "kv/deleterange", KVGrpc.getDeleteRangeMethod(),
                "kv/txn", KVGrpc.getTxnMethod(),
                "kv/compaction", KVGrpc.getCompactMethod(),
                "watch", WatchGrpc.getWatchMethod());
    }

    private static Map<String, MethodDescriptor<? extends Message, ? extends Message>> leases() {
        return Map.of(
                "lease/grant", LeaseGrpc.getLeaseGrantMethod(),
                "lease/revoke", LeaseGrpc.getLeaseRevokeMethod(),
                "kv/lease/revoke", LeaseGrpc.getLeaseRevokeMethod(),
                "lease/keepalive", LeaseGrpc.getLeaseKeepAliveMethod(),
                "lease/timetolive", LeaseGrpc.getLeaseTimeToLiveMethod(),
                "kv/lease/timetolive", LeaseGrpc.getLeaseTimeToLiveMethod(),
                "lease/leases", LeaseGrpc.getLeaseLeasesMethod(),
                "kv/lease/leases", LeaseGrpc.getLeaseLeasesMethod());
    }

    private static Map<String, MethodDescriptor<? extends Message, ? extends Message>> cluster() {
        return Map.of(
                "cluster/member/add", ClusterGrpc.getMemberAddMethod(),
                "cluster/member/remove", ClusterGrpc.getMemberRemoveMethod(),
                "cluster/member/update", ClusterGrpc.getMemberUpdateMethod(),
                "cluster/member/list", ClusterGrpc.getMemberListMethod(),
                "cluster/member/promote", ClusterGrpc.getMemberPromoteMethod());
    }

    private static Map<String, MethodDescriptor<? extends Message, ? extends Message>> maintenance() {
        return Map.of(
                "maintenance/alarm", MaintenanceGrpc.getAlarmMethod(),
                "maintenance/status", MaintenanceGrpc.getStatusMethod(),
                "maintenance/defragment", MaintenanceGrpc.getDefragmentMethod(),
                "maintenance/hash", MaintenanceGrpc.getHashMethod(),
                "maintenance/hashkv", MaintenanceGrpc.getHashKVMethod(),
                "maintenance/snapshot", MaintenanceGrpc.getSnapshotMethod(),
                "maintenance/transfer-leadership", MaintenanceGrpc.getMoveLeaderMethod(),
                "maintenance/downgrade", MaintenanceGrpc.getDowngradeMethod());
    }

    private static Map<String, MethodDescriptor<? extends Message, ? extends Message>> auth() {
        return Map.ofEntries(
                entry("auth/enable", AuthGrpc.getAuthEnableMethod()),
                entry("auth/disable", AuthGrpc.getAuthDisableMethod()),
                entry("auth/status", AuthGrpc.getAuthStatusMethod()),
                entry("auth/authenticate", AuthGrpc.getAuthenticateMethod()),
                entry("auth/user/add", AuthGrpc.getUserAddMethod()),
                entry("auth/user/get", AuthGrpc.getUserGetMethod()),
                entry("auth/user/list", AuthGrpc.getUserListMethod()),
                entry("auth/user/delete", AuthGrpc.getUserDeleteMethod()),
                entry("auth/user/changepw", AuthGrpc.getUserChangePasswordMethod()),
                entry("auth/user/grant", AuthGrpc.getUserGrantRoleMethod()),
                entry("auth/user/revoke", AuthGrpc.getUserRevokeRoleMethod()),
                entry("auth/role/add", AuthGrpc.getRoleAddMethod()),
                entry("auth/role/get", AuthGrpc.getRoleGetMethod()),
                entry("auth/role/list", AuthGrpc.getRoleListMethod()),
                entry("auth/role/delete", AuthGrpc.getRoleDeleteMethod()),
                entry("auth/role/grant", AuthGrpc.getRoleGrantPermissionMethod()),
                entry("auth/role/revoke", AuthGrpc.getRoleRevokePermissionMethod()));
    }

    private static Map<String, MethodDescriptor<? extends Message, ? extends Message>> locks() {
        return Map.of(
                "lock/lock", LockGrpc.getLockMethod(),
                "lock/unlock", LockGrpc.getUnlockMethod(),
                "election/campaign", ElectionGrpc.getCampaignMethod(),
                "election/proclaim", ElectionGrpc.getProclaimMethod(),
                "election/leader", ElectionGrpc.getLeaderMethod(),
                "election/observe", ElectionGrpc.getObserveMethod(),
                "election/resign", ElectionGrpc.getResignMethod());
    }
}
