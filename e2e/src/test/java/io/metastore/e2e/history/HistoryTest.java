package io.metastore.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.e2e.history.Answer.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    @Test
    void thePauseIsTheLongestTimeWithoutAnAcknowledgedWrite() {
        for (long end : List.of(10, 20, 70, 80, 200)) {
            write(end);
        }
        history.add(new Operation(1, "m1", 95, 100, Call.Put.of("a", "1"), new Answer.Lost("no answer")));

        assertThat(history.longestPause(0, 80)).isEqualTo(120);
        assertThat(history.longestPause(0, 75)).isEqualTo(50);
        assertThat(history.longestPause(75, 79)).isEqualTo(10);
    }

    @Test
    void onlyAcknowledgedWritesThatBeganAfterATimeAreCounted() {
        write(10);
        write(20);
        history.add(new Operation(1, "m1", 30, 31, Call.Range.of(Keys.ALL), new Answer.Done(1, true, List.of())));

        assertThat(history.writesSince(12)).isEqualTo(1);
    }

    private void write(long end) {
        var written = new Answer.Done(2, true, List.of(new Result.Written(Optional.empty())));
        history.add(new Operation(1, "m1", end - 5, end, Call.Put.of("a", "1"), written));
    }
}
