package io.metastore.operator.observe;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.ObjectId;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import java.util.Optional;

/// A claim of a member's volume.
///
/// @param requested bytes
/// @param waitsForRestart its file system grows when the Pod is started anew
/// @param clusterId there once its member has belonged to the cluster
/// @param retired its member was removed, and it is kept only for people
public record ObservedVolume(
        MemberName name,
        VolumeUse use,
        ObjectId id,
        Role role,
        boolean terminating,
        long requested,
        boolean waitsForRestart,
        Optional<String> clusterId,
        boolean retired) {
    /// Whether a member can be started on it.
    public boolean isUsable() {
        return !terminating && !retired;
    }
}
