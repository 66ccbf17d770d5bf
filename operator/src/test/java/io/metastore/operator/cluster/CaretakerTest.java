package io.metastore.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.crds.ClusterStatus.Phase;
import io.metastore.crds.Condition;
import io.metastore.crds.Condition.Truth;
import io.metastore.crds.ConditionType;
import io.metastore.operator.model.Role;
import io.metastore.operator.testkit.Clusters;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaretakerTest {
    private static final int ENOUGH = 30;

    @Test
    void aClusterBeginsWithOneMemberAndGrows() {
        try (var stage = new Stage("members: 3")) {
            stage.pass(2);
            assertThat(stage.podNames()).containsExactly("demo-1");

            stage.pass(ENOUGH);

            assertThat(stage.podNames()).containsExactlyInAnyOrder("demo-1", "demo-2", "demo-3");
            assertThat(stage.members.calls())
                    .containsExactly("add demo-2", "promote demo-2", "add demo-3", "promote demo-3");
            assertThat(stage.cluster().getStatus().phase()).isEqualTo(Phase.READY);
            assertThat(stage.cluster().getStatus().leader()).isEqualTo("demo-1");
            assertThat(stage.cluster().getStatus().nextSerial()).isEqualTo(4);
        }
    }

    @Test
    void twoMembersGetAWitnessThatVotesAtOnce() {
        try (var stage = new Stage("members: 2\nwitness: {replicas: 1}")) {
            stage.pass(ENOUGH);

            assertThat(stage.members.names(Role.VOTER)).containsExactly("demo-1", "demo-2");
            assertThat(stage.members.names(Role.WITNESS)).containsExactly("demo-3");
            assertThat(condition(stage, ConditionType.READY)).isEqualTo(Truth.TRUE);
        }
    }

    @Test
    void aMemberThatIsNoLongerWantedLeavesWithPodAndVolume() {
        try (var stage = new Stage("members: 3")) {
            stage.pass(ENOUGH);

            stage.edit("members: 1");
            stage.pass(ENOUGH);

            assertThat(stage.members.names(Role.VOTER)).containsExactly("demo-1");
            assertThat(stage.podNames()).containsExactly("demo-1");
            assertThat(stage.claims()).containsExactly("data-demo-1");
        }
    }

    @Test
    void aNumberIsNotUsedAgain() {
        try (var stage = new Stage("members: 3")) {
            stage.pass(ENOUGH);
            stage.edit("members: 1");
            stage.pass(ENOUGH);

            stage.edit("members: 3");
            stage.pass(ENOUGH);

            assertThat(stage.podNames()).containsExactlyInAnyOrder("demo-1", "demo-4", "demo-5");
        }
    }

    @Test
    void anUpdateRestartsTheLeaderLastAfterAnotherOneLeads() {
        try (var stage = new Stage("members: 3")) {
            stage.pass(ENOUGH);
            var before = stage.members.calls().size();

            stage.edit("members: 3\nconfig: {max-txn-ops: '256'}");
            stage.pass(ENOUGH);

            assertThat(stage.members
                            .calls()
                            .subList(before, stage.members.calls().size()))
                    .containsExactly("prepare demo-2", "prepare demo-3", "lead demo-2", "prepare demo-1");
            assertThat(condition(stage, ConditionType.ALL_MEMBERS_UPDATED)).isEqualTo(Truth.TRUE);
        }
    }

    @Test
    void aLostVolumeMeansANewMemberInThePlaceOfTheOldOne() {
        try (var stage = new Stage("members: 3")) {
            stage.pass(ENOUGH);

            stage.client
                    .persistentVolumeClaims()
                    .inNamespace(Clusters.NAMESPACE)
                    .withName("data-demo-3")
                    .delete();
            stage.client
                    .pods()
                    .inNamespace(Clusters.NAMESPACE)
                    .withName("demo-3")
                    .delete();
            stage.members.stop("demo-3");
            stage.pass(ENOUGH);

            assertThat(stage.members.names(Role.VOTER)).containsExactlyInAnyOrder("demo-1", "demo-2", "demo-4");
            assertThat(stage.members.calls()).contains("swap demo-3 demo-4");
        }
    }

    @Test
    void whatCannotBeDoneYetIsSaidAndNothingIsTouched() {
        try (var stage = new Stage("auth: {enabled: true}\nservices: {mysql: {enabled: true}}")) {
            var before = stage.kubernetes.changes().size();

            stage.pass();

            assertThat(condition(stage, ConditionType.SPEC_VALID)).isEqualTo(Truth.FALSE);
            assertThat(stage.cluster().getStatus().phaseReason()).contains("auth", "MySQL");
            assertThat(changesSince(stage, before)).allMatch(change -> change.endsWith("/demo/status"));
        }
    }

    @Test
    void aPausedClusterIsWatchedAndNotTouched() {
        try (var stage = new Stage("members: 3")) {
            stage.pass(ENOUGH);
            stage.edit("members: 1\npaused: true");
            var before = stage.kubernetes.changes().size();

            stage.pass(3);

            assertThat(changesSince(stage, before)).allMatch(change -> change.endsWith("/demo/status"));
            assertThat(stage.cluster().getStatus().phase()).isEqualTo(Phase.PAUSED);
        }
    }

    @Test
    void aHibernatingClusterKeepsItsVolumesAndComesBack() {
        try (var stage = new Stage("members: 3")) {
            stage.pass(ENOUGH);

            stage.edit("members: 3\nhibernated: true");
            for (int i = 0; i < 5; i++) {
                stage.caretaker.pass(stage.cluster());
            }
            assertThat(stage.podNames()).isEmpty();
            assertThat(stage.claims()).hasSize(3);

            stage.edit("members: 3");
            stage.pass(ENOUGH);
            assertThat(stage.podNames()).containsExactlyInAnyOrder("demo-1", "demo-2", "demo-3");
        }
    }

    @Test
    void volumesStayWhenTheClusterGoesUnlessTheUserSaysOtherwise() {
        try (var kept = new Stage("members: 1");
                var deleted = new Stage("members: 1\nstorage: {retention: {whenDeleted: Delete}}")) {
            kept.pass(ENOUGH);
            deleted.pass(ENOUGH);

            kept.caretaker.forget(kept.cluster());
            deleted.caretaker.forget(deleted.cluster());

            assertThat(kept.claims()).containsExactly("data-demo-1");
            assertThat(deleted.claims()).isEmpty();
        }
    }

    private static List<String> changesSince(Stage stage, int before) {
        var all = stage.kubernetes.changes();
        return all.subList(before, all.size()).stream()
                .filter(change -> !change.contains("/pods/"))
                .toList();
    }

    private static Truth condition(Stage stage, ConditionType type) {
        return stage.cluster().getStatus().conditions().stream()
                .filter(known -> known.type() == type)
                .map(Condition::status)
                .findFirst()
                .orElse(Truth.UNKNOWN);
    }
}
