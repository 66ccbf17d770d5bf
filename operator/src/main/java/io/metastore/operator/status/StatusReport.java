package io.metastore.operator.status;

import io.metastore.crds.ClusterStatus;
import io.metastore.crds.ClusterStatus.Endpoints;
import io.metastore.crds.ClusterStatus.Phase;
import io.metastore.crds.ClusterStatus.Secrets;
import io.metastore.crds.ClusterStatus.UpdateStatus;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.member.Membership;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.plan.Plan;
import io.metastore.operator.resource.Labels;
import io.metastore.operator.resource.Names;
import io.metastore.operator.spec.Release;
import io.metastore.operator.spec.Wanted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What users are told of a cluster that is looked after.
public final class StatusReport {
    private final MetaStoreCluster cluster;
    private final Wanted wanted;
    private final Observed observed;
    private final Plan plan;

    private StatusReport(MetaStoreCluster cluster, Wanted wanted, Observed observed, Plan plan) {
        this.cluster = cluster;
        this.wanted = wanted;
        this.observed = observed;
        this.plan = plan;
    }

    /// The whole status. What was written before is carried on where nothing newer is known.
    public static ClusterStatus of(MetaStoreCluster cluster, Wanted wanted, Observed observed, Plan plan) {
        return new StatusReport(cluster, wanted, observed, plan).status();
    }

    private ClusterStatus status() {
        var membership = observed.membership();
        var voters = membership.map(known -> (int)
                known.members().stream().filter(peer -> peer.role().votes()).count());
        var members = new MemberReports(wanted, observed).all();
        var ready = (int) observed.pods().stream()
                .filter(pod -> pod.ready() && pod.servesClients() && !pod.terminating())
                .count();
        var version = lowestVersion();
        boolean updated = Progress.allUpdated(wanted, observed);
        return new ClusterStatus(
                cluster.getMetadata().getGeneration(),
                phase(),
                plan.reason(),
                membership
                        .map(known -> (int) known.members().stream()
                                .filter(peer -> peer.role() == Role.VOTER)
                                .count())
                        .orElse(0),
                ready,
                orNull(voters),
                orNull(voters.map(count -> count / 2 + 1)),
                Labels.CLUSTER + "=" + wanted.cluster(),
                orNull(clusterId()),
                orNull(leader()),
                orNull(membership.map(Membership::term)),
                orNull(version.map(Release::toString)),
                cluster.getSpec().version(),
                orNull(finalised(version, updated).map(Release::toString)),
                operatorVersion(),
                observed.nextSerial(wanted.cluster()),
                endpoints(),
                wanted.place().secure() ? new Secrets(null, Names.authority(cluster), null) : null,
                members,
                update(updated),
                null,
                null,
                new Conditions(cluster, wanted, observed, plan).all(updated));
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }

    private Optional<String> clusterId() {
        return observed.recorded()
                .clusterId()
                .or(() -> observed.clusterIds().stream().findFirst());
    }

    private Optional<String> leader() {
        return observed.membership()
                .filter(Membership::isQuorate)
                .flatMap(known -> known.members().stream()
                        .filter(peer -> peer.id() == known.leaderId().orElse(0))
                        .map(peer -> MemberName.parse(wanted.cluster(), peer.hostLabel())
                                .map(MemberName::text)
                                .orElse(peer.name()))
                        .findFirst());
    }

    private Optional<Release> lowestVersion() {
        return observed.membership().stream()
                .flatMap(known -> known.members().stream())
                .flatMap(peer -> peer.facts().stream())
                .flatMap(facts -> Release.parse(facts.version()).stream())
                .min(Release::compareTo);
    }

    /// Raised when every member runs what is wanted, and never lowered.
    private Optional<Release> finalised(Optional<Release> running, boolean updated) {
        var before = observed.recorded().finalised();
        if (!updated || plan.activity() != Plan.Activity.RESTING) {
            return before;
        }
        return running.filter(now -> before.isEmpty() || before.get().compareTo(now) < 0)
                .or(() -> before);
    }

    private static @Nullable String operatorVersion() {
        return StatusReport.class.getPackage().getImplementationVersion();
    }

    private Endpoints endpoints() {
        var host = Names.client(cluster) + "." + wanted.place().namespace() + ".svc:" + Names.CLIENT_PORT;
        var leader = Names.leader(cluster) + "." + wanted.place().namespace() + ".svc:" + Names.CLIENT_PORT;
        return new Endpoints(host, null, null, wanted.care().markLeader() ? leader : null);
    }

    private @Nullable UpdateStatus update(boolean updated) {
        if (updated || observed.pods().isEmpty()) {
            return null;
        }
        var current = plan.steps().stream()
                .map(step -> step.subject().text())
                .findFirst()
                .orElse(null);
        int done = (int) observed.pods().stream()
                .filter(pod -> Progress.isUpdated(wanted, pod))
                .count();
        return new UpdateStatus(
                orNull(lowestVersion().map(Release::toString)),
                cluster.getSpec().version(),
                plan.reason(),
                null,
                done,
                observed.pods().size(),
                current);
    }

    private Phase phase() {
        return switch (plan.activity()) {
            case BOOTSTRAPPING -> Phase.BOOTSTRAPPING;
            case SCALING -> Phase.SCALING;
            case UPDATING -> Phase.UPDATING;
            case HIBERNATING, HIBERNATED -> Phase.HIBERNATED;
            case PAUSED -> Phase.PAUSED;
            case NO_QUORUM -> Phase.NO_QUORUM;
            case REPAIRING -> Phase.DEGRADED;
            case BLOCKED -> isServing() ? Phase.DEGRADED : Phase.FAILED;
            case RESTING -> Phase.READY;
        };
    }

    private boolean isServing() {
        return observed.membership().filter(Membership::isQuorate).isPresent();
    }
}
