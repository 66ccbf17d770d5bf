package io.metastore.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/// A Kubernetes of one node in a container, to which clusters are known as users make them known.
final class Kubernetes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final K3sContainer container;
    private final KubernetesClient client;

    private Kubernetes(K3sContainer container) {
        this.container = container;
        var config = new ConfigBuilder(Config.fromKubeconfig(container.getKubeConfigYaml()))
                .withNamespace("default")
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    static Kubernetes start() {
        var image = DockerImageName.parse(System.getProperty("k3s.image")).asCompatibleSubstituteFor("rancher/k3s");
        var host = DockerClientFactory.instance().dockerHostIpAddress();
        var container = new K3sContainer(image)
                .withCommand(
                        "server",
                        "--disable=traefik,metrics-server,servicelb,local-storage,coredns",
                        "--tls-san=" + host)
                .withCopyFileToContainer(MountableFile.forHostPath(CrdFile.CHECKED_IN), "/tmp/crds.yml");
        container.start();
        return new Kubernetes(container);
    }

    /// Applies the file, and returns when `kubectl` too has heard of it.
    void makeClustersKnown() {
        kubectl("apply --server-side -f /tmp/crds.yml");
        kubectl("wait --for=condition=Established --timeout=5m -f /tmp/crds.yml");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Stream.of("get msc", "explain msc.spec")
                        .allMatch(arguments -> run(arguments).getExitCode() == 0));
    }

    KubernetesClient client() {
        return client;
    }

    /// What `kubectl` prints.
    ///
    /// @throws AssertionError when it fails
    String kubectl(String arguments) {
        var result = run(arguments);
        assertThat(result.getExitCode())
                .as(arguments + ": " + result.getStderr())
                .isZero();
        return result.getStdout();
    }

    /// How it refuses.
    ///
    /// @throws AssertionError when it does not
    String refusalOf(String arguments) {
        var result = run(arguments);
        assertThat(result.getExitCode())
                .as(arguments + ": " + result.getStdout())
                .isNotZero();
        return result.getStderr();
    }

    private ExecResult run(String arguments) {
        try {
            return container.execInContainer("sh", "-c", "kubectl " + arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running kubectl " + arguments, e);
        }
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }
}
