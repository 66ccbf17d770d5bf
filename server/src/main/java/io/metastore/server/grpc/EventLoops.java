package io.metastore.server.grpc;

import io.metastore.server.http.ServerLoops;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The threads that serve all connections, whatever they speak, and how calls run on them.
final class EventLoops implements AutoCloseable {
    private final ServerLoops loops;
    private final Map<EventLoop, LoopExecutor> executors = new HashMap<>();

    EventLoops(int threads) {
        loops = ServerLoops.start("grpc", threads);
        loops.group().forEach(executor -> {
            var loop = (EventLoop) executor;
            executors.put(loop, new LoopExecutor(loop));
        });
    }

    EventLoopGroup group() {
        return loops.group();
    }

    Class<? extends ServerChannel> channelType() {
        return loops.channelType();
    }

    LoopExecutor executor(EventLoop loop) {
        return Objects.requireNonNull(executors.get(loop), "a loop of another group");
    }

    Map<EventLoop, LoopExecutor> executors() {
        return Map.copyOf(executors);
    }

    @Override
    public void close() {
        loops.close();
    }
}
