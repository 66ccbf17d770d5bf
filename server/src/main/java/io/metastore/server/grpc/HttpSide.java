package io.metastore.server.grpc;

import io.metastore.server.grpc.gateway.Gateway;
import io.metastore.server.http.BodyRoom;
import io.metastore.server.http.HttpListener;
import io.metastore.server.http.HttpPipeline;
import io.metastore.server.http.Site;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// HTTP beside gRPC: on gRPC's port, or on ports of its own.
final class HttpSide implements AutoCloseable {
    /// JSON is longer than the message it stands for, by a third at least.
    private static final int BODY_FOR_A_MESSAGE = 4;

    private static final int LARGEST_BODIES_AT_ONCE = 8;

    private final GrpcSettings.Http settings;
    private final Optional<SecurePorts> security;
    private final EventLoops loops;
    private final HttpPipeline clients;
    private final HttpPipeline monitoring;
    private final List<HttpListener> listeners = new ArrayList<>();

    private HttpSide(GrpcSettings settings, EventLoops loops, HttpPipeline clients, HttpPipeline monitoring) {
        this.settings = settings.http();
        this.security = settings.security();
        this.loops = loops;
        this.clients = clients;
        this.monitoring = monitoring;
    }

    /// @param elsewhere runs what takes too long for an event loop
    static HttpSide of(
            GrpcSettings settings, EventLoops loops, InnerServices services, ClientSite site, Executor elsewhere) {
        int message = settings.limits().maxMessageBytes();
        int body = (int) Math.min((long) message * BODY_FOR_A_MESSAGE, Integer.MAX_VALUE / 2);
        var room = new BodyRoom(body, (long) body * LARGEST_BODIES_AT_ONCE);
        var gateway = settings.http().gateway()
                ? Optional.of(new Gateway(services::channel, elsewhere, message))
                : Optional.<Gateway>empty();
        Site clients = site.clients(settings.http().access(), gateway);
        return new HttpSide(
                settings, loops, new HttpPipeline(clients, room), new HttpPipeline(site.monitoring(), room));
    }

    /// What serves HTTP on gRPC's port; nothing when it has ports of its own.
    Optional<HttpPipeline> shared() {
        return settings.addresses().isEmpty() ? Optional.of(clients) : Optional.empty();
    }

    /// Listens on the ports of its own.
    void start() throws IOException {
        listeners.add(listener(settings.addresses(), clients));
        listeners.add(listener(settings.metricsAddresses(), monitoring));
    }

    private HttpListener listener(List<InetSocketAddress> addresses, HttpPipeline pipeline) throws IOException {
        return HttpListener.start(addresses, loops.group(), loops.channelType(), local -> {
            var plain = pipeline.beginning();
            return security.map(ports -> ports.before(local, plain)).orElse(plain);
        });
    }

    List<InetSocketAddress> addresses() {
        return listeners.stream()
                .flatMap(listener -> listener.addresses().stream())
                .map(InetSocketAddress.class::cast)
                .toList();
    }

    @Override
    public void close() {
        listeners.forEach(HttpListener::close);
    }
}
