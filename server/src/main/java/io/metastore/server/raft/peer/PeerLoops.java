package io.metastore.server.raft.peer;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.util.NettyUtils;

/// The threads that carry all messages between this member and the others, in both directions. A thread that is awake
/// for one message finds the next ones; waking one costs as much as handling several of them.
public final class PeerLoops implements Executor, AutoCloseable {
    private static final int PROCESSORS_FOR_ONE = 4;
    private static final long LAST_WORDS_MILLIS = 300;

    private final EventLoopGroup group;
    private final Traffic traffic;

    /// Nobody is told what passes.
    public PeerLoops() {
        this(Traffic.unmeasured());
    }

    /// @param traffic is told what passes
    public PeerLoops(Traffic traffic) {
        this.traffic = traffic;
        int threads = Runtime.getRuntime().availableProcessors() <= PROCESSORS_FOR_ONE ? 1 : 2;
        group = NettyUtils.newEventLoopGroup("metastore-peers", threads, true);
    }

    /// Runs `task` on one of the threads, after what that one does now; dropped after the end.
    @Override
    public void execute(Runnable task) {
        try {
            group.execute(task);
        } catch (RejectedExecutionException e) {
            // this member is stopping: nobody waits any more
        }
    }

    Traffic traffic() {
        return traffic;
    }

    NettyServerBuilder serve(NettyServerBuilder builder) {
        return builder.channelType(NettyUtils.getServerChannelClass(group))
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .addStreamTracerFactory(traffic);
    }

    NettyChannelBuilder connect(NettyChannelBuilder builder) {
        return builder.channelType(NettyUtils.getSocketChannelClass(group))
                .eventLoopGroup(group)
                .intercept(traffic);
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    }
}
