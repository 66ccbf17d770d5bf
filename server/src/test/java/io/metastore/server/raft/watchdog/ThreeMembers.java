package io.metastore.server.raft.watchdog;

import io.metastore.server.process.FreePorts;
import io.metastore.server.raft.log.RatisMember;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.TimeDuration;
import org.awaitility.Awaitility;

/// A cluster of three in this process; each is reached through a proxy of its own.
final class ThreeMembers implements AutoCloseable {
    private final Map<RaftPeerId, RaftServer> servers = new LinkedHashMap<>();
    private final Map<RaftPeerId, FreezingProxy> proxies = new LinkedHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final ClientId client = ClientId.randomId();

    ThreeMembers(Path directory) throws IOException {
        var ports = new LinkedHashMap<RaftPeerId, Integer>();
        var peers = new ArrayList<RaftPeer>();
        for (var name : List.of("a", "b", "c")) {
            var id = RaftPeerId.valueOf(name);
            var port = freePort();
            var proxy = new FreezingProxy(port);
            ports.put(id, port);
            proxies.put(id, proxy);
            peers.add(RaftPeer.newBuilder()
                    .setId(id)
                    .setAddress("127.0.0.1:" + proxy.port())
                    .build());
        }
        var group = RaftGroup.valueOf(RatisMember.GROUP, peers);
        for (var port : ports.entrySet()) {
            var id = port.getKey();
            servers.put(id, start(id, port.getValue(), group, directory.resolve(id.toString())));
        }
    }

    /// The member that leads, once there is one.
    RaftServer leader() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> servers.values().stream().anyMatch(ThreeMembers::leads));
        return servers.values().stream().filter(ThreeMembers::leads).findFirst().orElseThrow();
    }

    List<RaftPeerId> followers() {
        var leader = leader().getId();
        return servers.keySet().stream().filter(id -> !id.equals(leader)).toList();
    }

    FreezingProxy proxy(RaftPeerId id) {
        return Objects.requireNonNull(proxies.get(id));
    }

    RaftServer server(RaftPeerId id) {
        return Objects.requireNonNull(servers.get(id));
    }

    long write() throws IOException {
        var leader = leader();
        CompletableFuture<RaftClientReply> reply = leader.submitClientRequestAsync(RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(leader.getId())
                .setGroupId(RatisMember.GROUP)
                .setCallId(calls.incrementAndGet())
                .setMessage(Message.valueOf("content"))
                .setType(RaftClientRequest.writeRequestType())
                .build());
        return reply.join().getLogIndex();
    }

    static long lastIndex(RaftServer server) {
        var last = division(server).getRaftLog().getLastEntryTermIndex();
        return last == null ? -1 : last.getIndex();
    }

    static RaftServer.Division division(RaftServer server) {
        try {
            return server.getDivision(RatisMember.GROUP);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (var proxy : proxies.values()) {
            proxy.close();
        }
        for (var server : servers.values()) {
            server.close();
        }
    }

    private static boolean leads(RaftServer server) {
        return division(server).getInfo().isLeaderReady();
    }

    private static RaftServer start(RaftPeerId id, int port, RaftGroup group, Path storage) throws IOException {
        var properties = RatisMember.settings(storage);
        Rpc.setTimeoutMin(properties, TimeDuration.valueOf(600, TimeUnit.MILLISECONDS));
        Rpc.setTimeoutMax(properties, TimeDuration.valueOf(1200, TimeUnit.MILLISECONDS));
        GrpcConfigKeys.Server.setPort(properties, port);
        var server = RaftServer.newBuilder()
                .setServerId(id)
                .setProperties(properties)
                .setGroup(group)
                .setOption(RaftStorage.StartupOption.FORMAT)
                .setStateMachine(new RatisMember.Store(TermIndex.INITIAL_VALUE))
                .build();
        server.start();
        return server;
    }

    private static int freePort() {
        return FreePorts.take(1).getFirst();
    }
}
