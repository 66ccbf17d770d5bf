package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.Permission;
import io.metastore.server.storage.StorageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// How users, roles and tokens are laid out in the column of auth. Numbers are big-endian; a text or a run of
/// bytes stands behind its length in four bytes.
///
///     switched on, at revision 7     01                →  01 0000000000000007
///     user "u" with role "r"         02 75             →  00 00000002 hhhh 00000001 72       first byte 1: no password
///     role "r" may read "k"          03 72             →  00000000 00000001 6b 00000000      for each permission
///     token of "u", made at 9        04 (digest)       →  0000000000000009 00000001 75
///
/// So users and roles lie in the order of their names' bytes.
final class AuthRow {
    private static final byte SWITCH = 1;
    private static final byte USER = 2;
    private static final byte ROLE = 3;
    private static final byte TOKEN = 4;
    private static final byte NO_PASSWORD = 1;

    static final Bytes SWITCH_KEY = Bytes.wrap(new byte[] {SWITCH});
    static final KeyRange USERS = kind(USER);
    static final KeyRange ROLES = kind(ROLE);
    static final KeyRange TOKENS = kind(TOKEN);

    private AuthRow() {}

    private static KeyRange kind(byte kind) {
        return new KeyRange(Bytes.wrap(new byte[] {kind}), Bytes.wrap(new byte[] {(byte) (kind + 1)}));
    }

    static Bytes userKey(String name) {
        return key(USER, Bytes.utf8(name));
    }

    static Bytes roleKey(String name) {
        return key(ROLE, Bytes.utf8(name));
    }

    static Bytes tokenKey(Bytes digest) {
        return key(TOKEN, digest);
    }

    private static Bytes key(byte kind, Bytes name) {
        return Bytes.wrap(ByteBuffer.allocate(1 + name.length())
                .put(kind)
                .put(name.shared())
                .array());
    }

    private static Bytes name(Bytes key) {
        return Bytes.wrap(Arrays.copyOfRange(key.shared(), 1, key.length()));
    }

    static Bytes switched(boolean enabled, long revision) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) (enabled ? 1 : 0))
                .putLong(revision)
                .array());
    }

    static boolean isEnabled(Bytes value) {
        return read(value, rest -> rest.get() == 1);
    }

    static long revision(Bytes value) {
        return read(value, rest -> rest.position(1).getLong());
    }

    static Bytes value(User user) {
        var texts = new ArrayList<Bytes>(List.of(user.passwordHash()));
        user.roles().forEach(role -> texts.add(Bytes.utf8(role)));
        var row = ByteBuffer.allocate(1 + size(texts)).put(user.noPassword() ? NO_PASSWORD : 0);
        texts.forEach(text -> put(row, text));
        return Bytes.wrap(row.array());
    }

    static User user(Bytes key, Bytes value) {
        return read(value, rest -> {
            boolean noPassword = rest.get() == NO_PASSWORD;
            var hash = take(rest);
            var roles = new ArrayList<String>();
            while (rest.hasRemaining()) {
                roles.add(take(rest).utf8());
            }
            return new User(name(key).utf8(), hash, noPassword, roles);
        });
    }

    static Bytes value(Role role) {
        int length = role.permissions().stream()
                .mapToInt(permission -> Integer.BYTES + size(List.of(permission.key(), permission.end())))
                .sum();
        var row = ByteBuffer.allocate(length);
        for (var permission : role.permissions()) {
            row.putInt(permission.kind());
            put(row, permission.key());
            put(row, permission.end());
        }
        return Bytes.wrap(row.array());
    }

    static Role role(Bytes key, Bytes value) {
        return read(value, rest -> {
            var permissions = new ArrayList<Permission>();
            while (rest.hasRemaining()) {
                permissions.add(new Permission(rest.getInt(), take(rest), take(rest)));
            }
            return new Role(name(key).utf8(), permissions);
        });
    }

    static Bytes value(Token token) {
        var user = Bytes.utf8(token.user());
        var row = ByteBuffer.allocate(Long.BYTES + size(List.of(user))).putLong(token.index());
        put(row, user);
        return Bytes.wrap(row.array());
    }

    static Token token(Bytes key, Bytes value) {
        return read(value, rest -> {
            long index = rest.getLong();
            return new Token(name(key), take(rest).utf8(), index);
        });
    }

    private static int size(List<Bytes> texts) {
        return texts.stream().mapToInt(text -> Integer.BYTES + text.length()).sum();
    }

    private static void put(ByteBuffer row, Bytes text) {
        row.putInt(text.length()).put(text.shared());
    }

    private static Bytes take(ByteBuffer rest) {
        int length = rest.getInt();
        var text = Bytes.copyOf(rest.slice(rest.position(), length));
        rest.position(rest.position() + length);
        return text;
    }

    /// The row is not shown when it is damaged: there may be a secret in it.
    private static <T> T read(Bytes value, Function<ByteBuffer, T> reader) {
        try {
            return reader.apply(ByteBuffer.wrap(value.shared()));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new StorageException("a row of users, roles and tokens is damaged", e);
        }
    }
}
