package io.metastore.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.metastore.crds.ConditionType;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.StorageSpec.Kept;
import io.metastore.operator.act.Actor;
import io.metastore.operator.act.Actor.Scene;
import io.metastore.operator.act.CertificateProblem;
import io.metastore.operator.act.Certificates;
import io.metastore.operator.act.Conflict;
import io.metastore.operator.act.MemberCalls;
import io.metastore.operator.act.Objects;
import io.metastore.operator.act.Reports;
import io.metastore.operator.act.Serials;
import io.metastore.operator.act.SurroundingsKeeper;
import io.metastore.operator.member.Members;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.observe.Observer;
import io.metastore.operator.plan.Plan;
import io.metastore.operator.plan.Planner;
import io.metastore.operator.plan.Step;
import io.metastore.operator.resource.Labels;
import io.metastore.operator.resource.Surroundings;
import io.metastore.operator.spec.SpecCheck;
import io.metastore.operator.spec.Wanted;
import io.metastore.operator.status.BudgetPrice;
import io.metastore.operator.status.Conditions;
import io.metastore.operator.status.StatusReport;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after one cluster: one look, one plan, its steps, one report.
public final class Caretaker {
    private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
    private static final Duration REFUSED = Duration.ofMinutes(1);
    private static final Duration AFTER_CONFLICT = Duration.ofSeconds(1);
    private static final Duration DRIFT = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Observer observer;
    private final Certificates certificates;
    private final Actor actor;
    private final SurroundingsKeeper surroundings;
    private final Reports reports;
    private final Clock clock;
    private final String serverImage;

    /// @param serverImage repository of the server's image
    public Caretaker(KubernetesClient client, Members members, Clock clock, String serverImage) {
        this.client = client;
        this.observer = new Observer(client, members, clock);
        this.certificates = new Certificates(client, clock);
        this.actor = new Actor(new Objects(client), new Serials(client), certificates, new MemberCalls(members));
        this.surroundings = new SurroundingsKeeper(client, clock, DRIFT);
        this.reports = new Reports(client);
        this.clock = clock;
        this.serverImage = serverImage;
    }

    /// One pass. The cluster is read anew: a cache may be behind.
    ///
    /// @return when to look again if nothing happens
    Duration pass(MetaStoreCluster remembered) {
        var cluster = client.resource(remembered).get();
        if (cluster == null || cluster.getMetadata().getDeletionTimestamp() != null) {
            return REFUSED;
        }
        var refusals = SpecCheck.refusals(cluster.getSpec());
        if (!refusals.isEmpty()) {
            reports.status(cluster, Conditions.refused(cluster, refusals, clock.instant()));
            return REFUSED;
        }
        var wanted = Wanted.of(cluster, serverImage);
        var observed = observer.look(cluster);
        var plan = Planner.plan(wanted, observed);
        var scene = new Scene(cluster, wanted, observed);
        if (mayTouch(wanted, plan)) {
            try {
                keepAround(scene, plan);
            } catch (CertificateProblem e) {
                var message = String.valueOf(e.getMessage());
                reports.status(
                        cluster,
                        Conditions.failed(cluster, ConditionType.CERTIFICATES_READY, message, clock.instant()));
                return REFUSED;
            }
        }
        // First what is true now: a number that a step gives out is written to the same status.
        reports.status(cluster, StatusReport.of(cluster, wanted, observed, plan));
        return carryOut(new Scene(client.resource(cluster).get(), wanted, observed), plan);
    }

    private static boolean mayTouch(Wanted wanted, Plan plan) {
        boolean refused = plan.block()
                .filter(block ->
                        block.condition() == ConditionType.SPEC_VALID || block.condition() == ConditionType.SPLIT_BRAIN)
                .isPresent();
        return wanted.life() != Wanted.Life.PAUSED && !refused;
    }

    /// What is no member: it never waits behind one.
    private void keepAround(Scene scene, Plan plan) {
        var members = scene.observed().pods().stream().map(ObservedPod::name).toList();
        surroundings.keep(
                scene.cluster(),
                Surroundings.build(scene.cluster(), members, BudgetPrice.minAvailable(scene.observed(), plan)));
        if (scene.wanted().place().secure()) {
            members.forEach(member -> certificates.renew(scene.cluster(), scene.wanted(), member));
        }
    }

    private Duration carryOut(Scene scene, Plan plan) {
        for (var step : plan.steps()) {
            try {
                actor.carryOut(scene, step);
                tell(scene, step, plan);
            } catch (Conflict e) {
                LOG.atInfo()
                        .addKeyValue("cluster", scene.wanted().cluster())
                        .addKeyValue("step", step)
                        .addKeyValue("why", e.getMessage())
                        .log("not done, it is planned anew");
                return AFTER_CONFLICT;
            }
        }
        return plan.again();
    }

    private void tell(Scene scene, Step step, Plan plan) {
        var word = step instanceof Step.DeletePod(var _, var _, var reason, var _)
                ? "Restart" + reason.word()
                : step.getClass().getSimpleName();
        LOG.atInfo()
                .addKeyValue("cluster", scene.wanted().cluster())
                .addKeyValue("member", step.subject())
                .addKeyValue("step", word)
                .addKeyValue("why", plan.reason())
                .log("step done");
        reports.event(scene.cluster(), Reports.Kind.NORMAL, word, plan.reason(), clock.instant());
    }

    /// Volumes go if the user wants that; everything else goes by its owner. Nobody is asked, so
    /// nothing can hang.
    void forget(MetaStoreCluster cluster) {
        surroundings.forget(cluster);
        if (cluster.getSpec().storage().retention().whenDeleted() == Kept.DELETE) {
            client.persistentVolumeClaims()
                    .inNamespace(cluster.getMetadata().getNamespace())
                    .withLabels(Labels.selector(cluster.getMetadata().getName()))
                    .delete();
        }
    }

    /// For a pass that ended unforeseen.
    void reportFailure(MetaStoreCluster remembered, Exception failure) {
        Optional.ofNullable(client.resource(remembered).get())
                .ifPresent(cluster -> reports.status(
                        cluster,
                        Conditions.failed(
                                cluster,
                                ConditionType.DEGRADED,
                                String.valueOf(failure.getMessage()),
                                clock.instant())));
    }
}
