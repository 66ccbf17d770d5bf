package io.metastore.operator.resource;

import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;

/// Names of the objects of a cluster.
public final class Names {
    public static final String CONTAINER = "metastore";
    public static final int CLIENT_PORT = 2379;
    public static final int PEER_PORT = 2380;
    public static final int HEALTH_PORT = 9090;

    private Names() {}

    public static String peers(MetaStoreCluster cluster) {
        return cluster.getMetadata().getName() + "-peers";
    }

    public static String client(MetaStoreCluster cluster) {
        return cluster.getMetadata().getName() + "-client";
    }

    public static String leader(MetaStoreCluster cluster) {
        return cluster.getMetadata().getName() + "-leader";
    }

    public static String budget(MetaStoreCluster cluster) {
        return cluster.getMetadata().getName();
    }

    /// Of the authority's key and certificate, which no Pod is given.
    public static String authority(MetaStoreCluster cluster) {
        return cluster.getMetadata().getName() + "-ca";
    }

    /// Of the key and certificate that a member shows to others.
    public static String peerSecret(MemberName member) {
        return member.text() + "-peer";
    }

    public static String serviceAccount(MetaStoreCluster cluster) {
        var own = cluster.getSpec().serviceAccount().name();
        return own == null ? cluster.getMetadata().getName() : own;
    }
}
