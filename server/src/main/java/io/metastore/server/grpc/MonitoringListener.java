package io.metastore.server.grpc;

import io.metastore.server.http.BodyRoom;
import io.metastore.server.http.HttpListener;
import io.metastore.server.http.HttpPipeline;
import io.metastore.server.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/// Serves health and metrics, and nothing else: for a member that has no clients.
public final class MonitoringListener implements AutoCloseable {
    /// Nobody has to send one to ask for a page.
    private static final int BODY = 4096;

    private final EventLoops loops;
    private final HttpListener listener;

    private MonitoringListener(EventLoops loops, HttpListener listener) {
        this.loops = loops;
        this.listener = listener;
    }

    /// Listens at the addresses for metrics; there may be none.
    ///
    /// @throws UncheckedIOException when one of them cannot be listened on; then none is
    public static MonitoringListener start(GrpcSettings settings, Node node, Telemetry telemetry) {
        var loops = new EventLoops(1);
        try {
            var site = new ClientSite(node, telemetry, new BlockingCalls(1)).monitoring();
            var pipeline = new HttpPipeline(site, new BodyRoom(BODY, (long) BODY * Byte.MAX_VALUE));
            return new MonitoringListener(loops, listen(settings, loops, pipeline));
        } catch (IOException e) {
            loops.close();
            throw new UncheckedIOException("cannot listen on " + settings.http().metricsAddresses(), e);
        }
    }

    private static HttpListener listen(GrpcSettings settings, EventLoops loops, HttpPipeline pipeline)
            throws IOException {
        return HttpListener.start(settings.http().metricsAddresses(), loops.group(), loops.channelType(), local -> {
            var plain = pipeline.beginning();
            return settings.security().map(ports -> ports.before(local, plain)).orElse(plain);
        });
    }

    /// Where this listens, with the ports that the system chose.
    public List<InetSocketAddress> addresses() {
        return listener.addresses().stream().map(InetSocketAddress.class::cast).toList();
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
