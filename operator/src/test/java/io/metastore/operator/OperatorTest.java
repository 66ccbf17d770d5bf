package io.metastore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.metastore.crds.ClusterStatus.Phase;
import io.metastore.crds.Condition.Truth;
import io.metastore.crds.ConditionType;
import io.metastore.operator.testkit.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The operator as the program starts it, on an API server in memory, woken up by what it watches.
class OperatorTest {
    @Test
    void aClusterThatIsAppliedGetsItsMembersAndAllThatBelongsToThem() {
        try (var site = new OperatorSite()) {
            site.operator();
            site.apply(Clusters.demo("members: 3\nnetworkPolicy: {enabled: true}"));

            var cluster = site.untilPhase(Phase.READY);

            assertThat(site.objects())
                    .containsExactly(
                            "NetworkPolicy demo",
                            "PersistentVolumeClaim data-demo-1",
                            "PersistentVolumeClaim data-demo-2",
                            "PersistentVolumeClaim data-demo-3",
                            "Pod demo-1",
                            "Pod demo-2",
                            "Pod demo-3",
                            "PodDisruptionBudget demo",
                            "Secret demo-1-peer",
                            "Secret demo-2-peer",
                            "Secret demo-3-peer",
                            "Secret demo-ca",
                            "Service demo-client",
                            "Service demo-peers",
                            "ServiceAccount demo");
            assertThat(cluster.getStatus().readyMembers()).isEqualTo(3);
            assertThat(cluster.getStatus().leader()).isEqualTo("demo-1");
            assertThat(OperatorSite.truth(cluster, ConditionType.READY)).isEqualTo(Truth.TRUE);
            assertThat(OperatorSite.truth(cluster, ConditionType.QUORATE)).isEqualTo(Truth.TRUE);
            assertThat(OperatorSite.truth(cluster, ConditionType.DEGRADED)).isEqualTo(Truth.FALSE);
        }
    }

    @Test
    void everyStepIsToldBesideTheCluster() {
        try (var site = new OperatorSite()) {
            site.operator();
            site.apply(Clusters.demo("members: 3"));
            site.untilPhase(Phase.READY);

            var reasons = site.client.v1().events().inNamespace(Clusters.NAMESPACE).list().getItems().stream()
                    .map(Event::getReason)
                    .toList();

            assertThat(reasons).contains("CreateMember", "CreatePod", "AddMember", "PromoteMember");
        }
    }

    @Test
    void aPodThatSomebodyDeletesComesBack() {
        try (var site = new OperatorSite()) {
            site.operator();
            site.apply(Clusters.demo("members: 3"));
            site.untilPhase(Phase.READY);
            var before = uid(site, "demo-2");

            site.client
                    .pods()
                    .inNamespace(Clusters.NAMESPACE)
                    .withName("demo-2")
                    .delete();

            var after = site.until(() -> uid(site, "demo-2"), uid -> !uid.isEmpty());
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void aDeletedClusterGoesAndItsVolumesStay() {
        try (var site = new OperatorSite()) {
            site.operator();
            site.apply(Clusters.demo("members: 3"));
            site.untilPhase(Phase.READY);
            assertThat(site.cluster().getMetadata().getFinalizers()).hasSize(1);

            site.client.resource(site.cluster()).delete();

            site.until(site::isGone, gone -> gone);
            assertThat(site.objects())
                    .filteredOn(name -> name.startsWith("Persistent"))
                    .hasSize(3);
        }
    }

    @Test
    void aDeletedClusterTakesItsVolumesAlongIfTheUserSaysSo() {
        try (var site = new OperatorSite()) {
            site.operator();
            site.apply(Clusters.demo("members: 1\nstorage: {retention: {whenDeleted: Delete}}"));
            site.untilPhase(Phase.READY);

            site.client.resource(site.cluster()).delete();

            site.until(site::isGone, gone -> gone);
            assertThat(site.objects()).noneMatch(name -> name.startsWith("Persistent"));
        }
    }

    /// A namespace that is being deleted takes clusters whose members nobody can ask any more.
    @Test
    void aClusterThatNeverCameToLifeGoesToo() {
        try (var site = new OperatorSite()) {
            site.operator();
            site.apply(Clusters.demo("members: 3\nauth: {enabled: true}"));
            site.untilPhase(Phase.FAILED);

            site.client.resource(site.cluster()).delete();

            site.until(site::isGone, gone -> gone);
        }
    }

    @Test
    void anOperatorOfSomeNamespacesAsksForNothingOutsideOfThem() {
        try (var site = new OperatorSite()) {
            site.apply(Clusters.in("elsewhere", "demo", "members: 1"));
            site.operator(Clusters.NAMESPACE);
            site.apply(Clusters.demo("members: 1"));
            site.untilPhase(Phase.READY);

            assertThat(site.kubernetes.changes())
                    .filteredOn(change -> change.contains("/namespaces/elsewhere/"))
                    .containsExactly("POST /apis/metastore.io/v1alpha1/namespaces/elsewhere/metastoreclusters");
            assertThat(site.kubernetes.paths())
                    .filteredOn(path -> !path.contains("/namespaces/"))
                    .isEmpty();
        }
    }

    @Test
    void ofTwoOperatorsOneActsAndTheOtherTakesOverWhenItStops() {
        try (var site = new OperatorSite()) {
            site.operatorNamed("first");
            site.operatorNamed("second");
            site.apply(Clusters.demo("members: 3"));
            site.untilPhase(Phase.READY);
            assertThat(images(site)).containsOnly("first:1.0.0");

            site.stop("first");

            site.until(() -> images(site), images -> images.contains("second:1.0.0"));
            assertThat(site.lost).isEmpty();
        }
    }

    @Test
    void anOperatorWhoseLeaseSomebodyElseHasIsToldThatItLeadsNoMore() {
        try (var site = new OperatorSite()) {
            site.operatorNamed("first");
            var lease = site.client.leases().inNamespace("operators").withName("metastore-operator");
            site.until(lease::get, found -> found != null);

            var _ = lease.edit(found -> {
                found.getSpec().setHolderIdentity("second");
                return found;
            });

            site.until(() -> site.lost, lost -> lost.contains("first"));
        }
    }

    private static String uid(OperatorSite site, String pod) {
        return site.pods().stream()
                .filter(found -> found.getMetadata().getName().equals(pod))
                .map(found -> found.getMetadata().getUid())
                .findFirst()
                .orElse("");
    }

    private static List<String> images(OperatorSite site) {
        return site.pods().stream()
                .map(Pod::getSpec)
                .map(spec -> spec.getContainers().getFirst().getImage())
                .toList();
    }
}
