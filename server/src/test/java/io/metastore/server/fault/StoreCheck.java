package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.fault.Operation.Answer;
import java.util.List;

/// What must hold of a cluster and a history when all is calm again.
final class StoreCheck {
    private StoreCheck() {}

    /// The history is linearizable, and all members hold the same.
    static void assertSound(List<String> endpoints, List<Operation> operations) {
        var changes = MemberView.of(endpoints.getFirst(), MemberView::changes);
        long revision = changes.isEmpty() ? 1 : changes.getLast().revision();
        var hash = MemberView.of(endpoints.getFirst(), view -> view.hashAt(revision));

        assertThat(operations).extracting(Operation::answer).hasAtLeastOneElementOfType(Answer.Written.class);
        assertThat(HistoryCheck.violations(operations, changes)).isEmpty();
        for (var endpoint : endpoints) {
            var otherChanges = MemberView.of(endpoint, MemberView::changes);
            var otherHash = MemberView.of(endpoint, view -> view.hashAt(revision));
            assertThat(otherChanges).as("changes of " + endpoint).isEqualTo(changes);
            assertThat(otherHash).as("hash of " + endpoint).isEqualTo(hash);
        }
    }
}
