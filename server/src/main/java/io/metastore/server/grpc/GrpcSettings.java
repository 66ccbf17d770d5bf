package io.metastore.server.grpc;

import io.metastore.server.config.HttpConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.Url;
import io.metastore.server.http.Access;
import io.metastore.server.tls.ServerTls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How clients are served.
///
/// @param addresses where to listen; port 0 lets the system choose
/// @param eventLoops threads that serve all connections, at least 1
/// @param blockingCalls calls that may read from the disk, or wait, at the same time; others wait for their turn
/// @param security which addresses speak TLS; none when nothing is said
/// @param electionTimeout after three of these without a leader, streams that require one end
/// @param stopTimeout how long calls that are under way may take when the listener closes
public record GrpcSettings(
        List<InetSocketAddress> addresses,
        int eventLoops,
        int blockingCalls,
        Limits limits,
        KeepAlive keepAlive,
        Http http,
        Optional<SecurePorts> security,
        Duration electionTimeout,
        Duration stopTimeout) {
    public GrpcSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address to listen on");
        }
        if (eventLoops < 1 || blockingCalls < 1) {
            throw new IllegalArgumentException(
                    "at least one event loop and one blocking call: " + eventLoops + ", " + blockingCalls);
        }
        if (!electionTimeout.isPositive()) {
            throw new IllegalArgumentException("the election timeout must be positive: " + electionTimeout);
        }
    }

    /// etcd's defaults, with as many threads as the machine has use for.
    public static GrpcSettings standard(List<InetSocketAddress> addresses) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new GrpcSettings(
                addresses,
                Math.clamp(processors / 2, 1, 4),
                Math.max(16, 4 * processors),
                Limits.STANDARD,
                KeepAlive.STANDARD,
                Http.STANDARD,
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }

    /// What the configuration says of clients.
    ///
    /// @param tls what addresses with https are served with; without it there are none
    public static GrpcSettings of(ServerConfig config, Optional<ServerTls> tls) {
        var limits = config.limits();
        var keepAlive = config.keepAlive();
        var standard = standard(addresses(config.listeners().clientUrls()));
        return new GrpcSettings(
                standard.addresses(),
                standard.eventLoops(),
                standard.blockingCalls(),
                new Limits(
                        limits.maxRequestBytes(),
                        limits.maxTransactionOperations(),
                        Math.clamp(limits.maxConcurrentStreams(), 1, Integer.MAX_VALUE)),
                new KeepAlive(keepAlive.minTime(), keepAlive.interval(), keepAlive.timeout()),
                Http.of(config.http()),
                tls.map(means -> SecurePorts.of(means, config)),
                config.raft().electionTimeout(),
                standard.stopTimeout());
    }

    private static List<InetSocketAddress> addresses(List<Url> urls) {
        return urls.stream()
                .map(url -> new InetSocketAddress(url.host(), url.port()))
                .distinct() // http and https on one address share it
                .toList();
    }

    /// Plain HTTP.
    ///
    /// @param addresses where it is served alone; empty: on the addresses of gRPC
    /// @param metricsAddresses where health is served besides
    /// @param gateway whether there is the JSON gateway
    public record Http(
            List<InetSocketAddress> addresses,
            List<InetSocketAddress> metricsAddresses,
            Access access,
            boolean gateway) {
        public static final Http STANDARD = new Http(List.of(), List.of(), Access.OPEN, true);

        public Http {
            addresses = List.copyOf(addresses);
            metricsAddresses = List.copyOf(metricsAddresses);
        }

        static Http of(HttpConfig config) {
            return new Http(
                    GrpcSettings.addresses(config.urls()),
                    GrpcSettings.addresses(config.metricsUrls()),
                    new Access(config.hosts(), config.origins()),
                    config.gateway());
        }
    }

    /// What one client may ask for.
    ///
    /// @param maxRequestBytes the size of a change, as etcd measures it; a message may be 512 KiB larger
    /// @param maxTransactionOperations compares, and steps of each branch, of a transaction
    /// @param maxConcurrentStreams calls on one connection at the same time
    public record Limits(int maxRequestBytes, int maxTransactionOperations, int maxConcurrentStreams) {
        private static final int OVERHEAD_BYTES = 512 * 1024;

        public static final Limits STANDARD = new Limits(1_572_864, 128, Integer.MAX_VALUE);

        public Limits {
            if (maxRequestBytes < 1 || maxConcurrentStreams < 1) {
                throw new IllegalArgumentException(
                        "limits must be positive: " + maxRequestBytes + ", " + maxConcurrentStreams);
            }
        }

        /// The largest message that is read at all.
        int maxMessageBytes() {
            return Math.addExact(maxRequestBytes, OVERHEAD_BYTES);
        }
    }

    /// Pings on connections.
    ///
    /// @param minTime a client that pings more often, or without a call, is sent away
    /// @param interval after how much quiet the server pings; gRPC for Java makes it 10 seconds at least
    /// @param timeout how long it waits for the answer before it closes the connection
    public record KeepAlive(Duration minTime, Duration interval, Duration timeout) {
        public static final KeepAlive STANDARD =
                new KeepAlive(Duration.ofSeconds(5), Duration.ofHours(2), Duration.ofSeconds(20));

        public KeepAlive {
            if (!minTime.isPositive() || !interval.isPositive() || !timeout.isPositive()) {
                throw new IllegalArgumentException(
                        "times of pings must be positive: " + minTime + ", " + interval + ", " + timeout);
            }
        }
    }
}
