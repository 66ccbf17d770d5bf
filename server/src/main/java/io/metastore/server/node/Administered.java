package io.metastore.server.node;

import io.metastore.server.request.Reason;

/// What became of something that an administrator asked for.
public sealed interface Administered<T> {
    record Done<T>(T result) implements Administered<T> {}

    /// Nothing was done.
    ///
    /// @param detail for people, may be empty; goes on from the reason's own text
    record Refused<T>(Reason reason, String detail) implements Administered<T> {}

    static <T> Administered<T> refused(Reason reason) {
        return new Refused<>(reason, "");
    }
}
