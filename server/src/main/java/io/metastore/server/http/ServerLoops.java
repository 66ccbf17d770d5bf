package io.metastore.server.http;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/// Threads that serve connections. Epoll where the system has it.
///
/// @param channelType of what listens with these threads
public record ServerLoops(EventLoopGroup group, Class<? extends ServerChannel> channelType) implements AutoCloseable {
    /// Starts threads, which wait for connections.
    ///
    /// @param name of the threads
    public static ServerLoops start(String name, int threads) {
        boolean epoll = Epoll.isAvailable();
        var handler = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new ServerLoops(
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handler),
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
    }

    /// Ends all connections.
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
