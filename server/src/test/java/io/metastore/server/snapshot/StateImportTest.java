package io.metastore.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.apply.Position;
import io.metastore.server.bolt.BucketSource;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.cluster.Origin;
import io.metastore.server.lease.Lease;
import io.metastore.server.model.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateImportTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "history.db, history.hashes",
        "restored.db, history.hashes",
        "bumped.db, bumped.hashes",
        "users.db, users.hashes"
    })
    void hashesAreThoseOfAnEtcdThatBeginsFromTheSameFile(String file, String hashes) throws IOException {
        try (var imported = ImportedState.of(Recorded.file(file))) {
            for (var expected : Recorded.lines(hashes)) {
                long revision = Long.parseLong(expected.split(" ", -1)[0]);
                if (revision <= imported.state.store().revision()) {
                    assertThat(imported.hash(revision)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void revisionsAndVersionsAreKept() throws IOException {
        try (var imported = ImportedState.of(Recorded.file("history.db"));
                var view = imported.state.store().view()) {
            assertThat(view.revision()).isEqualTo(51);
            assertThat(view.compactedRevision()).isEqualTo(30);
            assertThat(view.get(Bytes.utf8("key-3"))).isEmpty();
            assertThat(view.getAt(Bytes.utf8("key-3"), 40)).isPresent();
            var freed = view.get(Bytes.utf8("freed")).orElseThrow();
            assertThat(freed.version()).isEqualTo(2);
            assertThat(freed.value().utf8()).isEqualTo("e");
        }
    }

    @Test
    void leasesAreKeptWithTheKeysThatAreStillTiedToThem() throws IOException {
        try (var imported = ImportedState.of(Recorded.file("history.db"))) {
            var leases = imported.state.leases();
            var shorter = Recorded.leases().getFirst();
            var longer = Recorded.leases().getLast();

            assertThat(leases.all()).containsExactlyInAnyOrder(new Lease(shorter, 600, 0), new Lease(longer, 1200, 0));
            assertThat(leases.keys(shorter)).containsExactly(Bytes.utf8("leased"));
            assertThat(leases.keys(longer)).containsExactly(Bytes.utf8("moved"));
        }
    }

    @Test
    void theRevisionIsRaisedAsEtcdutlDoesIt() throws IOException {
        try (var raised = ImportedState.of(Recorded.file("history.db"), new Bump(100));
                var theirs = ImportedState.of(Recorded.file("bumped.db"))) {
            assertThat(raised.state.store().revision()).isEqualTo(151);
            assertThat(raised.state.store().compactedRevision()).isEqualTo(151);
            assertThat(raised.hash(0)).isEqualTo(theirs.hash(0));
            assertThat(status(raised)).isEqualTo(status(theirs));
        }
    }

    @Test
    void theLogBeginsBehindItsFirstPlace() throws IOException {
        try (var imported = ImportedState.of(Recorded.file("fresh.db"));
                var snapshot = imported.storage.snapshot()) {
            assertThat(Position.read(snapshot)).isEqualTo(new Position(1, 0));
            assertThat(imported.state.store().revision()).isEqualTo(1);
            assertThat(Origin.isImported(snapshot)).isTrue();
            assertThat(Origin.isConfirmed(snapshot)).isFalse();
        }
    }

    @Test
    void membersThatImportedTheSameKnowItFromTheDigest() throws IOException {
        assertThat(digest(Recorded.file("history.db"), Bump.NONE))
                .isEqualTo(digest(Recorded.file("restored.db"), Bump.NONE))
                .isNotEqualTo(digest(Recorded.file("history.db"), new Bump(1)))
                .isNotEqualTo(digest(Recorded.file("fresh.db"), Bump.NONE));
        var nobody = Made.bucket("key");
        var somebody =
                new Row(Bytes.utf8("r"), new Fields().with(1, Bytes.utf8("r")).encoded());
        assertThat(digest(made(nobody, Made.bucket("authRoles", somebody)), Bump.NONE))
                .isNotEqualTo(digest(made(nobody), Bump.NONE));
    }

    @Test
    void rowsThatCannotBeAreRefusedWithTheFilesName() throws IOException {
        var key = Schema.revision(2);
        var otherRevision = Bytes.wrap(new byte[] {0x0a, 1, 'a', 0x10, 9, 0x18, 9, 0x20, 1});
        var id = Schema.number(7);
        for (var file : List.of(
                made(Made.bucket("key", new Row(Bytes.utf8("short"), Bytes.EMPTY))),
                made(Made.bucket("key", new Row(key, otherRevision))),
                made(Made.bucket("key", new Row(key, Bytes.utf8("nonsense")))),
                made(Made.bucket("key"), Made.bucket("lease", new Row(id, Bytes.utf8("nonsense")))),
                made(
                        Made.bucket("key"),
                        Made.bucket(
                                "lease",
                                new Row(id, new Fields().with(1, 8).with(2, 9).encoded()))),
                made(
                        Made.bucket("key"),
                        Made.bucket("alarm", new Row(new Fields().with(2, 9).encoded(), Bytes.EMPTY))))) {
            assertThatThrownBy(() -> ImportedState.of(file)).isInstanceOf(SnapshotException.class);
        }
    }

    @Test
    void leasesThatAreGoneArePassedOver() throws IOException {
        var tied = Bytes.wrap(new byte[] {0x0a, 1, 'a', 0x10, 2, 0x18, 2, 0x20, 1, 0x30, 77});
        var file = made(Made.bucket("key", new Row(Schema.revision(2), tied)));

        try (var imported = ImportedState.of(file);
                var view = imported.state.store().view()) {
            assertThat(view.get(Bytes.utf8("a")).orElseThrow().lease().number()).isEqualTo(77);
            assertThat(imported.state
                            .leases()
                            .keys(view.get(Bytes.utf8("a")).orElseThrow().lease()))
                    .isEmpty();
        }
    }

    private static Bytes digest(Path file, Bump bump) throws IOException {
        try (var imported = ImportedState.of(file, bump);
                var snapshot = imported.storage.snapshot()) {
            return Origin.own(snapshot);
        }
    }

    private SnapshotStatus status(ImportedState state) throws IOException {
        while (state.state.store().compaction().step()) {
            // Until all of it is done.
        }
        try (var file = SnapshotFile.open(state.writeTo(directory.resolve("state.db")))) {
            return file.status();
        }
    }

    private Path made(BucketSource... buckets) throws IOException {
        return Made.file(directory, List.of(buckets));
    }
}
