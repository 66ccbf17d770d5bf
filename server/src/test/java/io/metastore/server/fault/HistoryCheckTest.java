package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.fault.Operation.Answer;
import io.metastore.server.fault.Operation.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each test but the first two breaks a good history in one way.
class HistoryCheckTest {
    private static final List<Change> CHANGES =
            List.of(new Change(2, "a", "1"), new Change(3, "a", "2"), new Change(4, "b", "3"));

    private static final Operation FIRST = put(0, 10, "1", new Answer.Written(2));
    private static final Operation SECOND = put(20, 30, "2", new Answer.Written(3));
    private static final Operation THIRD = new Operation(1, 20, 60, new Call.Put("b", "3"), new Answer.Written(4));

    @Test
    void aHistoryThatFitsTheOrderIsFine() {
        assertThat(violations(read(12, 18, 2, new Version("1", 2)), read(40, 50, 3, new Version("2", 3))))
                .isEmpty();
    }

    @Test
    void aLostWriteMayHaveHappenedOrNot() {
        var lost = put(40, 50, "never", new Answer.Lost());
        var landed = new Operation(1, 20, 60, new Call.Put("b", "3"), new Answer.Lost());

        assertThat(HistoryCheck.violations(List.of(FIRST, SECOND, landed, lost), CHANGES))
                .isEmpty();
    }

    @Test
    void anAcknowledgedWriteThatIsGoneIsFound() {
        assertViolation(put(40, 50, "gone", new Answer.Written(5)), "acknowledged write is lost");
    }

    @Test
    void anAcknowledgedWriteAtAnotherRevisionIsFound() {
        var wrong = new Operation(1, 20, 60, new Call.Put("b", "3"), new Answer.Written(5));

        assertThat(HistoryCheck.violations(List.of(FIRST, SECOND, wrong), CHANGES))
                .singleElement()
                .asString()
                .contains("another revision");
    }

    @Test
    void aWriteThatHappenedTwiceIsFound() {
        var twice = List.of(new Change(2, "a", "1"), new Change(3, "a", "1"));

        assertThat(HistoryCheck.violations(List.of(FIRST), twice))
                .singleElement()
                .asString()
                .contains("written twice");
    }

    @Test
    void aChangeThatNobodyAskedForIsFound() {
        assertThat(HistoryCheck.violations(List.of(FIRST, SECOND), CHANGES))
                .singleElement()
                .asString()
                .contains("nobody wrote");
    }

    @Test
    void aRevisionThatRepeatsIsFound() {
        var repeated = List.of(new Change(2, "a", "1"), new Change(2, "a", "2"));
        var second = put(20, 30, "2", new Answer.Written(2));

        assertThat(HistoryCheck.violations(List.of(FIRST, second), repeated))
                .anyMatch(violation -> violation.contains("comes after"))
                .anyMatch(violation -> violation.contains("went back in time"));
    }

    @Test
    void aReadThatGoesBackInTimeIsFound() {
        assertViolation(read(40, 50, 2, new Version("1", 2)), "went back in time");
    }

    @Test
    void aReadOfAnotherVersionThanTheStoreHadIsFound() {
        assertViolation(read(40, 50, 3, new Version("1", 2)), "where the store had");
    }

    @Test
    void aReadThatMissesAKeyIsFound() {
        assertViolation(read(40, 50, 4, Version.NONE), "where the store had");
    }

    @Test
    void aWriteOrderedBeforeWhatHadEndedIsFound() {
        var late = new Operation(1, 31, 60, new Call.Put("a", "1"), new Answer.Written(2));

        assertThat(HistoryCheck.violations(List.of(late, SECOND, THIRD), CHANGES))
                .singleElement()
                .asString()
                .contains("went back in time");
    }

    @Test
    void aLostWriteThatHappenedBeforeItWasAskedForIsFound() {
        var early = new Operation(1, 31, 60, new Call.Put("a", "1"), new Answer.Lost());

        assertThat(HistoryCheck.violations(List.of(early, SECOND, THIRD), CHANGES))
                .singleElement()
                .asString()
                .contains("went back in time");
    }

    @Test
    void aSwapOnAnotherVersionThanItExpectedIsFound() {
        var swap = new Operation(0, 20, 30, new Call.Swap("a", 9, "2"), new Answer.Written(3));

        assertThat(HistoryCheck.violations(List.of(FIRST, swap, THIRD), CHANGES))
                .singleElement()
                .asString()
                .contains("done on");
    }

    @Test
    void aSwapThatIsRefusedAlthoughItFitsIsFound() {
        var swap = new Operation(0, 40, 50, new Call.Swap("a", 3, "x"), new Answer.Seen(3, new Version("2", 3)));

        assertViolation(swap, "refused although");
    }

    @Test
    void aSwapThatIsRefusedAndYetDoneIsFound() {
        var swap = new Operation(0, 20, 30, new Call.Swap("a", 9, "2"), new Answer.Seen(2, new Version("1", 2)));

        assertThat(HistoryCheck.violations(List.of(FIRST, swap, THIRD), CHANGES))
                .anyMatch(violation -> violation.contains("refused and yet done"));
    }

    private static void assertViolation(Operation wrong, String text) {
        assertThat(violations(wrong)).singleElement().asString().contains(text);
    }

    /// The good history with these operations besides.
    private static List<String> violations(Operation... more) {
        var operations = new ArrayList<>(List.of(FIRST, SECOND, THIRD));
        operations.addAll(List.of(more));
        return HistoryCheck.violations(operations, CHANGES);
    }

    private static Operation put(long start, long end, String value, Answer answer) {
        return new Operation(0, start, end, new Call.Put("a", value), answer);
    }

    private static Operation read(long start, long end, long revision, Version seen) {
        return new Operation(2, start, end, new Call.Read("a"), new Answer.Seen(revision, seen));
    }
}
