package io.metastore.server.metrics.member;

import io.metastore.server.config.CorruptionConfig;
import io.metastore.server.metrics.Registry;

/// What etcd 3.7 can be told to do otherwise, with its stage, and whether this member does so.
final class Features {
    private Features() {}

    static void show(Registry registry, CorruptionConfig corruption) {
        var enabled = registry.levels("etcd_server_feature_enabled");
        for (var name : new String[] {"AllAlpha", "PriorityRequest", "SetMemberLocalAddr", "StopGRPCServiceOnDefrag"}) {
            enabled.with(name, "ALPHA").set(0);
        }
        for (var name : new String[] {"AllBeta", "FastLeaseKeepAlive", "TxnModeWriteWithSharedBuffer"}) {
            enabled.with(name, "BETA").set(0);
        }
        // Always so here.
        enabled.with("LeaseCheckpoint", "ALPHA").set(1);
        enabled.with("LeaseCheckpointPersist", "ALPHA").set(1);
        enabled.with("CompactHashCheck", "ALPHA").set(corruption.compactions() ? 1 : 0);
        enabled.with("InitialCorruptCheck", "ALPHA").set(corruption.atStart() ? 1 : 0);
    }
}
