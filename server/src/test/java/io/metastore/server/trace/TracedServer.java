package io.metastore.server.trace;

import com.google.protobuf.ByteString;
import etcdserverpb.CompactionRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.server.Server;
import io.metastore.server.cli.CommandLine;
import io.metastore.server.process.DataFolder;
import io.metastore.server.raft.watchdog.ToldEnding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A member inside this JVM, and a client of it.
final class TracedServer implements AutoCloseable {
    private static final ByteString KEY = ByteString.copyFromUtf8("k");

    private final DataFolder folder = DataFolder.create("trace-");
    private final Flags.Ports ports = Flags.Ports.free();
    private final Server server;
    private final ManagedChannel channel;

    /// @param flags besides those for its ports and its folder
    TracedServer(List<String> flags) throws IOException, InterruptedException {
        var all = new ArrayList<>(Flags.of(folder.path(), ports));
        all.add("--storage=memory");
        all.addAll(flags);
        if (!(CommandLine.parse(all.toArray(String[]::new), Map.of())
                instanceof CommandLine.Result.Run(var config, var _))) {
            throw new IllegalArgumentException("the flags are refused: " + all);
        }
        server = Server.start(config, folder.path().resolve("native"), ToldEnding.unexpected());
        server.awaitReady();
        channel = NettyChannelBuilder.forTarget(ports.client()).usePlaintext().build();
    }

    String endpoint() {
        return ports.client();
    }

    void put(int times) {
        var kv = KVGrpc.newBlockingStub(channel);
        for (int i = 0; i < times; i++) {
            var _ = kv.put(PutRequest.newBuilder().setKey(KEY).build());
        }
    }

    /// Of a revision that there is not.
    void compactTooFar() {
        try {
            var _ = KVGrpc.newBlockingStub(channel)
                    .compact(CompactionRequest.newBuilder().setRevision(1000).build());
        } catch (StatusRuntimeException _) {
            return;
        }
        throw new AssertionError("it should be refused");
    }

    void range() {
        var _ = KVGrpc.newBlockingStub(channel)
                .range(RangeRequest.newBuilder().setKey(KEY).build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.close();
        folder.close();
    }
}
