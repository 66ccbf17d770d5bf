package io.metastore.server.model;

import java.util.Optional;

/// Which release the cluster behaves as, and whether it is to go back to another one.
///
/// @param release that of the cluster's answers, and of the files it gives away
/// @param downgrade where the cluster is to go; none while no such job is enabled
public record ClusterVersion(Release release, Optional<Release> downgrade) {
    /// Of a cluster in which nothing was said about it.
    public static final ClusterVersion FIRST = new ClusterVersion(new Release(3, 7), Optional.empty());

    public ClusterVersion at(Release newRelease) {
        return new ClusterVersion(newRelease, downgrade);
    }

    public ClusterVersion downgrading(Optional<Release> target) {
        return new ClusterVersion(release, target);
    }
}
