package io.metastore.operator.status;

import io.metastore.crds.ClusterStatus;
import io.metastore.crds.ClusterStatus.Phase;
import io.metastore.crds.Condition;
import io.metastore.crds.MetaStoreCluster;
import java.util.List;
import java.util.Optional;

/// A status that goes on as it was, but for what is said of it now.
final class Carried {
    private static final ClusterStatus NOTHING = new ClusterStatus(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            List.of(), null, null, null, List.of());

    private Carried() {}

    static ClusterStatus with(MetaStoreCluster cluster, Phase phase, String reason, List<Condition> conditions) {
        var old = Optional.ofNullable(cluster.getStatus()).orElse(NOTHING);
        return new ClusterStatus(
                cluster.getMetadata().getGeneration(),
                phase,
                reason,
                old.members(),
                old.readyMembers(),
                old.voters(),
                old.quorum(),
                old.selector(),
                old.clusterId(),
                old.leader(),
                old.term(),
                old.version(),
                old.targetVersion(),
                old.clusterVersion(),
                old.operatorVersion(),
                old.nextSerial(),
                old.endpoints(),
                old.secrets(),
                old.memberStatuses(),
                old.update(),
                old.storage(),
                old.certificates(),
                conditions);
    }
}
