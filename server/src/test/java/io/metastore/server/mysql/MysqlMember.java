package io.metastore.server.mysql;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.server.Server;
import io.metastore.server.cli.CommandLine;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.raft.watchdog.ToldEnding;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A member inside this JVM that listens for MySQL and for etcd's clients.
final class MysqlMember implements AutoCloseable {
    private final DataFolder folder = DataFolder.create("mysql-");
    private final Server server;
    private final ManagedChannel channel;
    private final int port;

    /// @param flags besides those for its ports and its folder
    MysqlMember(List<String> flags) throws IOException, InterruptedException {
        this(new Flags(flags));
        ready();
    }

    private record Flags(List<String> more) {}

    /// One that is not ready.
    static MysqlMember returning() throws IOException {
        return new MysqlMember(new Flags(List.of()));
    }

    private MysqlMember(Flags flags) throws IOException {
        var ports = FreePorts.take(3);
        var client = "http://127.0.0.1:" + ports.get(0);
        var peer = "http://127.0.0.1:" + ports.get(1);
        port = ports.get(2);
        var all = new ArrayList<>(List.of(
                "--data-dir=" + folder.path().resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--storage=memory",
                "--mysql-listen-address=127.0.0.1:" + port));
        all.addAll(flags.more());
        if (!(CommandLine.parse(all.toArray(String[]::new), Map.of())
                instanceof CommandLine.Result.Run(var config, var _))) {
            throw new IllegalArgumentException("the flags are refused: " + all);
        }
        server = Server.start(config, folder.path().resolve("native"), ToldEnding.unexpected());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", ports.get(0))
                .usePlaintext()
                .build();
    }

    void ready() throws InterruptedException {
        server.awaitReady();
    }

    int port() {
        return port;
    }

    ManagedChannel channel() {
        return channel;
    }

    /// A driver's connection as root without a password.
    Connection connect(String options) throws SQLException {
        return connect("root", "", options);
    }

    Connection connect(String user, String password, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port + "/metastore?" + options, user, password);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
        folder.close();
    }
}
