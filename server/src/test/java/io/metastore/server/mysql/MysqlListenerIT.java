package io.metastore.server.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmType;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthRoleAddRequest;
import etcdserverpb.AuthRoleGrantPermissionRequest;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserChangePasswordRequest;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.AuthenticateRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlListenerIT {
    private static MysqlMember member;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        member = new MysqlMember(List.of("--mysql-max-allowed-packet=40000000", "--max-request-bytes=40000000"));
    }

    @AfterAll
    static void stop() {
        member.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (var connection = trusting()) {
            change(connection, "TRUNCATE TABLE kv");
        }
    }

    private static Connection trusting() throws SQLException {
        return member.connect("sslMode=trust");
    }

    private static void change(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
        }
    }

    private static String valueOf(Connection connection, String key) throws SQLException {
        return value(connection, "SELECT value FROM kv WHERE `key` = '" + key + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslMode=trust", "sslMode=disable&allowPublicKeyRetrieval=true"})
    void aDriverLogsInWithAndWithoutTls(String options) throws SQLException {
        try (var connection = member.connect(options)) {
            assertThat(value(connection, "SELECT DATABASE()")).isEqualTo("metastore");
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithMysqlsNumber() {
        assertThatThrownBy(
                        () -> member.connect("root", "wrong", "sslMode=trust").close())
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo(1045));
    }

    @Test
    void whatOneTransactionWroteIsOneRevisionForEtcdsClients() throws SQLException {
        try (var connection = trusting()) {
            change(connection, "BEGIN");
            change(connection, "INSERT INTO kv VALUES ('x', '1'), ('y', '2')");
            change(connection, "COMMIT");
        }

        var kv = KVGrpc.newBlockingStub(member.channel());
        var found = kv.range(RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("x"))
                .setRangeEnd(ByteString.copyFromUtf8("z"))
                .build());

        assertThat(found.getKvsList())
                .extracting(one -> one.getValue().toStringUtf8())
                .containsExactly("1", "2");
        assertThat(found.getKvs(0).getModRevision()).isEqualTo(found.getKvs(1).getModRevision());
    }

    @Test
    void whatEtcdsClientsPutIsReadAtOnceWithItsRevision() throws SQLException {
        var kv = KVGrpc.newBlockingStub(member.channel());
        var put = kv.put(PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("e"))
                .setValue(ByteString.copyFromUtf8("v"))
                .build());

        try (var connection = trusting()) {
            assertThat(valueOf(connection, "e")).isEqualTo("v");
            assertThat(value(connection, "SELECT mod_revision FROM kv WHERE `key` = 'e'"))
                    .isEqualTo(String.valueOf(put.getHeader().getRevision()));
        }
    }

    @Test
    void theSecondOfTwoTransactionsThatWriteTheSameRowIsRefused() throws SQLException {
        try (var one = trusting();
                var other = trusting()) {
            change(one, "INSERT INTO kv VALUES ('n', '1')");
            change(one, "BEGIN");
            change(other, "BEGIN");
            change(one, "UPDATE kv SET value = value + 1 WHERE `key` = 'n'");
            change(other, "UPDATE kv SET value = value + 1 WHERE `key` = 'n'");
            change(one, "COMMIT");

            assertThatThrownBy(() -> change(other, "COMMIT")).isInstanceOfSatisfying(SQLException.class, refused -> {
                assertThat(refused.getErrorCode()).isEqualTo(1213);
                assertThat(refused.getSQLState()).isEqualTo("40001");
            });
            assertThat(valueOf(other, "n")).isEqualTo("2");
        }
    }

    @Test
    void aTransactionSeesOneStateAndItsOwnWrites() throws SQLException {
        try (var reader = trusting();
                var writer = trusting()) {
            change(writer, "INSERT INTO kv VALUES ('r', 'old')");
            change(reader, "BEGIN");
            assertThat(valueOf(reader, "r")).isEqualTo("old");
            change(writer, "UPDATE kv SET value = 'new' WHERE `key` = 'r'");
            change(writer, "INSERT INTO kv VALUES ('phantom', '1')");
            change(reader, "INSERT INTO kv VALUES ('own', '1')");

            assertThat(valueOf(reader, "r")).isEqualTo("old");
            assertThat(value(reader, "SELECT COUNT(*) FROM kv")).isEqualTo("2");
            assertThat(valueOf(writer, "own")).isEqualTo("nothing");
            change(reader, "COMMIT");
            assertThat(value(reader, "SELECT COUNT(*) FROM kv")).isEqualTo("3");
        }
    }

    /// Two doctors are on call, one must stay. Each looks at both and takes himself off.
    @ParameterizedTest
    @ValueSource(strings = {"", " FOR UPDATE"})
    void writeSkewIsPossibleUnlessWhatWasReadIsLocked(String lock) throws SQLException {
        try (var one = trusting();
                var other = trusting()) {
            change(one, "INSERT INTO kv VALUES ('call/a', '1'), ('call/b', '1')");
            var both = "SELECT COUNT(*) FROM (SELECT value FROM kv WHERE `key` LIKE 'call/%' AND value = '1'" + lock
                    + ") t";
            change(one, "BEGIN");
            change(other, "BEGIN");
            assertThat(value(one, both)).isEqualTo("2");
            assertThat(value(other, both)).isEqualTo("2");
            change(one, "UPDATE kv SET value = '0' WHERE `key` = 'call/a'");
            change(other, "UPDATE kv SET value = '0' WHERE `key` = 'call/b'");
            change(one, "COMMIT");

            if (lock.isEmpty()) {
                change(other, "COMMIT");
                assertThat(value(one, both)).isEqualTo("0");
            } else {
                assertThatThrownBy(() -> change(other, "COMMIT")).hasMessageContaining("conflict");
                assertThat(value(one, both)).isEqualTo("1");
            }
        }
    }

    @Test
    void aConnectionThatAnotherOneKillsEndsAndTheOtherGoesOn() throws SQLException {
        try (var victim = trusting();
                var other = trusting()) {
            var id = value(victim, "SELECT CONNECTION_ID()");

            change(other, "KILL " + id);

            assertThatThrownBy(() -> value(victim, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(value(other, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void theStatusCountsConnectionsAndWhatClientsAskFor() throws SQLException {
        try (var connection = trusting();
                var other = trusting()) {
            assertThat(status(connection, "Threads_connected")).isGreaterThanOrEqualTo(2);
            long before = status(connection, "Questions");
            assertThat(value(other, "SELECT 1")).isEqualTo("1");

            assertThat(status(connection, "Questions")).isGreaterThanOrEqualTo(before + 2);
        }
    }

    private static long status(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW STATUS LIKE '" + name + "'")) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(2);
        }
    }

    @Test
    void aRowOfMoreThanOneFrameComesBackWhole() throws SQLException {
        var big = "x".repeat(17_000_000);
        try (var connection = member.connect("sslMode=trust&useServerPrepStmts=true");
                var insert = connection.prepareStatement("INSERT INTO kv VALUES (?, ?)")) {
            insert.setString(1, "big");
            insert.setString(2, big);
            assertThat(insert.executeUpdate()).isEqualTo(1);

            assertThat(valueOf(connection, "big")).isEqualTo(big);
        }
    }

    @Test
    void keysAreReadByPointsAndRangesWhereTheConditionAllowsIt() throws SQLException {
        try (var connection = trusting()) {
            assertThat(access(connection, "`key` = 'a'")).isEqualTo("const");
            assertThat(access(connection, "`key` IN ('a', 'b')")).isEqualTo("range");
            assertThat(access(connection, "`key` LIKE 'a/%' AND value = '1'")).isEqualTo("range");
            assertThat(access(connection, "value = '1'")).isEqualTo("ALL");
            assertThat(access(connection, "`key` IS NOT NULL")).isEqualTo("ALL");
        }
    }

    private static String access(Connection connection, String condition) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("EXPLAIN SELECT * FROM kv WHERE " + condition)) {
            assertThat(rows.next()).isTrue();
            return String.valueOf(rows.getString("type"));
        }
    }

    /// Random bytes, and packets that are cut or out of order, end their own connection at most.
    @Test
    void whatIsNoPacketHarmsNobodyElse() throws SQLException, IOException {
        long seed = Long.getLong("seed", 20);
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), member.port())) {
                var bytes = new byte[random.nextInt(1, 200)];
                random.nextBytes(bytes);
                socket.getOutputStream().write(bytes);
            }
        }

        try (var connection = trusting()) {
            assertThat(value(connection, "SELECT 1")).as("seed %d", seed).isEqualTo("1");
        }
    }

    @Test
    void withoutSpaceAWriteIsRefusedAndTheAlarmRaised() throws Exception {
        try (var small = new MysqlMember(List.of("--quota-backend-bytes=100000"));
                var connection = small.connect("sslMode=trust")) {
            change(connection, "INSERT INTO kv VALUES ('small', 'v')");
            assertThatThrownBy(() -> change(connection, "INSERT INTO kv VALUES ('big', '" + "x".repeat(200_000) + "')"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getErrorCode()).isEqualTo(1114));

            var alarms = MaintenanceGrpc.newBlockingStub(small.channel()).alarm(AlarmRequest.getDefaultInstance());
            assertThat(alarms.getAlarms(0).getAlarm()).isEqualTo(AlarmType.NOSPACE);
            change(connection, "DELETE FROM kv");
        }
    }

    @Test
    void usersOfTheStoreLogInAndSeeWhatTheirRolesAllow() throws Exception {
        try (var secured = new MysqlMember(List.of("--bcrypt-cost=4"))) {
            var auth = AuthGrpc.newBlockingStub(secured.channel());
            for (var name : List.of("root", "alice")) {
                var _ = auth.userAdd(AuthUserAddRequest.newBuilder()
                        .setName(name)
                        .setPassword("pw")
                        .build());
                var _ = auth.roleAdd(
                        AuthRoleAddRequest.newBuilder().setName(name).build());
                var _ = auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                        .setUser(name)
                        .setRole(name)
                        .build());
            }
            var _ = auth.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                    .setName("alice")
                    .setPerm(authpb.Permission.newBuilder()
                            .setPermType(authpb.Permission.Type.READWRITE)
                            .setKey(ByteString.copyFromUtf8("a/"))
                            .setRangeEnd(ByteString.copyFromUtf8("a0")))
                    .build());
            var _ = auth.authEnable(AuthEnableRequest.getDefaultInstance());

            try (var connection = secured.connect("alice", "pw", "sslMode=trust")) {
                change(connection, "INSERT INTO kv VALUES ('a/1', 'v')");
                assertThat(value(connection, "SELECT value FROM kv WHERE `key` LIKE 'a/%'"))
                        .isEqualTo("v");
                assertThatThrownBy(() -> value(connection, "SELECT * FROM kv"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getErrorCode()).isEqualTo(1142));
                assertThatThrownBy(() -> change(connection, "INSERT INTO kv VALUES ('b', 'v')"))
                        .isInstanceOf(SQLException.class);
            }
            var _ = auth.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token(auth)))
                    .userChangePassword(AuthUserChangePasswordRequest.newBuilder()
                            .setName("alice")
                            .setPassword("new")
                            .build());
            for (var refused : List.of("pw", "")) {
                assertThatThrownBy(() -> secured.connect("alice", refused, "sslMode=trust")
                                .close())
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                wrong -> assertThat(wrong.getErrorCode()).isEqualTo(1045));
            }
            secured.connect("alice", "new", "sslMode=trust").close();
            assertThatThrownBy(
                            () -> secured.connect("root", "", "sslMode=trust").close())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getErrorCode()).isEqualTo(1045));
        }
    }

    private static Metadata token(AuthGrpc.AuthBlockingStub auth) {
        var header = new Metadata();
        header.put(
                Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER),
                auth.authenticate(AuthenticateRequest.newBuilder()
                                .setName("root")
                                .setPassword("pw")
                                .build())
                        .getToken());
        return header;
    }
}
