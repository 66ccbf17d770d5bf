package io.metastore.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.resource.Labels;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Is called when something of a cluster changed, and has it looked after. What it is given comes from
/// caches and only says that there is reason to look.
@ControllerConfiguration
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 2000, intervalMultiplier = 1.5, maxInterval = 60_000)
public final class ClusterReconciler implements Reconciler<MetaStoreCluster>, Cleaner<MetaStoreCluster> {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterReconciler.class);

    private final Caretaker caretaker;

    public ClusterReconciler(Caretaker caretaker) {
        this.caretaker = caretaker;
    }

    @Override
    public List<EventSource<?, MetaStoreCluster>> prepareEventSources(EventSourceContext<MetaStoreCluster> context) {
        var pods = InformerEventSourceConfiguration.from(Pod.class, MetaStoreCluster.class)
                .withLabelSelector(Labels.CLUSTER)
                .withSecondaryToPrimaryMapper(ClusterReconciler::clusterOf)
                .build();
        // Claims have no owner, so that they outlive the cluster: their label says whose they are.
        var claims = InformerEventSourceConfiguration.from(PersistentVolumeClaim.class, MetaStoreCluster.class)
                .withLabelSelector(Labels.CLUSTER)
                .withSecondaryToPrimaryMapper(ClusterReconciler::clusterOf)
                .build();
        return List.of(new InformerEventSource<>(pods, context), new InformerEventSource<>(claims, context));
    }

    private static Set<ResourceID> clusterOf(HasMetadata object) {
        var meta = object.getMetadata();
        var cluster = meta.getLabels().get(Labels.CLUSTER);
        return cluster == null ? Set.of() : Set.of(new ResourceID(cluster, meta.getNamespace()));
    }

    @Override
    public UpdateControl<MetaStoreCluster> reconcile(MetaStoreCluster cluster, Context<MetaStoreCluster> context) {
        return UpdateControl.<MetaStoreCluster>noUpdate().rescheduleAfter(caretaker.pass(cluster));
    }

    @Override
    public DeleteControl cleanup(MetaStoreCluster cluster, Context<MetaStoreCluster> context) {
        caretaker.forget(cluster);
        return DeleteControl.defaultDelete();
    }

    /// Called before a retry.
    @Override
    public ErrorStatusUpdateControl<MetaStoreCluster> updateErrorStatus(
            MetaStoreCluster cluster, Context<MetaStoreCluster> context, Exception failure) {
        try {
            caretaker.reportFailure(cluster, failure);
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("cluster", cluster.getMetadata().getName())
                    .addKeyValue("error", Optional.ofNullable(e.getMessage()).orElse(""))
                    .log("what went wrong could not be written");
        }
        return ErrorStatusUpdateControl.noStatusUpdate();
    }
}
