package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import java.util.ArrayList;
import java.util.List;

/// Permissions under a name.
///
/// @param permissions in the order of their keys
public record Role(String name, List<Permission> permissions) {
    public Role {
        permissions = List.copyOf(permissions);
    }

    /// With this permission: in place of the first one with its key if the range is the same, else beside the
    /// others.
    ///
    /// Of ranges with the same key only the first one is looked at, so another of them can come to be there
    /// twice. That is how etcd finds the place.
    Role granting(Permission granted) {
        var all = new ArrayList<>(permissions);
        int at = firstFrom(granted.key());
        boolean known = at < all.size() && isSameRange(all.get(at), granted.key(), granted.end());
        if (known) {
            all.set(at, granted);
        } else {
            all.add(granted);
            all.sort((a, b) -> a.key().compareTo(b.key()));
        }
        return new Role(name, all);
    }

    Role without(Bytes key, Bytes end) {
        return new Role(
                name,
                permissions.stream()
                        .filter(permission -> !isSameRange(permission, key, end))
                        .toList());
    }

    private int firstFrom(Bytes key) {
        int at = 0;
        while (at < permissions.size() && permissions.get(at).key().compareTo(key) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isSameRange(Permission permission, Bytes key, Bytes end) {
        return permission.key().equals(key) && permission.end().equals(end);
    }
}
