package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import java.util.List;
import java.util.stream.Stream;

/// Somebody who may log in.
///
/// @param passwordHash as bcrypt writes it; when it is empty no password is right
/// @param noPassword whether no password may be tried at all: such a user is known by a certificate
/// @param roles in the order of their bytes
public record User(String name, Bytes passwordHash, boolean noPassword, List<String> roles) {
    public User {
        roles = List.copyOf(roles);
    }

    boolean has(String role) {
        return roles.contains(role);
    }

    User granting(String role) {
        var more = Stream.concat(roles.stream(), Stream.of(role))
                .sorted(AuthState.NAMES)
                .toList();
        return new User(name, passwordHash, noPassword, more);
    }

    User without(String role) {
        return new User(
                name,
                passwordHash,
                noPassword,
                roles.stream().filter(other -> !other.equals(role)).toList());
    }

    User withPassword(Bytes hash) {
        return new User(name, hash, noPassword, roles);
    }

    /// Without the hash.
    @Override
    public String toString() {
        return "User[" + name + ", " + roles + "]";
    }
}
