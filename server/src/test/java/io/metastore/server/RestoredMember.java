package io.metastore.server;

import com.google.protobuf.ByteString;
import etcdserverpb.HashKVRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseTimeToLiveRequest;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.server.cli.CommandLine;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.raft.watchdog.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A member in this JVM that begins from a file, over as many lives as the test gives it, and a client of it.
///
/// @param cluster of all members, as `--initial-cluster` wants it
record RestoredMember(String name, Path dataDir, Ports ports, String cluster, List<String> flags, Lives lives)
        implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    record Ports(int client, int peer) {}

    /// What is running, and why it ended if it ended itself.
    static final class Lives {
        final CompletableFuture<String> ended = new CompletableFuture<>();
        CompletableFuture<Server> server = new CompletableFuture<>();

        @Nullable Thread starter;

        @Nullable ManagedChannel channel;
    }

    static RestoredMember of(String name, Path directory, Ports ports, String cluster, String... flags) {
        return new RestoredMember(name, directory.resolve(name), ports, cluster, List.of(flags), new Lives());
    }

    String endpoint() {
        return "127.0.0.1:" + ports.client();
    }

    String peerUrl() {
        return "http://127.0.0.1:" + ports.peer();
    }

    /// As `metastore snapshot restore` does it.
    RestoredMember restore(Path snapshot, String... more) {
        var words = new ArrayList<>(List.of(
                "snapshot",
                "restore",
                snapshot.toString(),
                "--name=" + name,
                "--data-dir=" + dataDir,
                "--initial-cluster=" + cluster,
                "--initial-advertise-peer-urls=" + peerUrl()));
        words.addAll(List.of(more));
        var err = new ByteArrayOutputStream();
        int exitCode = switch (CommandLine.parse(words.toArray(String[]::new), Map.of())) {
            case CommandLine.Result.Use(var tool) ->
                new Tools(System.out, new PrintStream(err, true, StandardCharsets.UTF_8), Path.of("unused")).run(tool);
            case CommandLine.Result.Print print -> throw new AssertionError(print.text());
            case CommandLine.Result.Run run -> throw new AssertionError(run.toString());
        };
        if (exitCode != 0) {
            throw new AssertionError(err.toString(StandardCharsets.UTF_8));
        }
        return this;
    }

    ServerConfig config() {
        var words = new ArrayList<>(List.of(
                "--name=" + name,
                "--data-dir=" + dataDir,
                "--listen-client-urls=http://127.0.0.1:" + ports.client(),
                "--advertise-client-urls=http://127.0.0.1:" + ports.client(),
                "--listen-peer-urls=" + peerUrl(),
                "--initial-advertise-peer-urls=" + peerUrl(),
                "--initial-cluster=" + cluster));
        words.addAll(flags);
        if (CommandLine.parse(words.toArray(String[]::new), Map.of())
                instanceof CommandLine.Result.Run(var config, var _)) {
            return config;
        }
        throw new AssertionError("flags are refused: " + words);
    }

    /// Begins to start it.
    RestoredMember start() {
        var started = new CompletableFuture<Server>();
        lives.server = started;
        lives.starter = Thread.ofPlatform().name("start of " + name).daemon().start(() -> {
            try {
                var server = Server.start(config(), dataDir.resolveSibling("native"), new RecordedEnding(lives.ended));
                server.awaitReady();
                started.complete(server);
            } catch (IOException | RuntimeException | InterruptedException | Error e) {
                started.completeExceptionally(e);
            }
        });
        return this;
    }

    RestoredMember awaitReady() {
        try {
            var _ = lives.server.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(name + " does not start: " + e, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// Returns when other members can reach it.
    void awaitPeerPort() {
        Awaitility.await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), ports.peer())) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /// Why it ended itself.
    String awaitEnd() {
        try {
            return lives.ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(name + " does not end", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    void stop() {
        var channel = lives.channel;
        if (channel != null) {
            channel.shutdownNow();
            lives.channel = null;
        }
        var starter = lives.starter;
        if (starter != null) {
            starter.interrupt();
            try {
                starter.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
            lives.starter = null;
        }
        if (lives.server.isDone() && !lives.server.isCompletedExceptionally()) {
            lives.server.join().close();
        }
        lives.server = new CompletableFuture<>();
    }

    /// `revision hash compacted`, as the recordings have it.
    String hash(long revision) {
        var answer = MaintenanceGrpc.newBlockingStub(channel())
                .hashKV(HashKVRequest.newBuilder().setRevision(revision).build());
        return answer.getHashRevision() + " " + Integer.toUnsignedString(answer.getHash()) + " "
                + answer.getCompactRevision();
    }

    long put(String key, String value) {
        return KVGrpc.newBlockingStub(channel())
                .put(PutRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setValue(ByteString.copyFromUtf8(value))
                        .build())
                .getHeader()
                .getRevision();
    }

    String get(String key) {
        var answer = KVGrpc.newBlockingStub(channel())
                .range(RangeRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .build());
        return answer.getKvsCount() == 0 ? "" : answer.getKvs(0).getValue().toStringUtf8();
    }

    /// TTL that was granted, and the keys that are tied to it.
    String lease(long id) {
        var answer = LeaseGrpc.newBlockingStub(channel())
                .leaseTimeToLive(LeaseTimeToLiveRequest.newBuilder()
                        .setID(id)
                        .setKeys(true)
                        .build());
        return answer.getGrantedTTL() + " "
                + answer.getKeysList().stream().map(ByteString::toStringUtf8).toList();
    }

    ManagedChannel channel() {
        var open = lives.channel;
        if (open == null) {
            open = NettyChannelBuilder.forAddress("127.0.0.1", ports.client())
                    .usePlaintext()
                    .maxInboundMessageSize(Integer.MAX_VALUE)
                    .build();
            lives.channel = open;
        }
        return open;
    }

    @Override
    public void close() {
        stop();
    }

    /// The thread that asks for the end goes no further, as if the process were gone.
    private record RecordedEnding(CompletableFuture<String> ended) implements Ending {
        @Override
        public void exit(String why) {
            ended.complete(why);
        }

        @Override
        public void leave(String why) {
            ended.complete(why);
        }

        @Override
        public void halt(String why) {
            ended.complete(why);
            throw new UncheckedIOException(why, new IOException("the process is gone"));
        }
    }
}
