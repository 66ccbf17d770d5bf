package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.Evidence.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The judge of the simulation sees each kind of fault.
class EvidenceTest {
    private static final Change FIRST = new Change(2, "k", "1");
    private static final Change SECOND = new Change(3, "k", "2");

    private final Evidence evidence = new Evidence();

    @Test
    void nothingIsWrongWithWritesThatAreInAllMembersOnce() {
        evidence.written(FIRST);
        evidence.read("reader", "k", evidence.floor("k"), 2);
        evidence.written(SECOND);

        assertThat(violations(List.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void aWriteWithoutAnAnswerMayBeThereOrNot() {
        evidence.written(FIRST);

        assertThat(violations(List.of(FIRST, SECOND))).isEmpty();
        assertThat(violations(List.of(FIRST))).isEmpty();
    }

    @Test
    void aLostWriteIsSeen() {
        evidence.written(FIRST);
        evidence.written(SECOND);

        assertThat(violations(List.of(SECOND))).singleElement().asString().contains("has lost");
    }

    @Test
    void aDoubledWriteIsSeenEvenIfNobodyWasTold() {
        assertThat(violations(List.of(FIRST, new Change(3, "k", "1"))))
                .singleElement()
                .asString()
                .contains("twice");
    }

    @Test
    void aWriteAtAnotherRevisionThanWasToldIsSeen() {
        evidence.written(FIRST);

        assertThat(violations(List.of(new Change(5, "k", "1"))))
                .singleElement()
                .asString()
                .contains("was acknowledged");
    }

    @Test
    void writesOfOneKeyThatChangedPlacesAreSeen() {
        evidence.written(new Change(3, "k", "1"));
        evidence.written(new Change(2, "k", "2"));

        assertThat(violations(List.of(new Change(2, "k", "2"), new Change(3, "k", "1"))))
                .singleElement()
                .asString()
                .contains("after revision 3");
    }

    @Test
    void aReadThatMissesAnAcknowledgedWriteIsSeen() {
        evidence.written(FIRST);
        evidence.written(SECOND);
        evidence.read("reader", "k", evidence.floor("k"), 2);

        assertThat(violations(List.of(FIRST, SECOND)))
                .singleElement()
                .asString()
                .contains("when 3 was known");
    }

    @Test
    void aReadThatGoesBackBehindAnotherReadIsSeenEvenIfTheWriteHadNoAnswer() {
        evidence.read("one", "k", evidence.floor("k"), 3);
        evidence.read("other", "k", evidence.floor("k"), 2);

        assertThat(violations(List.of(FIRST, SECOND))).hasSize(1);
    }

    @Test
    void aReadThatBeganBeforeTheWriteWasAcknowledgedMayMissIt() {
        long floor = evidence.floor("k");
        evidence.written(FIRST);
        evidence.read("reader", "k", floor, 0);

        assertThat(violations(List.of(FIRST))).isEmpty();
    }

    @Test
    void aReadMaySeeAWriteBeforeItsWriterIsTold() {
        evidence.read("reader", "k", evidence.floor("k"), 2);
        evidence.written(FIRST);

        assertThat(violations(List.of(FIRST))).isEmpty();
    }

    @Test
    void membersThatDifferAreSeen() {
        assertThat(evidence.violations(Map.of("a", List.of(FIRST), "b", List.of(FIRST, SECOND))))
                .singleElement()
                .asString()
                .contains("differ");
    }

    private List<String> violations(List<Change> history) {
        return evidence.violations(Map.of("member", history));
    }
}
