package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.SnapshotRequest;
import etcdserverpb.SnapshotResponse;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.SourceConfig;
import io.metastore.server.config.Url;
import io.metastore.server.snapshot.SnapshotFile;
import io.metastore.server.tls.TestAuthority;
import io.metastore.server.tls.TestSecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stream of the whole state, from a client's side.
class SnapshotIT extends MemberFixture {
    private static final int PIECE = 32 * 1024;

    @TempDir
    Path directory;

    @Test
    void piecesSayWhatIsLeftAndTheLastOneIsTheDigestOfAll() throws NoSuchAlgorithmException {
        for (int i = 0; i < 300; i++) {
            kv.put(put("key-" + i, "v".repeat(1000)));
        }

        var pieces = new ArrayList<SnapshotResponse>();
        maintenance.snapshot(SnapshotRequest.getDefaultInstance()).forEachRemaining(pieces::add);

        var digest = MessageDigest.getInstance("SHA-256");
        var blobs = pieces.subList(0, pieces.size() - 1);
        long left = blobs.stream().mapToLong(piece -> piece.getBlob().size()).sum();
        for (var piece : blobs) {
            left -= piece.getBlob().size();
            assertThat(piece.getRemainingBytes()).isEqualTo(left);
            assertThat(piece.getBlob().size())
                    .isEqualTo(left > 0 ? PIECE : piece.getBlob().size());
            digest.update(piece.getBlob().asReadOnlyByteBuffer());
        }
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.getVersion()).isEqualTo("3.7.0");
            assertThat(piece.hasHeader()).isFalse();
        });
        assertThat(pieces.getLast().getBlob()).isEqualTo(ByteString.copyFrom(digest.digest()));
        assertThat(pieces.getLast().getRemainingBytes()).isZero();
    }

    @Test
    void whatTheClientSavesIsTheStateOfTheMoment() throws IOException {
        kv.put(put("a", "1"));
        kv.put(put("b", "2"));
        var file = directory.resolve("saved.db");

        client().save(file);

        try (var saved = SnapshotFile.open(file)) {
            assertThat(saved.status().revision()).isEqualTo(3);
            assertThat(saved.status().totalKeys()).isEqualTo(2);
            assertThat(Files.size(file)).isEqualTo(saved.status().totalSize() + 32);
        }
    }

    /// A stream that is taken slowly keeps neither writers nor other streams waiting, and is whole in the end.
    @Test
    void aSlowClientHoldsUpNobody() {
        for (int i = 0; i < 300; i++) {
            kv.put(put("key-" + i, "v".repeat(100_000)));
        }
        var slow = maintenance.snapshot(SnapshotRequest.getDefaultInstance());
        long first = slow.next().getRemainingBytes();

        for (int i = 0; i < 50; i++) {
            kv.put(put("key-" + i, "newer"));
        }
        int quick = count(maintenance.snapshot(SnapshotRequest.getDefaultInstance()));

        // The connection cannot have taken all of it: most was not read yet when the newer values came.
        assertThat(first).isGreaterThan(20_000_000);
        assertThat(quick).isGreaterThan(100);
        int rest = count(slow);
        assertThat(rest).isEqualTo((int) ((first + PIECE - 1) / PIECE) + 1);
    }

    @Test
    void onlySomeAtOnceAreServed() {
        for (int i = 0; i < 100; i++) {
            kv.put(put("key-" + i, "v".repeat(100_000)));
        }
        var open = new ArrayList<Iterator<SnapshotResponse>>();
        for (int i = 0; i < 4; i++) {
            var stream = maintenance.snapshot(SnapshotRequest.getDefaultInstance());
            stream.next();
            open.add(stream);
        }

        assertRefused(
                () -> maintenance.snapshot(SnapshotRequest.getDefaultInstance()).next(), EtcdError.TOO_MANY_REQUESTS);

        open.forEach(stream -> assertThat(count(stream)).isGreaterThan(1));
    }

    /// Everybody's rights, and the hashes of everybody's password, are in it.
    @Test
    void onlyAdministratorsAreServed() {
        var auth = AuthGrpc.newBlockingStub(member.channel());
        for (var name : List.of("root", "bob")) {
            auth.userAdd(AuthUserAddRequest.newBuilder()
                    .setName(name)
                    .setPassword("of " + name)
                    .build());
        }
        auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser("root")
                .setRole("root")
                .build());
        assertThat(count(maintenance.snapshot(SnapshotRequest.getDefaultInstance())))
                .isPositive();

        auth.authEnable(AuthEnableRequest.getDefaultInstance());

        assertRefused(
                () -> maintenance.snapshot(SnapshotRequest.getDefaultInstance()).next(), EtcdError.USER_EMPTY);
        assertThatThrownBy(() -> client("bob").save(directory.resolve("of-bob.db")))
                .isInstanceOf(SnapshotClientException.class)
                .hasMessageContaining("PERMISSION_DENIED");
        assertThatCode(() -> client("root").save(directory.resolve("of-root.db")))
                .doesNotThrowAnyException();
    }

    @Test
    void overTlsItIsGivenToWhoShowsATrustedCertificate() throws IOException {
        var authority = new TestAuthority("authority");
        var trusted = authority.write(directory, "authority");
        var security = TestSecurity.mutual(authority.issue("server").write(directory, "server"), trusted);
        member.close();
        use(new LocalMember(new SecurePorts(TestSecurity.server(security), List.of(LocalMember.ANY_PORT), List.of())));
        var from = Url.parse("https://127.0.0.1:" + member.address().getPort());
        var stranger = new SourceConfig(from, Optional.of(Path.of(trusted)), CertificateFiles.NONE, Optional.empty());
        var known = new SourceConfig(
                from,
                Optional.of(Path.of(trusted)),
                authority.issue("alice").write(directory, "alice"),
                Optional.empty());
        var file = directory.resolve("saved.db");

        assertThatThrownBy(() -> new SnapshotClient(stranger).save(directory.resolve("of-a-stranger.db")))
                .isInstanceOf(SnapshotClientException.class)
                .hasMessageContaining("UNAVAILABLE");
        new SnapshotClient(known).save(file);

        try (var saved = SnapshotFile.open(file)) {
            assertThat(saved.status().version()).isEqualTo("3.7.0");
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidToBe() {
        var client = client();
        member.stopListening();

        assertThatThrownBy(() -> client.save(directory.resolve("saved.db")))
                .isInstanceOf(SnapshotClientException.class)
                .hasMessageContaining("does not give its state: UNAVAILABLE");
    }

    private SnapshotClient client() {
        return client(Optional.empty());
    }

    private SnapshotClient client(String user) {
        return client(Optional.of(new SourceConfig.Login(user, "of " + user)));
    }

    private SnapshotClient client(Optional<SourceConfig.Login> login) {
        return new SnapshotClient(new SourceConfig(
                Url.parse("http://127.0.0.1:" + member.address().getPort()),
                Optional.empty(),
                CertificateFiles.NONE,
                login));
    }

    private static int count(Iterator<SnapshotResponse> stream) {
        int count = 0;
        while (stream.hasNext()) {
            stream.next();
            count++;
        }
        return count;
    }
}
