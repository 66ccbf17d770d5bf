package io.metastore.server.raft.append;

import static io.metastore.server.raft.append.Messages.entries;
import static io.metastore.server.raft.append.Messages.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight();

    @Test
    void nothingIsOnItsWayAtFirst() {
        assertThat(inFlight.withEntries()).isZero();
        assertThat(inFlight.oldest()).isEmpty();
        assertThat(inFlight.firstEntry()).isEmpty();
        assertThat(inFlight.answered(0)).isEmpty();
    }

    @Test
    void aHeartbeatIsNotCounted() {
        inFlight.add(heartbeat(0));
        assertThat(inFlight.withEntries()).isZero();
        inFlight.add(entries(1, 5));
        assertThat(inFlight.withEntries()).isEqualTo(1);

        assertThat(inFlight.answered(0)).isPresent();
        assertThat(inFlight.withEntries()).isEqualTo(1);
    }

    @Test
    void aMessageIsCountedOnceWhateverTheNumberOfItsEntries() {
        inFlight.add(entries(0, 5, 6, 7));
        inFlight.add(entries(1, 8));
        assertThat(inFlight.withEntries()).isEqualTo(2);

        assertThat(inFlight.answered(0)).isPresent();
        assertThat(inFlight.withEntries()).isEqualTo(1);
    }

    @Test
    void anAnswerFindsItsMessageInAnyOrder() {
        inFlight.add(entries(0, 5, 6));
        inFlight.add(heartbeat(1));
        inFlight.add(entries(2, 7));

        assertThat(inFlight.answered(2)).map(InFlight.Sent::firstIndex).contains(7L);
        assertThat(inFlight.answered(1)).map(InFlight.Sent::isHeartbeat).contains(true);
        assertThat(inFlight.answered(0)).map(InFlight.Sent::firstIndex).contains(5L);
        assertThat(inFlight.withEntries()).isZero();
    }

    @Test
    void aMessageIsAnsweredOnce() {
        inFlight.add(entries(0, 5));
        inFlight.add(entries(1, 6));
        assertThat(inFlight.answered(0)).isPresent();

        assertThat(inFlight.answered(0)).isEmpty();
        assertThat(inFlight.withEntries()).isEqualTo(1);
    }

    @Test
    void theEntryWithTheIndexZeroIsNoHeartbeat() {
        inFlight.add(entries(0, 0));

        assertThat(inFlight.withEntries()).isEqualTo(1);
        assertThat(inFlight.firstEntry()).contains(0L);
    }

    @Test
    void theFirstEntryIsThatOfTheOldestMessageWithEntries() {
        inFlight.add(heartbeat(0));
        inFlight.add(entries(1, 5, 6));
        inFlight.add(entries(2, 7));
        assertThat(inFlight.firstEntry()).contains(5L);
        assertThat(inFlight.answered(1)).isPresent();

        assertThat(inFlight.firstEntry()).contains(7L);
        assertThat(inFlight.answered(2)).isPresent();
        assertThat(inFlight.firstEntry()).isEmpty();
    }

    @Test
    void theOldestIsTheOneSentFirstOfThoseWithoutAnAnswer() {
        inFlight.add(heartbeat(7));
        inFlight.add(entries(3, 5));
        assertThat(inFlight.oldest()).map(InFlight.Sent::isHeartbeat).contains(true);
        assertThat(inFlight.answered(7)).isPresent();

        assertThat(inFlight.oldest()).map(InFlight.Sent::firstIndex).contains(5L);
    }

    @Test
    void whatIsForgottenIsNeitherCountedNorAnswered() {
        inFlight.add(entries(0, 5));
        inFlight.add(heartbeat(1));
        inFlight.clear();

        assertThat(inFlight.withEntries()).isZero();
        assertThat(inFlight.oldest()).isEmpty();
        assertThat(inFlight.firstEntry()).isEmpty();
        assertThat(inFlight.answered(0)).isEmpty();
        assertThat(inFlight.withEntries()).isZero();
    }
}
