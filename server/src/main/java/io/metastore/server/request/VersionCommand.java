package io.metastore.server.request;

import io.metastore.server.model.Release;

/// A change of which release the cluster behaves as.
public sealed interface VersionCommand extends Command {
    /// The cluster is to go back to this release. It must be the one below the cluster's.
    record EnableDowngrade(Release target) implements VersionCommand {}

    /// It is not to go back any more. Without a job nothing changes.
    record CancelDowngrade() implements VersionCommand {}

    /// The leader found that all members can behave as this release.
    record SetRelease(Release release) implements VersionCommand {}
}
