package io.metastore.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.cluster.Caretaker;
import io.metastore.operator.cluster.ClusterReconciler;
import io.metastore.operator.config.OperatorConfig;
import io.metastore.operator.member.GrpcMembers;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;

/// The program.
public final class OperatorMain {
    private static final int MISUSED = 2;
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(20);

    private OperatorMain() {}

    /// Looks after clusters until the process is told to stop. Exit code 2 for settings that cannot be
    /// used; the process ends when another operator took over.
    public static void main(String[] arguments) {
        Security.setProperty("networkaddress.cache.ttl", "5");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        try {
            run(OperatorConfig.of(System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println("metastore-operator: " + e.getMessage());
            System.exit(MISUSED);
        }
    }

    private static void run(OperatorConfig config) {
        var client = new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withConfig(Config.autoConfigure(null))
                .build();
        var operator = operator(client, config);
        var health =
                new Health(config.healthPort(), () -> operator.getRuntimeInfo().allEventSourcesAreHealthy());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            operator.stop();
                            health.close();
                            client.close();
                        },
                        "metastore-operator-stop"));
        operator.start();
    }

    /// Registered, not started.
    static Operator operator(KubernetesClient client, OperatorConfig config) {
        var operator = new Operator(settings -> {
            settings.withKubernetesClient(client)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withStopOnInformerErrorDuringStartup(false)
                    .withReconciliationTerminationTimeout(STOP)
                    .withCloseClientOnStop(false);
            if (!config.identity().isEmpty()) {
                settings.withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(config.leaseName())
                                .withLeaseNamespace(config.leaseNamespace())
                                .withIdentity(config.identity())
                                .withLeaseDuration(LEASE)
                                .withRenewDeadline(RENEW)
                                .withRetryPeriod(RETRY)
                                .build());
            }
        });
        var caretaker = new Caretaker(client, new GrpcMembers(), Clock.systemUTC(), config.serverImage());
        operator.<MetaStoreCluster>register(new ClusterReconciler(caretaker), controller -> {
            if (!config.namespaces().isEmpty()) {
                controller.settingNamespaces(config.namespaces());
            }
        });
        return operator;
    }
}
