package io.metastore.server.raft.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A follower lacks what is before the entries that it is sent: the sender guessed wrong.
class RewindTest extends SenderTests {
    @BeforeEach
    void guess() {
        leader.append(5);
        follower.nextIndex = 5;
    }

    @Test
    void anInconsistencyRewindsToWhatTheFollowerWants() {
        append(1);
        assertThat(transport.stream().entries()).containsExactly(List.of(5L));
        transport.stream().miss(0, 2);

        assertThat(transport.stream().entries()).containsExactly(List.of(5L), List.of(2L, 3L, 4L, 5L));
    }

    /// As one that waits for another member's state does.
    @Test
    void aFollowerThatRefusesEverythingIsAskedMoreAndMoreSeldom() {
        append(1);
        int asked = 0;
        while (transport.stream().sent().size() > asked) {
            asked = transport.stream().sent().size();
            transport.stream().miss(asked - 1, 5);
        }

        assertThat(asked).isEqualTo(2);
        append(1);
        assertThat(transport.stream().sent()).hasSize(2);
    }

    /// Each of the messages that were sent on a wrong guess is refused. If each answer led back again, the entries
    /// would be sent as often.
    @Test
    void inconsistenciesFromBeforeTheRewindAreIgnored() {
        sender.triggerHeartbeat();
        transport.stream().replies.onNext(Messages.success(0, -1));
        append(1);
        append(1);
        append(1);
        assertThat(transport.stream().entries()).containsExactly(List.of(), List.of(5L), List.of(6L), List.of(7L));
        transport.stream().miss(1, 2);
        transport.stream().miss(2, 2);
        transport.stream().miss(3, 2);

        assertThat(transport.stream()
                        .entries()
                        .subList(4, transport.stream().entries().size()))
                .containsExactly(List.of(2L, 3L, 4L, 5L, 6L, 7L));
        assertThat(follower.nextIndex).isEqualTo(8);
    }
}
