package io.metastore.server.grpc;

import io.metastore.server.node.Node;

/// Refuses what there is no space for.
final class Quota {
    private final Node node;

    Quota(Node node) {
        this.node = node;
    }

    /// Whether a call that adds about `charge` bytes is refused. The refusal is sent after the alarm was raised, so
    /// that a client which is refused finds the alarm.
    ///
    /// @param charge 0 for what adds nothing and is never refused
    boolean refuses(long charge, Reply<?> reply) {
        if (charge == 0 || !node.exceedsQuota(charge)) {
            return false;
        }
        node.alarmNoSpace(() -> reply.loop().execute(() -> reply.refuse(EtcdError.NO_SPACE)));
        return true;
    }
}
