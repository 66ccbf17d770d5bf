package io.metastore.server;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.grpc.Telemetry;
import io.metastore.server.metrics.member.MemberMetrics;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.Node;
import io.metastore.server.node.NodeLimits;
import io.metastore.server.node.NodeParts;
import io.metastore.server.raft.RatisConsensus;
import io.metastore.server.storage.Storage;
import io.metastore.server.trace.Tracing;
import java.security.SecureRandom;

/// What this member tells of its work: numbers of all requests, and the ways of some.
record Reporting(MemberMetrics metrics, Tracing tracing) {
    static Reporting open(ServerConfig config, MemberId self, Closing closing) {
        return new Reporting(
                new MemberMetrics(config, self),
                closing.later(Tracing.start(config.monitoring().tracing())));
    }

    /// A door whose requests are told of.
    Node node(NodeParts parts, NodeLimits limits) {
        return new Node(parts, limits, new SecureRandom(), metrics.requests(), tracing);
    }

    /// Shows what can be seen of the member from now on.
    void show(Node node, NodeParts parts, RatisConsensus consensus, Storage storage) {
        metrics.watch(node, parts, consensus);
        metrics.readers(storage::readers);
    }

    /// What the listener of clients tells and shows.
    Telemetry telemetry() {
        return metrics.telemetry(tracing);
    }
}
