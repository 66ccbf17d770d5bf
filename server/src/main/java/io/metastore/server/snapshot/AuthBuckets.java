package io.metastore.server.snapshot;

import io.metastore.server.auth.AuthState;
import io.metastore.server.auth.Role;
import io.metastore.server.auth.User;
import io.metastore.server.bolt.BucketSource;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.bolt.RowCursor;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Users, roles and whether they count, in etcd's three buckets for them. The names are the keys.
///
///     auth        authEnabled    →  01                                  0 or absent when they do not count
///                 authRevision   →  0000000000000007
///     authUsers   bob            →  {1: "bob", 2: hash, 3: ["r"], 4: {1: no password}}
///     authRoles   r              →  {1: "r", 2: [{1: kind, 2: "a", 3: "m"}]}
///
/// Simple tokens are in none of them: an etcd keeps those in its memory only.
final class AuthBuckets {
    private static final Bytes ENABLED = Bytes.wrap(new byte[] {1});

    private AuthBuckets() {}

    static List<BucketSource> all(AuthState state) {
        var about =
                Stream.<Row>builder().add(new Row(Bytes.utf8(Schema.AUTH_REVISION), Schema.number(state.revision())));
        if (state.enabled()) {
            about.add(new Row(Bytes.utf8(Schema.AUTH_ENABLED), ENABLED));
        }
        return List.of(
                StateImage.bucket(Schema.AUTH, about.build()),
                StateImage.bucket(Schema.AUTH_USERS, state.users().stream().map(AuthBuckets::row)),
                StateImage.bucket(Schema.AUTH_ROLES, state.roles().stream().map(AuthBuckets::row)));
    }

    /// What the file holds. Of a file without a revision it is that of an etcd in which nothing was ever changed.
    ///
    /// @throws SnapshotException when a row is none; what is in it is not told
    static AuthState read(SnapshotFile file) {
        return file.reading(() -> {
            boolean enabled = false;
            long revision = AuthState.INITIAL.revision();
            for (var rows = file.rows(Schema.AUTH); rows.next(); ) {
                switch (rows.key().utf8()) {
                    case Schema.AUTH_ENABLED -> enabled = rows.value().equals(ENABLED);
                    case Schema.AUTH_REVISION -> revision = revision(rows.value());
                    default -> throw new SnapshotException("a row of auth that is not known: " + rows.key());
                }
            }
            return AuthState.of(
                    enabled,
                    revision,
                    all(file.rows(Schema.AUTH_USERS), AuthBuckets::user),
                    all(file.rows(Schema.AUTH_ROLES), AuthBuckets::role));
        });
    }

    private static Row row(User user) {
        var name = Bytes.utf8(user.name());
        var message = new Fields().with(1, name).with(2, user.passwordHash());
        user.roles().forEach(role -> message.add(3, Bytes.utf8(role)));
        var options = new Fields().with(1, user.noPassword() ? 1 : 0);
        return new Row(name, message.add(4, options.encoded()).encoded());
    }

    private static User user(String name, Fields message) {
        return new User(
                name,
                message.bytes(2),
                Fields.decode(message.bytes(4)).get(1) != 0,
                message.all(3).stream().map(AuthBuckets::text).toList());
    }

    private static Row row(Role role) {
        var name = Bytes.utf8(role.name());
        var message = new Fields().with(1, name);
        for (var permission : role.permissions()) {
            var fields = new Fields()
                    .with(1, permission.kind())
                    .with(2, permission.key())
                    .with(3, permission.end());
            message.add(2, fields.encoded());
        }
        return new Row(name, message.encoded());
    }

    private static Role role(String name, Fields message) {
        return new Role(
                name,
                message.all(2).stream()
                        .map(Fields::decode)
                        .map(fields -> new Permission((int) fields.get(1), fields.bytes(2), fields.bytes(3)))
                        .toList());
    }

    private static <T> List<T> all(RowCursor rows, BiFunction<String, Fields, T> decode) {
        var all = new ArrayList<T>();
        while (rows.next()) {
            var message = Fields.decode(rows.value());
            if (!message.bytes(1).equals(rows.key())) {
                throw new SnapshotException("a user or role under another name: " + rows.key());
            }
            all.add(decode.apply(text(rows.key()), message));
        }
        return all;
    }

    private static String text(Bytes name) {
        if (name.isEmpty() || !Bytes.utf8(name.utf8()).equals(name)) {
            throw new SnapshotException("a name of a user or role that is no text: " + name);
        }
        return name.utf8();
    }

    private static long revision(Bytes value) {
        long revision =
                value.length() == Long.BYTES ? ByteBuffer.wrap(value.shared()).getLong() : 0;
        if (revision < AuthState.INITIAL.revision()) {
            throw new SnapshotException("a revision of auth that cannot be: " + value);
        }
        return revision;
    }
}
