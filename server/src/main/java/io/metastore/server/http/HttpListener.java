package io.metastore.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Serves HTTP/1.1, and nothing else, at some addresses. Connections end with the event loops.
public final class HttpListener implements AutoCloseable {
    private final List<Channel> listening = new ArrayList<>();

    private HttpListener() {}

    /// How connections begin.
    public interface Beginning {
        /// The first handler of a new connection to this address.
        ChannelHandler of(SocketAddress local);
    }

    /// Listens at all of the addresses.
    ///
    /// @throws IOException when it cannot at one of them; then it does at none
    public static HttpListener start(
            List<InetSocketAddress> addresses,
            EventLoopGroup loops,
            Class<? extends ServerChannel> channelType,
            Beginning beginning)
            throws IOException {
        var listener = new HttpListener();
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(channelType)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(beginning.of(channel.localAddress()));
                    }
                });
        for (var address : addresses) {
            var bound = bootstrap.bind(address).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                listener.close();
                throw new IOException("cannot listen on " + address, bound.cause());
            }
            listener.listening.add(bound.channel());
        }
        return listener;
    }

    /// Where it listens, with the ports that the system chose.
    public List<SocketAddress> addresses() {
        return listening.stream().map(Channel::localAddress).toList();
    }

    @Override
    public void close() {
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
    }
}
