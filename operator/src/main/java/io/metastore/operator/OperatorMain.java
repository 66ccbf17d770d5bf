package io.metastore.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.cluster.Caretaker;
import io.metastore.operator.cluster.ClusterReconciler;
import io.metastore.operator.cluster.Leadership;
import io.metastore.operator.config.OperatorConfig;
import io.metastore.operator.member.GrpcMembers;
import io.metastore.operator.member.Members;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The program.
public final class OperatorMain {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final Duration STOP = Duration.ofSeconds(20);

    private OperatorMain() {}

    /// Looks after clusters until the process is told to stop. Exit code 2 for settings that cannot be
    /// used, 1 when it cannot begin or another operator took over.
    public static void main(String[] arguments) {
        Security.setProperty("networkaddress.cache.ttl", "5");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        if (List.of(arguments).equals(List.of("--help"))) {
            System.out.print(OperatorConfig.HELP);
            return;
        }
        try {
            if (arguments.length > 0) {
                throw new IllegalArgumentException(arguments[0] + " is not understood: see --help");
            }
            run(OperatorConfig.of(System.getenv()));
        } catch (IllegalArgumentException e) {
            end(MISUSED, e);
        } catch (OperatorException e) {
            end(FAILED, e);
        }
    }

    private static void end(int code, Exception cause) {
        var deepest = cause.getCause() == null ? "" : ": " + cause.getCause().getMessage();
        System.err.println("metastore-operator: " + cause.getMessage() + deepest);
        System.exit(code);
    }

    private static void run(OperatorConfig config) {
        var client = new KubernetesClientBuilder()
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withConfig(Config.autoConfigure(null))
                .build();
        // Whoever no longer leads must not finish what it began, not even the hooks below.
        var leadership = new Leadership(config, () -> Runtime.getRuntime().halt(FAILED));
        var operator = operator(client, config, new GrpcMembers(), leadership);
        var health =
                new Health(config.healthPort(), () -> operator.getRuntimeInfo().allEventSourcesAreHealthy());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            leadership.leave();
                            operator.stop();
                            leadership.release(client);
                            health.close();
                            client.close();
                        },
                        "metastore-operator-stop"));
        operator.start();
    }

    /// Registered, not started.
    static Operator operator(KubernetesClient client, OperatorConfig config, Members members, Leadership leadership) {
        var operator = new Operator(settings -> {
            settings.withKubernetesClient(client)
                    .withUseSSAToPatchPrimaryResource(false)
                    .withStopOnInformerErrorDuringStartup(false)
                    .withReconciliationTerminationTimeout(STOP)
                    .withCloseClientOnStop(false);
            leadership.election().ifPresent(settings::withLeaderElectionConfiguration);
        });
        var caretaker = new Caretaker(client, members, Clock.systemUTC(), config.serverImage());
        operator.<MetaStoreCluster>register(new ClusterReconciler(caretaker), controller -> {
            if (!config.namespaces().isEmpty()) {
                controller.settingNamespaces(config.namespaces());
            }
        });
        return operator;
    }
}
