package io.metastore.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.crds.admission.Admission;
import io.metastore.crds.admission.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule of the file that users apply, by examples that it accepts and refuses. `ClusterOnKubernetesIT` shows the
/// same examples to a real API server.
class ClusterRulesTest {
    private static final Admission ADMISSION = new Admission(CrdFile.parsed());

    static Stream<Examples.OfRule> rules() {
        return Examples.ofRules();
    }

    static Stream<Examples.OfLimit> limits() {
        return Examples.ofLimits();
    }

    @Test
    void everyRuleHasExamples() {
        assertThat(Examples.ofRules().map(Examples.OfRule::refusal))
                .containsExactlyInAnyOrderElementsOf(ADMISSION.rules().keySet());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleRefusesWhatItIsAboutAndNothingElse(Examples.OfRule rule) {
        assertThat(rule.accepted())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(refusals(example)).isEmpty());
        assertThat(rule.refused())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(refusals(example)).containsExactly(rule.refusal()));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aLimitRefusesItsField(Examples.OfLimit limit) {
        assertThat(refusals(limit.refused())).extracting(Refusal::field).containsExactly(limit.field());
    }

    private static List<Refusal> refusals(Example example) {
        return example.before()
                .map(before -> ADMISSION.refusals(example.resource(), before))
                .orElseGet(() -> ADMISSION.refusals(example.resource()));
    }
}
