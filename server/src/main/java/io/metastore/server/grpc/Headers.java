package io.metastore.server.grpc;

import etcdserverpb.ResponseHeader;
import io.metastore.server.consensus.ClusterState;
import io.metastore.server.node.Node;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Makes the header that every answer begins with.
public final class Headers {
    private final Supplier<ClusterState> state;
    private final LongSupplier revision;

    /// @param revision the store's revision now
    Headers(Supplier<ClusterState> state, LongSupplier revision) {
        this.state = state;
        this.revision = revision;
    }

    public static Headers of(Node node) {
        return new Headers(node::state, node::revision);
    }

    /// The header of an answer at `revision`.
    public ResponseHeader at(long revision) {
        return member().setRevision(revision).build();
    }

    /// The header of an answer about now.
    ResponseHeader now() {
        return at(revision.getAsLong());
    }

    /// The header of an answer that has nothing to do with the key space.
    ResponseHeader withoutRevision() {
        return member().build();
    }

    private ResponseHeader.Builder member() {
        var known = state.get();
        return ResponseHeader.newBuilder()
                .setClusterId(known.clusterId())
                .setMemberId(known.self().number())
                .setRaftTerm(known.term());
    }
}
