package io.metastore.server.raft.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AppliedIndexTest {
    private final AppliedIndex applied = new AppliedIndex(10);
    private final List<String> ran = new ArrayList<>();

    @Test
    void whatIsAppliedAlreadyIsNotWaitedFor() {
        applied.await(10, () -> ran.add("ten"));

        assertThat(ran).containsExactly("ten");
        assertThat(applied.value()).isEqualTo(10);
    }

    @Test
    void waitersRunInTheOrderOfTheirIndexesOnceTheseAreReached() {
        applied.await(13, () -> ran.add("thirteen"));
        applied.await(11, () -> ran.add("eleven"));
        applied.await(12, () -> ran.add("twelve"));
        applied.await(14, () -> ran.add("fourteen"));

        applied.advance(11);
        assertThat(ran).containsExactly("eleven");
        applied.advance(13);
        assertThat(ran).containsExactly("eleven", "twelve", "thirteen");
    }

    @Test
    void aWaiterSeesTheIndexItWaitedFor() {
        applied.await(11, () -> ran.add(String.valueOf(applied.value())));
        applied.advance(12);

        assertThat(ran).containsExactly("12");
    }

    @Test
    void aWaiterMayWaitAgain() {
        applied.await(11, () -> applied.await(12, () -> ran.add("twelve")));
        applied.advance(11);
        assertThat(ran).isEmpty();
        applied.advance(12);

        assertThat(ran).containsExactly("twelve");
    }

    /// A waiter that comes while the index moves is either run by the one that moves it or runs at once.
    @Test
    void noWaiterIsForgottenWhileTheIndexMoves() throws InterruptedException {
        int many = 100_000;
        var done = new CountDownLatch(many);
        var advancing = Thread.ofPlatform().start(() -> {
            for (int index = 11; index <= 10 + many; index++) {
                applied.advance(index);
            }
        });
        for (int index = 11; index <= 10 + many; index++) {
            applied.await(index, done::countDown);
        }
        advancing.join();

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
