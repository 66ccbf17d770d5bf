package io.metastore.operator.testkit;

import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.metastore.crds.MetaStoreCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// An API server in memory on a loopback port. It has no schema, defaults, CEL, garbage collection or
/// kubelet.
public final class MockKubernetes implements AutoCloseable {
    private final ApplyDispatcher dispatcher = new ApplyDispatcher();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);

    private MockKubernetes() {}

    public static MockKubernetes start() {
        var kubernetes = new MockKubernetes();
        kubernetes.server.init();
        kubernetes.server.expectCustomResource(
                CustomResourceDefinitionContext.fromCustomResourceType(MetaStoreCluster.class));
        return kubernetes;
    }

    /// A client over the HTTP library of production, whichever else is on the class path.
    public NamespacedKubernetesClient client() {
        return server.createClient(new JdkHttpClientFactory());
    }

    /// Requests that changed something or tried to, method and path, the oldest first.
    public List<String> changes() {
        return dispatcher.changes();
    }

    /// Every path that was ever asked for, whatever for.
    public Set<String> paths() {
        return dispatcher.paths();
    }

    /// This change from now on, 1 for the next, fails; those after it succeed again.
    public void refuseChange(int number) {
        dispatcher.refuseChange(number);
    }

    @Override
    public void close() {
        server.destroy();
    }
}
