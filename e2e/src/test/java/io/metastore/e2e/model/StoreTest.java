package io.metastore.e2e.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreTest {
    private final Store store = new Store();

    @Test
    void aKeyCountsItsVersionsAndBeginsAnewAfterADeletion() {
        assertThat(revision(Call.Put.of("a", "1"))).isEqualTo(2);
        assertThat(revision(Call.Put.of("a", "2"))).isEqualTo(3);
        assertThat(revision(new Call.Delete(Keys.ALL, false))).isEqualTo(4);
        assertThat(revision(Call.Put.of("a", "3"))).isEqualTo(5);

        assertThat(store.past().at("a", 3)).contains(new Row("a", "2", 2, 3, 2, 0));
        assertThat(store.past().at("a", 4)).isEmpty();
        assertThat(store.past().at("a", 9)).contains(new Row("a", "3", 5, 5, 1, 0));
    }

    @Test
    void stepsOfATransactionSeeEachOtherAndMakeOneRevision() {
        var answer = store.apply(new Call.Txn(
                List.of(),
                List.of(Call.Put.of("a", "1"), Call.Range.of(Keys.one("a")), new Call.Delete(Keys.one("a"), true)),
                List.of()));

        var row = new Row("a", "1", 2, 2, 1, 0);
        assertThat(answer)
                .isEqualTo(new Answer.Done(
                        2,
                        true,
                        List.of(
                                new Result.Written(Optional.empty()),
                                new Result.Found(List.of(row), 1, false),
                                new Result.Deleted(1, List.of(row)))));
        assertThat(store.past().changes(2)).extracting(Event::isPut).containsExactly(true, false);
    }

    @Test
    void aRefusedTransactionChangesNothing() {
        var txn = new Call.Txn(List.of(), List.of(Call.Put.of("a", "1"), new Call.Put("b", "1", 5, false)), List.of());

        assertThat(store.apply(txn)).isEqualTo(new Answer.Refused(Reason.LEASE_NOT_FOUND));
        assertThat(store.revision()).isEqualTo(1);
        assertThat(store.past().rows(Keys.ALL, 9)).isEmpty();
    }

    @Test
    void itGoesBackToAnyMark() {
        var _ = store.apply(new Call.Grant(7, 60));
        var _ = store.apply(new Call.Put("a", "1", 7, false));
        var mark = store.mark();
        long fingerprint = store.fingerprint();
        var _ = store.apply(new Call.Revoke(7));
        var _ = store.apply(Call.Put.of("a", "2"));
        var _ = store.apply(new Call.Compact(2));
        assertThat(store.fingerprint()).isNotEqualTo(fingerprint);

        store.back(mark);

        assertThat(store.mark()).isEqualTo(mark);
        assertThat(store.fingerprint()).isEqualTo(fingerprint);
        assertThat(store.past().rows(Keys.ALL, 2)).containsExactly(new Row("a", "1", 2, 2, 1, 7));
    }

    private long revision(Call call) {
        return store.apply(call) instanceof Answer.Done done ? done.revision() : -1;
    }
}
