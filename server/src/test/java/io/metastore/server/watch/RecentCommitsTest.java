package io.metastore.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.mvcc.Commit;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentCommitsTest {
    private final RecentCommits recent = new RecentCommits(5);

    @Test
    void itCoversWhatCameSinceItBegan() {
        assertThat(recent.covers(4)).isFalse();
        assertThat(recent.covers(5)).isTrue();

        recent.add(commit(5, 1));
        recent.add(commit(6, 1));
        recent.add(commit(7, 1));

        assertThat(recent.covers(4)).isFalse();
        assertThat(recent.since(6)).extracting(Commit::revision).containsExactly(6L, 7L);
        assertThat(recent.since(8)).isEmpty();
    }

    @Test
    void theOldestGoWhenThereAreMoreThanAThousand() {
        for (int revision = 5; revision < 1505; revision++) {
            recent.add(commit(revision, 1));
        }

        assertThat(recent.covers(504)).isFalse();
        assertThat(recent.covers(505)).isTrue();
        assertThat(recent.since(505)).hasSize(1000);
    }

    @Test
    void theOldestGoWhenTheyAreTooLarge() {
        recent.add(commit(5, 600_000));
        recent.add(commit(6, 600_000));

        assertThat(recent.covers(5)).isFalse();
        assertThat(recent.since(6)).hasSize(1);

        recent.add(commit(7, 2_000_000));

        assertThat(recent.covers(7)).isFalse();
        assertThat(recent.covers(8)).isTrue();
    }

    @Test
    void aRestartForgetsEverything() {
        recent.add(commit(5, 1));
        recent.restart(100);

        assertThat(recent.covers(99)).isFalse();
        assertThat(recent.since(100)).isEmpty();
    }

    private static Commit commit(long revision, int bytes) {
        var changed = new KeyValue(Bytes.utf8("a"), Bytes.wrap(new byte[bytes]), revision, revision, 1, LeaseId.NONE);
        return new Commit(revision, List.of(new Event(Event.Kind.PUT, changed)));
    }
}
