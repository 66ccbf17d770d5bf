package io.metastore.server.grpc;

import io.metastore.server.grpc.gateway.Gateway;
import io.metastore.server.grpc.http.EtcdSite;
import io.metastore.server.grpc.http.Health;
import io.metastore.server.grpc.http.HealthPage;
import io.metastore.server.grpc.http.MetricsPage;
import io.metastore.server.grpc.http.ProbePages;
import io.metastore.server.grpc.http.VarsPage;
import io.metastore.server.grpc.http.Versions;
import io.metastore.server.http.Access;
import io.metastore.server.http.Answer;
import io.metastore.server.http.Endpoint;
import io.metastore.server.http.Exchange;
import io.metastore.server.http.Page;
import io.metastore.server.http.Site;
import io.metastore.server.node.Node;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/// What is served over plain HTTP: the pages about this member, and the gateway.
final class ClientSite {
    private static final String NAME_IS_IGNORED =
            "CommonName of client sending a request against gateway will be ignored and not used as expected";

    private final Node node;
    private final Map<String, Endpoint> probes;
    private final Map<String, Endpoint> about;

    /// @param elsewhere runs what takes too long for an event loop
    ClientSite(Node node, Telemetry telemetry, Executor elsewhere) {
        this.node = node;
        // A probe reads nothing from the disk, so it runs where its answer is ready.
        var health =
                Health.of(node, Runnable::run, reason -> EtcdError.of(reason).text());
        var pages = new HashMap<String, Page>(ProbePages.of(health, telemetry.probes()));
        pages.put("/health", new HealthPage(health, telemetry.probes()));
        probes = endpoints(pages);
        probes.put("/metrics", new MetricsPage(telemetry.metrics(), elsewhere));
        about = endpoints(Map.of(
                "/version",
                Versions.page(node.downgrades()::version),
                "/debug/vars",
                new VarsPage(Variables.of(node))));
    }

    /// For clients.
    ///
    /// @param gateway none when it is switched off
    Site clients(Access access, Optional<Gateway> gateway) {
        var endpoints = new HashMap<>(probes);
        endpoints.putAll(about);
        gateway.ifPresent(json -> endpoints.put("/v3/", exchange -> serve(json, exchange)));
        return new EtcdSite(access, endpoints);
    }

    /// A user who is known by a certificate would be somebody else behind the gateway, or nobody.
    private void serve(Gateway gateway, Exchange exchange) {
        if (exchange.commonName().isPresent() && node.users().isAuthEnabled()) {
            exchange.answer(Answer.error(HttpResponseStatus.BAD_REQUEST, NAME_IS_IGNORED));
        } else {
            gateway.serve(exchange);
        }
    }

    /// For those who watch over this member; they come from anywhere.
    Site monitoring() {
        return new EtcdSite(Access.OPEN, probes);
    }

    private static Map<String, Endpoint> endpoints(Map<String, Page> pages) {
        var endpoints = new HashMap<String, Endpoint>();
        pages.forEach((path, page) -> endpoints.put(path, page.endpoint()));
        return endpoints;
    }
}
