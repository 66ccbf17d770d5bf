package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.model.MemberId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final MemberId SELF = new MemberId(1);
    private static final MemberId TWO = new MemberId(2);
    private static final MemberId THREE = new MemberId(3);
    private static final HistoryHash.Known OWN = known(7, 100);

    @Test
    void membersWithEqualHashesAreNotDamaged() {
        assertThat(compaction(known(7, 100), known(7, 100))).isEqualTo(new Verdict(Set.of(), true));
    }

    @Test
    void aMemberThatCannotBeComparedLeavesTheComparisonIncomplete() {
        assertThat(compaction(known(7, 100), new HistoryHash.Silent())).isEqualTo(new Verdict(Set.of(), false));
        assertThat(compaction(known(7, 100), new HistoryHash.Compacted())).isEqualTo(new Verdict(Set.of(), false));
        assertThat(compaction(known(7, 100), known(8, 90))).isEqualTo(new Verdict(Set.of(), false));
    }

    @Test
    void theMajorityIsRight() {
        assertThat(compaction(known(7, 100), known(8, 100))).isEqualTo(new Verdict(Set.of(THREE), true));
        assertThat(compaction(known(8, 100), known(8, 100))).isEqualTo(new Verdict(Set.of(SELF), true));
    }

    @Test
    void withoutAMajorityNobodyIsNamed() {
        assertThat(compaction(known(8, 100), known(9, 100))).isEqualTo(new Verdict(Set.of(MemberId.NONE), true));
        assertThat(Verdict.ofCompaction(SELF, OWN, Map.of(TWO, known(8, 100))))
                .isEqualTo(new Verdict(Set.of(MemberId.NONE), true));
        assertThat(compaction(known(8, 100), new HistoryHash.Silent()))
                .isEqualTo(new Verdict(Set.of(MemberId.NONE), true));
    }

    @Test
    void ofTheNewestRevisionTheLeaderIsRight() {
        assertThat(newest(OWN, known(7, 100))).isEmpty();
        assertThat(newest(OWN, known(8, 100))).contains(TWO);
        assertThat(newest(OWN, known(8, 90))).as("before another compaction").isEmpty();
        assertThat(newest(OWN, known(8, 110)))
                .as("a compaction that the leader does not know")
                .contains(TWO);
        assertThat(newest(OWN, new HistoryHash.Known(7, 200, 100, 201)))
                .as("a revision that the leader does not know")
                .contains(TWO);
        assertThat(newest(OWN, new HistoryHash.Future())).isEmpty();
    }

    @Test
    void aLeaderWhoseOwnHashChangesIsDamaged() {
        assertThat(newest(known(9, 100), known(7, 100))).contains(SELF);
        assertThat(newest(new HistoryHash.Known(9, 201, 100, 201), known(7, 100)))
                .as("it wrote meanwhile")
                .isEmpty();
    }

    @Test
    void atTheStartOnlyHashesOfTheSameCompactionAreCompared() {
        assertThat(Verdict.atStart(OWN, Map.of(TWO, known(8, 100), THREE, known(8, 90))))
                .containsExactly(TWO);
        assertThat(Verdict.atStart(OWN, Map.of(TWO, known(7, 100), THREE, new HistoryHash.Silent())))
                .isEmpty();
    }

    private static Verdict compaction(HistoryHash two, HistoryHash three) {
        return Verdict.ofCompaction(SELF, OWN, Map.of(TWO, two, THREE, three));
    }

    private static Optional<MemberId> newest(HistoryHash.Known after, HistoryHash two) {
        return Verdict.ofNewest(SELF, OWN, after, Map.of(TWO, two));
    }

    private static HistoryHash.Known known(int hash, long compactRevision) {
        return new HistoryHash.Known(hash, 200, compactRevision, 200);
    }
}
