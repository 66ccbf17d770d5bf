package io.metastore.server.raft.log;

import io.metastore.server.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A cluster of one, with Ratis's own log and a store that only remembers how far it is.
public final class RatisMember implements AutoCloseable {
    public static final RaftGroupId GROUP =
            RaftGroupId.valueOf(UUID.fromString("02511d47-d67c-49a3-9011-abb3109a44c1"));

    private final RaftServer server;
    private final AtomicLong calls = new AtomicLong();
    private final ClientId client = ClientId.randomId();

    private RatisMember(RaftServer server) {
        this.server = server;
    }

    /// Ratis's settings for a member in `storage`, with small segments.
    public static RaftProperties settings(Path storage) {
        var properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(storage.toFile()));
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, TimeDuration.valueOf("50ms", TimeUnit.MILLISECONDS));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, TimeDuration.valueOf("100ms", TimeUnit.MILLISECONDS));
        Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("64KB"));
        Log.setPreallocatedSize(properties, SizeInBytes.valueOf("16KB"));
        Log.setLogMetadataEnabled(properties, false);
        Log.setPurgeGap(properties, 1);
        Log.setPurgeUptoSnapshotIndex(properties, true);
        return properties;
    }

    /// Starts a member and waits until it leads.
    public static RatisMember start(StateMachine store, Launch builder) throws IOException {
        var member = launch(store, builder);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> member.division().getInfo().isLeaderReady());
        return member;
    }

    /// Starts a member that may never lead.
    public static RatisMember launch(StateMachine store, Launch builder) throws IOException {
        var peer = RaftPeer.newBuilder()
                .setId("a")
                .setAddress("127.0.0.1:" + freePort())
                .build();
        var isNew = !Files.exists(group(builder.storage));
        var server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf("a"))
                .setProperties(builder.properties)
                .setGroup(RaftGroup.valueOf(GROUP, peer))
                .setOption(isNew ? RaftStorage.StartupOption.FORMAT : RaftStorage.StartupOption.RECOVER)
                .setStateMachine(store)
                .setThreadGroup(builder.threads)
                .build();
        server.start();
        return new RatisMember(server);
    }

    /// What a member is started with.
    ///
    /// @param threads for all threads that Ratis makes
    public record Launch(Path storage, RaftProperties properties, ThreadGroup threads) {
        public static Launch at(Path storage) {
            return new Launch(storage, settings(storage), new ThreadGroup("raft"));
        }
    }

    public static Path group(Path storage) {
        return storage.resolve(GROUP.getUuid().toString());
    }

    public RaftServer server() {
        return server;
    }

    public RaftServer.Division division() {
        try {
            return server.getDivision(GROUP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the index of the entry when it is acknowledged.
    public long write(int bytes) throws IOException {
        return writeAsync(bytes).join().getLogIndex();
    }

    public CompletableFuture<RaftClientReply> writeAsync(int bytes) throws IOException {
        var content = Message.valueOf(ByteString.copyFrom(new byte[bytes]));
        return server.submitClientRequestAsync(RaftClientRequest.newBuilder()
                .setClientId(client)
                .setServerId(server.getId())
                .setGroupId(GROUP)
                .setCallId(calls.incrementAndGet())
                .setMessage(content)
                .setType(RaftClientRequest.writeRequestType())
                .build());
    }

    /// The storage as a crash at this moment would leave it.
    static void copy(Path from, Path to) throws IOException {
        try (var found = Files.walk(from)) {
            for (var path : (Iterable<Path>) found::iterator) {
                if (!path.endsWith("in_use.lock")) {
                    Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static int freePort() {
        return FreePorts.take(1).getFirst();
    }

    /// Remembers the newest entry it has applied, and claims to have kept it when asked for a snapshot.
    public static class Store extends BaseStateMachine {
        private final TermIndex kept;
        private volatile @Nullable SnapshotInfo snapshot;

        public Store(TermIndex kept) {
            this.kept = kept;
        }

        @Override
        public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
            super.initialize(server, group, storage);
            if (kept.getIndex() >= 0) {
                setLastAppliedTermIndex(kept);
                snapshot = new FileListSnapshotInfo(List.of(), kept);
            }
        }

        @Override
        public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
            LogEntryProto entry = transaction.getLogEntry();
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
            return CompletableFuture.completedFuture(Message.EMPTY);
        }

        @Override
        public long takeSnapshot() {
            var applied = getLastAppliedTermIndex();
            snapshot = new FileListSnapshotInfo(List.of(), applied);
            return applied.getIndex();
        }

        @Override
        public @Nullable SnapshotInfo getLatestSnapshot() {
            return snapshot;
        }
    }
}
