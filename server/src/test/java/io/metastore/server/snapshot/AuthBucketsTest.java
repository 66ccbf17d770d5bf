package io.metastore.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.auth.AuthState;
import io.metastore.server.auth.AuthTable;
import io.metastore.server.auth.Role;
import io.metastore.server.auth.User;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.Permission;
import io.metastore.server.storage.MemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users and roles in files: as a real etcd wrote them, and as we do.
class AuthBucketsTest {
    private static final List<String> BUCKETS = List.of("auth", "authUsers", "authRoles");

    @TempDir
    Path directory;

    @Test
    void whatEtcdWroteIsUnderstood() throws IOException {
        try (var file = SnapshotFile.open(Recorded.file("users.db"))) {
            var state = AuthBuckets.read(file);

            assertThat(state.enabled()).isTrue();
            assertThat(state.revision()).isEqualTo(18);
            assertThat(state.userNames()).containsExactly("bob", "carol", "machine", "root");
            assertThat(state.roleNames()).containsExactly("nothing", "readers", "writers");
            var bob = state.user("bob").orElseThrow();
            assertThat(bob.roles()).containsExactly("nothing", "readers");
            assertThat(bob.passwordHash().utf8()).startsWith("$2a$04$");
            assertThat(bob.noPassword()).isFalse();
            assertThat(state.user("machine").orElseThrow())
                    .isEqualTo(new User("machine", Bytes.EMPTY, true, List.of("writers")));
            assertThat(state.role("nothing").orElseThrow().permissions()).isEmpty();
            assertThat(state.role("readers").orElseThrow().permissions())
                    .containsExactly(permission(Permission.READ, "a", "m"), permission(Permission.READ, "shared", ""));
            assertThat(state.role("writers").orElseThrow().permissions())
                    .containsExactly(
                            permission(Permission.READ_WRITE, "k", "l"), permission(Permission.WRITE, "x", "\0"));
        }
    }

    @Test
    void whatWeWriteOfThemIsByteForByteWhatEtcdWrote() throws IOException {
        try (var imported = ImportedState.of(Recorded.file("users.db"));
                var theirs = SnapshotFile.open(Recorded.file("users.db"));
                var ours = SnapshotFile.open(imported.writeTo(directory.resolve("ours.db")))) {
            assertThat(rows(ours)).isEqualTo(rows(theirs)).hasSize(2 + 4 + 3);
        }
    }

    @Test
    void aStoreInWhichNobodyWasEverAddedIsAsThatOfEtcd() throws IOException {
        try (var storage = MemoryStorage.volatileOnly();
                var ours = SnapshotFile.open(ImportedState.write(storage, directory.resolve("ours.db")));
                var theirs = SnapshotFile.open(Recorded.file("fresh.db"))) {
            assertThat(rows(ours)).isEqualTo(rows(theirs)).hasSize(1);
        }
    }

    @Test
    void everyNameAndKeyComesBack() throws IOException {
        var state = AuthState.of(
                false,
                Long.MAX_VALUE,
                List.of(
                        new User("\uD83D\uDE00", Bytes.utf8("hash"), false, List.of("a role", "b")),
                        new User("\uFFFD", Bytes.EMPTY, false, List.of())),
                List.of(new Role(
                        "r",
                        List.of(
                                new Permission(77, Bytes.EMPTY, Bytes.EMPTY),
                                new Permission(
                                        -1, Bytes.wrap(new byte[] {0, -1}), Bytes.wrap(new byte[] {0, -1, 0}))))));

        try (var file = SnapshotFile.open(Made.file(directory, AuthBuckets.all(state)))) {
            var read = AuthBuckets.read(file);

            assertThat(read.enabled()).isFalse();
            assertThat(read.revision()).isEqualTo(Long.MAX_VALUE);
            assertThat(read.users()).isEqualTo(state.users());
            assertThat(read.roles()).isEqualTo(state.roles());
        }
    }

    @Test
    void ofAFileWithoutARevisionItIsTheFirst() throws IOException {
        try (var imported = ImportedState.of(Made.file(directory, List.of(Made.bucket("key"))));
                var snapshot = imported.storage.snapshot()) {
            assertThat(AuthTable.read(snapshot).revision()).isEqualTo(1);
            assertThat(imported.state.auth().state().enabled()).isFalse();
        }
    }

    @Test
    void rowsThatCannotBeAreRefusedAndNoSecretIsTold() throws IOException {
        var secret = Bytes.utf8("$2a$secret");
        var user = Bytes.utf8("bob");
        for (var bucket : List.of(
                Made.bucket("authUsers", new Row(user, secret)),
                Made.bucket("authUsers", new Row(user, fields("bobby", secret).encoded())),
                Made.bucket("authUsers", new Row(user, fields("", secret).encoded())),
                Made.bucket(
                        "authUsers",
                        new Row(user, fields("bob", secret).with(4, 1).encoded())),
                Made.bucket(
                        "authUsers",
                        new Row(
                                Bytes.wrap(new byte[] {-1}),
                                fields("bob", secret).encoded())),
                Made.bucket("authRoles", new Row(user, fields("bob", secret).encoded())),
                Made.bucket("auth", new Row(Bytes.utf8("authRevision"), Bytes.utf8("7"))),
                Made.bucket("auth", new Row(Bytes.utf8("authRevision"), Schema.number(0))),
                Made.bucket("auth", new Row(Bytes.utf8("authSomething"), secret)))) {
            var file = Made.file(directory, List.of(Made.bucket("key"), bucket));

            assertThatThrownBy(() -> ImportedState.of(file))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageNotContaining("secret")
                    .hasMessageNotContaining(secret.toString());
        }
    }

    private static Permission permission(int kind, String key, String end) {
        return new Permission(kind, Bytes.utf8(key), Bytes.utf8(end));
    }

    private static Fields fields(String name, Bytes second) {
        return new Fields().with(1, Bytes.utf8(name)).with(2, second);
    }

    private static List<String> rows(SnapshotFile file) {
        var all = new ArrayList<String>();
        for (var bucket : BUCKETS) {
            for (var rows = file.rows(bucket); rows.next(); ) {
                all.add(bucket + " " + rows.key() + " " + rows.value());
            }
        }
        return all;
    }
}
