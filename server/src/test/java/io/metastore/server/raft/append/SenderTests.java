package io.metastore.server.raft.append;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A sender that is not started sends on the threads of its callers only. Where its own thread matters it is started.
@Timeout(30)
abstract class SenderTests {
    static final Duration LONG = Duration.ofMinutes(10);

    final FakeLeadership leader = new FakeLeadership();
    final FakeFollower follower = new FakeFollower();
    final FakeTransport transport = new FakeTransport();
    Sender sender = sender(LONG);

    @AfterEach
    void close() {
        leader.leads = false;
        sender.stopAsync().join();
    }

    final Sender sender(Duration patience) {
        return new Sender(leader.division(), leader.state(), follower.info(), transport, patience);
    }

    /// From here on the sender's own thread does nothing until it is told to or something is due.
    void start() {
        sender.start();
        await().until(() -> leader.rounds.get() == 1);
    }

    void append(int count) {
        leader.append(count);
        sender.notifyLogAppender();
    }

    /// A stream on which the entry 0 was answered.
    void answeredStream() {
        append(1);
        transport.stream().succeed(0);
    }

    void awaitRounds(int more) {
        int until = leader.rounds.get() + more;
        await().until(() -> {
            sender.wake();
            return leader.rounds.get() >= until;
        });
    }

    static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }
}
