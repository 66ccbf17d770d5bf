package io.metastore.server.rest;

import io.metastore.server.config.Url;
import io.metastore.server.http.BodyRoom;
import io.metastore.server.http.HttpListener;
import io.metastore.server.http.HttpPipeline;
import io.metastore.server.http.ServerLoops;
import io.metastore.server.http.TlsHandshake;
import io.metastore.server.node.Node;
import io.metastore.server.request.Reason;
import io.metastore.server.tls.ServerTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Serves the REST API at its addresses.
public final class RestListener implements AutoCloseable {
    private static final int THREADS = 2;
    /// So many of the greatest bodies may be arriving at once.
    private static final int BODIES_AT_ONCE = 32;

    private final ServerLoops loops;
    private final List<HttpListener> listeners;
    private final RestSite site;

    private RestListener(ServerLoops loops, List<HttpListener> listeners, RestSite site) {
        this.loops = loops;
        this.listeners = listeners;
        this.site = site;
    }

    /// Where it is served.
    ///
    /// @param tls there is one if any of the URLs wants it
    public record Place(List<Url> urls, Optional<ServerTls> tls) {
        public Place {
            urls = List.copyOf(urls);
        }

        private List<InetSocketAddress> addresses(boolean secure) {
            return urls.stream()
                    .filter(url -> url.isSecure() == secure)
                    .map(url -> new InetSocketAddress(url.host(), url.port()))
                    .toList();
        }
    }

    /// Listens; requests wait until `ready`.
    ///
    /// @param texts what the cause of a refusal is called
    /// @throws UncheckedIOException when one of the addresses cannot be listened on; then none is
    public static RestListener start(Place place, Node node, Function<Reason, String> texts) {
        var site = new RestSite(node, new Replies(texts), new Callers(node, new SecureRandom()));
        int body = node.limits().maxRequestBytes();
        var pipeline = new HttpPipeline(site, new BodyRoom(body, (long) body * BODIES_AT_ONCE));
        var loops = ServerLoops.start("rest", THREADS);
        try {
            return new RestListener(loops, listeners(place, loops, pipeline), site);
        } catch (IOException e) {
            loops.close();
            throw new UncheckedIOException("cannot listen on " + place.urls(), e);
        }
    }

    private static List<HttpListener> listeners(Place place, ServerLoops loops, HttpPipeline pipeline)
            throws IOException {
        var plain = HttpListener.start(
                place.addresses(false), loops.group(), loops.channelType(), _ -> pipeline.beginning());
        var secure = place.addresses(true);
        if (secure.isEmpty()) {
            return List.of(plain);
        }
        var tls = place.tls().orElseThrow();
        return List.of(
                plain,
                HttpListener.start(
                        secure, loops.group(), loops.channelType(), _ -> new TlsHandshake(tls, pipeline.beginning())));
    }

    /// This member is ready: requests are carried out, those first that came before.
    public void ready() {
        site.ready();
    }

    /// Where this listens, with the ports that the system chose.
    public List<InetSocketAddress> addresses() {
        return listeners.stream()
                .flatMap(listener -> listener.addresses().stream())
                .flatMap(address -> address instanceof InetSocketAddress internet ? Stream.of(internet) : Stream.of())
                .toList();
    }

    @Override
    public void close() {
        listeners.forEach(HttpListener::close);
        loops.close();
    }
}
