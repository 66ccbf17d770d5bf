package io.metastore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.Client;
import io.metastore.server.process.MemberProcess;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real Kubernetes that keeps its objects here, as in etcd.
@Tag("containers")
@Timeout(900)
class KubernetesDatastoreIT {
    private static final int PODS = 20;
    private static final int CONFIG_MAPS = 2000;

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers: [{name: pause, image: "localhost/k3s/pause:3.10", imagePullPolicy: Never}]
            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void itWorksOverTheDeathOfAMemberAndOverARestartOfEverything(int members) {
        try (var cluster = Cluster.start(gateway(), members);
                var kubernetes = Kubernetes.on(cluster.members().stream()
                        .map(member -> "http://" + member.endpoint())
                        .toList())) {
            kubernetes.create("web.yaml", DEPLOYMENT);
            kubernetes.kubectl("scale deployment web --replicas=" + PODS);
            kubernetes.create("maps.yaml", configMaps());
            assertThat(namesOf(kubernetes, "configmaps --chunk-size=300 -l of=test"))
                    .hasSize(CONFIG_MAPS);
            await().until(() -> readyPods(kubernetes).equals(String.valueOf(PODS)));

            kubernetes.shell("(kubectl get configmaps -w -o name >/tmp/watched 2>&1 &)");
            await().until(() -> watched(kubernetes, "test-1999"));
            killOne(cluster);
            kubernetes.kubectl("create configmap after-kill");
            await().until(() -> watched(kubernetes, "after-kill"));
            cluster.startAll();
            awaitCompaction(cluster);

            kubernetes.stop();
            cluster.members().forEach(MemberProcess::terminate);
            cluster.startAll();
            kubernetes.startAgain();
            assertThat(namesOf(kubernetes, "configmaps -l of=test")).hasSize(CONFIG_MAPS);
            kubernetes.kubectl("scale deployment web --replicas=1");
            await().until(() -> namesOf(kubernetes, "pods -l app=web").length == 1);
        }
    }

    /// With a single one, somebody else must start it again.
    private static void killOne(Cluster cluster) {
        var member = cluster.members().getFirst();
        member.kill();
        if (cluster.members().size() == 1) {
            cluster.startAll();
        }
    }

    /// The API server gives up history that is older than two of its intervals.
    private static void awaitCompaction(Cluster cluster) {
        var endpoints = cluster.members().stream()
                .map(member -> "http://" + member.endpoint())
                .toList();
        try (var client =
                Client.builder().endpoints(endpoints.toArray(String[]::new)).build()) {
            var maintenance = client.getMaintenanceClient();
            await().until(() -> endpoints.stream().allMatch(endpoint -> isCompacted(maintenance.hashKV(endpoint, 2))));
        }
    }

    private static boolean isCompacted(CompletableFuture<?> answer) {
        return answer.handle((_, failure) ->
                        failure != null && String.valueOf(failure).contains("has been compacted"))
                .join();
    }

    private static boolean watched(Kubernetes kubernetes, String name) {
        return kubernetes.shell("cat /tmp/watched").contains("configmap/" + name + "\n");
    }

    private static String readyPods(Kubernetes kubernetes) {
        return kubernetes.kubectl("get deployment web -o jsonpath={.status.readyReplicas}");
    }

    private static String[] namesOf(Kubernetes kubernetes, String what) {
        return kubernetes.kubectl("get " + what + " -o name").strip().split("\n");
    }

    private static String configMaps() {
        return IntStream.range(0, CONFIG_MAPS)
                .mapToObj(i -> """
                        ---
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: test-%d, labels: {of: test}}
                        data: {number: "%d"}
                        """.formatted(i, i))
                .collect(Collectors.joining());
    }

    /// Where containers reach this machine: the engine's own end of its default network.
    private static String gateway() {
        try {
            var bridge = NetworkInterface.getByName("docker0");
            return bridge.inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst()
                    .orElseThrow();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Kubernetes.PATIENCE).pollInterval(Duration.ofMillis(250));
    }
}
