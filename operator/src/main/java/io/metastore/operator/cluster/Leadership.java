package io.metastore.operator.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.metastore.operator.config.OperatorConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several operators agree by a Lease on one that acts. Two of them at a time do no harm, since every
/// step is bound to what was seen: this only keeps them from working against each other.
public final class Leadership {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final OperatorConfig config;
    private final Runnable lost;
    private final AtomicBoolean leaving = new AtomicBoolean();

    /// @param lost called when this operator led, no longer does, and has not said that it leaves
    public Leadership(OperatorConfig config, Runnable lost) {
        this.config = config;
        this.lost = lost;
    }

    /// Nothing for an operator that is alone.
    public Optional<LeaderElectionConfiguration> election() {
        if (config.identity().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(config.leaseName())
                .withLeaseNamespace(config.leaseNamespace())
                .withIdentity(config.identity())
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW)
                .withRetryPeriod(RETRY)
                // The SDK would call System.exit, which waits for the shutdown hooks, one of which waits for the SDK.
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(new LeaderCallbacks(() -> {}, this::stopped, _ -> {}))
                .build());
    }

    private void stopped() {
        if (!leaving.get()) {
            lost.run();
        }
    }

    /// What comes is wanted: this operator is about to stop.
    public void leave() {
        leaving.set(true);
    }

    /// Lets the next operator lead at once, once this one has stopped.
    public void release(KubernetesClient client) {
        if (config.identity().isEmpty()) {
            return;
        }
        var leases = client.leases().inNamespace(config.leaseNamespace()).withName(config.leaseName());
        try {
            var lease = leases.get();
            if (lease != null && config.identity().equals(lease.getSpec().getHolderIdentity())) {
                var released = new LeaseBuilder(lease)
                        .editSpec()
                        .withHolderIdentity("")
                        .withLeaseDurationSeconds(1)
                        .endSpec()
                        .build();
                client.resource(released).update();
            }
        } catch (KubernetesClientException e) {
            LOG.atInfo().addKeyValue("error", e.getMessage()).log("the lease is left to run out");
        }
    }
}
