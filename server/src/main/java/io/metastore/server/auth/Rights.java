package io.metastore.server.auth;

import io.metastore.server.model.KeyRange;
import io.metastore.server.model.Permission;
import java.util.List;

/// What the roles of one user give together.
record Rights(boolean isAdmin, Ranges readable, Ranges writable) {
    static Rights of(boolean isAdmin, List<Permission> permissions) {
        return new Rights(
                isAdmin,
                Ranges.of(permissions.stream()
                        .filter(Permission::reads)
                        .map(Permission::keys)
                        .toList()),
                Ranges.of(permissions.stream()
                        .filter(Permission::writes)
                        .map(Permission::keys)
                        .toList()));
    }

    boolean mayRead(KeyRange keys) {
        return isAdmin || readable.cover(keys);
    }

    boolean mayWrite(KeyRange keys) {
        return isAdmin || writable.cover(keys);
    }
}
