package io.metastore.server.mysql;

import io.metastore.server.config.MysqlConfig;
import io.metastore.server.mysql.login.Login;
import io.metastore.server.mysql.login.RsaKey;
import io.metastore.server.mysql.packet.FrameDecoder;
import io.metastore.server.mysql.packet.Wire;
import io.metastore.server.mysql.sql.Cancellation;
import io.metastore.server.mysql.sql.Surroundings;
import io.metastore.server.node.Node;
import io.metastore.server.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Accepts MySQL's clients. The threads of the event loop only move bytes; each connection has a
/// virtual thread that waits for commands and carries them out.
public final class MysqlListener implements AutoCloseable {
    private static final String VERSION = "8.0.40-MetaStore";
    private static final int LOW_WATER = 32 * 1024;
    private static final int HIGH_WATER = 256 * 1024;
    private static final int BACKLOG = 512;

    private final EventLoopGroup loops;
    private final Channel listening;
    private final OpenConnections connections;

    private MysqlListener(EventLoopGroup loops, Channel listening, OpenConnections connections) {
        this.loops = loops;
        this.listening = listening;
        this.connections = connections;
    }

    /// What a listener needs besides its settings.
    ///
    /// @param tls for clients that want it
    /// @param clock for the functions of SQL that tell the time
    public record Site(Node node, Optional<ServerTls> tls, Clock clock) {}

    /// Listens; connections wait until `ready`.
    ///
    /// @throws UncheckedIOException when the address cannot be listened on
    public static MysqlListener start(MysqlConfig config, MysqlConfig.Address address, Site site) {
        var connections = new OpenConnections(config.maxConnections());
        var login = new Login(
                new NodeAccounts(site.node(), config),
                new RsaKey(),
                new Login.Offer(VERSION, site.tls().isPresent(), config.requiresTls()),
                new SecureRandom());
        var surroundings = new Surroundings(
                site.node(),
                site.clock(),
                Map.of(
                        "wait_timeout", String.valueOf(config.idle().toSeconds()),
                        "interactive_timeout", String.valueOf(config.idle().toSeconds()),
                        "max_allowed_packet", String.valueOf(config.maxPacketBytes()),
                        "max_connections", String.valueOf(config.maxConnections()),
                        "port", String.valueOf(address.port())),
                connections);
        boolean epoll = Epoll.isAvailable();
        var loops = new MultiThreadIoEventLoopGroup(
                2,
                new DefaultThreadFactory("mysql", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER, HIGH_WATER))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open(channel, config, site, connection(channel, login, surroundings, connections));
                    }
                });
        var where = address.host().isEmpty()
                ? new InetSocketAddress(address.port())
                : new InetSocketAddress(address.host(), address.port());
        var bound = bootstrap.bind(where).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new UncheckedIOException(
                    "cannot listen for MySQL on " + where, new java.io.IOException(bound.cause()));
        }
        return new MysqlListener(loops, bound.channel(), connections);
    }

    private record Opened(Wire wire, Connection connection) {}

    private static Opened connection(
            Channel channel, Login login, Surroundings surroundings, OpenConnections connections) {
        var cancellation = new Cancellation();
        var wire = new Wire(channel, cancellation::killConnection);
        return new Opened(wire, new Connection(wire, login, surroundings, connections, cancellation));
    }

    private static void open(Channel channel, MysqlConfig config, Site site, Opened opened) {
        channel.pipeline()
                .addLast(
                        "frames",
                        new FrameDecoder(
                                config.maxPacketBytes(),
                                site.tls().isPresent(),
                                context -> site.tls().ifPresent(tls -> startTls(context, tls))))
                .addLast("wire", opened.wire());
        Thread.ofVirtual().name("mysql").start(opened.connection());
    }

    private static void startTls(ChannelHandlerContext context, ServerTls tls) {
        var caller = (InetSocketAddress) context.channel().remoteAddress();
        context.pipeline().addFirst("tls", new SslHandler(tls.engine(caller)));
    }

    /// This member is ready: clients are let in, those first that came before. One that is still going through its log
    /// would answer, and let in, by what held at that moment of it.
    public void ready() {
        listening.config().setAutoRead(true);
    }

    /// Where this listens, with the port that the system chose.
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        connections.closeAll();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
