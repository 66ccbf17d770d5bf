package io.metastore.operator.act;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.ClusterStatus;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.resource.Labels;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what users are told.
public final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int LONGEST_NOTE = 1000;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;

    public Reports(KubernetesClient client) {
        this.client = client;
    }

    /// Writes the status if it says something else than before. One that was changed since `cluster`
    /// was read stays: numbers of members that were given out meanwhile must not be taken back, and
    /// the next look writes again.
    public void status(MetaStoreCluster cluster, ClusterStatus status) {
        if (status.equals(cluster.getStatus())) {
            return;
        }
        var copy = Serialization.clone(cluster);
        copy.setStatus(status);
        try {
            client.resource(copy)
                    .lockResourceVersion(cluster.getMetadata().getResourceVersion())
                    .updateStatus();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            LOG.atDebug()
                    .addKeyValue("cluster", cluster.getMetadata().getName())
                    .log("the status is written later");
        }
    }

    /// Tells what was done, beside the cluster. An event that cannot be written keeps nothing from
    /// being done.
    ///
    /// @param reason one word for programs
    public void event(MetaStoreCluster cluster, Kind kind, String reason, String note, Instant now) {
        var meta = cluster.getMetadata();
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(meta.getName() + "." + UUID.randomUUID())
                .withNamespace(meta.getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("metastore.io/v1alpha1")
                .withKind("MetaStoreCluster")
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .endInvolvedObject()
                .withType(kind == Kind.NORMAL ? "Normal" : "Warning")
                .withReason(reason)
                .withAction(reason)
                .withMessage(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note)
                .withEventTime(new MicroTime(MICROS.format(now)))
                .withReportingComponent(Labels.OPERATOR)
                .withReportingInstance(Labels.OPERATOR)
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("error", e.getMessage())
                    .log("an event was not written");
        }
    }

    /// How an event is meant.
    public enum Kind {
        NORMAL,
        WARNING
    }
}
