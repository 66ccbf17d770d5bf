package io.metastore.server.grpc;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.Url;
import io.metastore.server.grpc.http.FirstByte;
import io.metastore.server.grpc.http.NegotiatedTls;
import io.metastore.server.tls.ServerTls;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which of the addresses for clients speak TLS. One that stands in both lists speaks both.
public record SecurePorts(ServerTls tls, List<InetSocketAddress> secure, List<InetSocketAddress> plain) {
    public SecurePorts {
        secure = List.copyOf(secure);
        plain = List.copyOf(plain);
    }

    /// What the URLs of the configuration say.
    public static SecurePorts of(ServerTls tls, ServerConfig config) {
        return new SecurePorts(tls, addresses(config, Url::isSecure), addresses(config, url -> !url.isSecure()));
    }

    private static List<InetSocketAddress> addresses(ServerConfig config, Predicate<Url> kind) {
        return Stream.of(
                        config.listeners().clientUrls(),
                        config.http().urls(),
                        config.http().metricsUrls())
                .flatMap(List::stream)
                .filter(kind)
                .map(url -> new InetSocketAddress(url.host(), url.port()))
                .toList();
    }

    /// The first handler of a connection to this address, where `handler` is the first of one that is plain.
    ChannelHandler before(SocketAddress local, ChannelHandler handler) {
        if (!listed(secure, local)) {
            return handler;
        }
        var handshake = new NegotiatedTls(tls, handler);
        return listed(plain, local) ? new FirstByte(handshake, handler) : handshake;
    }

    private static boolean listed(List<InetSocketAddress> addresses, SocketAddress local) {
        return local instanceof InetSocketAddress internet
                && addresses.stream().anyMatch(address -> covers(address, internet));
    }

    private static boolean covers(InetSocketAddress listening, InetSocketAddress local) {
        boolean port = listening.getPort() == 0 || listening.getPort() == local.getPort();
        var address = listening.getAddress();
        return port && (address.isAnyLocalAddress() || address.equals(local.getAddress()));
    }
}
