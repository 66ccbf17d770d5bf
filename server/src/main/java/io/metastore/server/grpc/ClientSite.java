package io.metastore.server.grpc;

import io.metastore.server.grpc.gateway.Gateway;
import io.metastore.server.grpc.http.Access;
import io.metastore.server.grpc.http.Endpoint;
import io.metastore.server.grpc.http.Health;
import io.metastore.server.grpc.http.HealthPage;
import io.metastore.server.grpc.http.Page;
import io.metastore.server.grpc.http.ProbePages;
import io.metastore.server.grpc.http.Site;
import io.metastore.server.grpc.http.VarsPage;
import io.metastore.server.grpc.http.Versions;
import io.metastore.server.node.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is served over plain HTTP: the pages about this member, and the gateway.
final class ClientSite {
    private final Map<String, Page> probes;
    private final Map<String, Page> about;

    ClientSite(Node node) {
        // A probe reads nothing from the disk, so it runs where its answer is ready.
        var health =
                Health.of(node, Runnable::run, reason -> EtcdError.of(reason).text());
        var pages = new HashMap<String, Page>(ProbePages.of(health));
        pages.put("/health", new HealthPage(health));
        probes = Map.copyOf(pages);
        about = Map.of("/version", Versions.page(), "/debug/vars", new VarsPage(Variables.of(node)));
    }

    /// For clients.
    ///
    /// @param gateway none when it is switched off
    Site clients(Access access, Optional<Gateway> gateway) {
        var endpoints = endpoints(probes);
        endpoints.putAll(endpoints(about));
        gateway.ifPresent(json -> endpoints.put("/v3/", json));
        return new Site(access, endpoints);
    }

    /// For those who watch over this member; they come from anywhere.
    Site monitoring() {
        return new Site(Access.OPEN, endpoints(probes));
    }

    private static Map<String, Endpoint> endpoints(Map<String, Page> pages) {
        var endpoints = new HashMap<String, Endpoint>();
        pages.forEach((path, page) -> endpoints.put(path, page.endpoint()));
        return endpoints;
    }
}
