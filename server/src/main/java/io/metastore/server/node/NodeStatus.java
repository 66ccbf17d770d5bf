package io.metastore.server.node;

import io.metastore.server.consensus.ClusterState;
import io.metastore.server.model.Alarm;
import java.util.List;

/// What this member says of itself.
///
/// @param dbSize bytes that count against the quota
/// @param dbSizeInUse as `dbSize`: space given up by a compaction is free at once
/// @param quota in bytes, below 0 when there is none
public record NodeStatus(
        ClusterState cluster,
        long revision,
        long dbSize,
        long dbSizeInUse,
        long quota,
        List<Alarm> alarms,
        boolean learner) {}
