package io.metastore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// A Kubernetes of one node whose API server keeps its data in a cluster of ours. It is spoken to with its own
/// `kubectl`.
final class Kubernetes implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final K3sContainer container;

    private Kubernetes(K3sContainer container) {
        this.container = container;
    }

    /// Starts it and returns when its node is ready.
    ///
    /// @param endpoints URLs under which a container reaches the members
    static Kubernetes on(List<String> endpoints) {
        var image = DockerImageName.parse(System.getProperty("k3s.image")).asCompatibleSubstituteFor("rancher/k3s");
        var container = new K3sContainer(image)
                .withEnv("K3S_DATASTORE_ENDPOINT", String.join(",", endpoints))
                .withCommand(
                        "server",
                        "--disable=traefik,metrics-server,servicelb",
                        "--kube-apiserver-arg=etcd-compaction-interval=5s");
        container.start();
        var kubernetes = new Kubernetes(container);
        kubernetes.awaitReady();
        return kubernetes;
    }

    void awaitReady() {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> kubectl("get nodes").contains(" Ready"));
    }

    /// What `kubectl` prints.
    ///
    /// @throws AssertionError when it fails
    String kubectl(String arguments) {
        return shell("kubectl " + arguments);
    }

    /// Creates objects from a file.
    void create(String name, String yaml) {
        container.copyFileToContainer(Transferable.of(yaml), "/tmp/" + name);
        kubectl("create -f /tmp/" + name);
    }

    String shell(String command) {
        try {
            ExecResult result = container.execInContainer("sh", "-c", command);
            assertThat(result.getExitCode())
                    .as(command + ": " + result.getStderr())
                    .isZero();
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }

    /// Stops it without losing what is in its container.
    void stop() {
        container.getDockerClient().stopContainerCmd(container.getContainerId()).exec();
    }

    void startAgain() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        awaitReady();
    }

    @Override
    public void close() {
        container.stop();
    }
}
