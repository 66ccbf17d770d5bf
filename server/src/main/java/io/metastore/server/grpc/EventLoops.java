package io.metastore.server.grpc;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The threads that serve all connections, whatever they speak. Epoll where the system has it.
final class EventLoops implements AutoCloseable {
    private final EventLoopGroup group;
    private final Class<? extends ServerChannel> channelType;
    private final Map<EventLoop, LoopExecutor> executors = new HashMap<>();

    EventLoops(int threads) {
        boolean epoll = Epoll.isAvailable();
        var handler = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("grpc", true), handler);
        channelType = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        group.forEach(executor -> {
            var loop = (EventLoop) executor;
            executors.put(loop, new LoopExecutor(loop));
        });
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> channelType() {
        return channelType;
    }

    LoopExecutor executor(EventLoop loop) {
        return Objects.requireNonNull(executors.get(loop), "a loop of another group");
    }

    Map<EventLoop, LoopExecutor> executors() {
        return Map.copyOf(executors);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
