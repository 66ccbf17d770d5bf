package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.fault.Operation.Answer;
import io.metastore.server.fault.Operation.Call;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.seed.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// A leader that stops to run and goes on later (SIGSTOP, a paused machine) does not know that it was deposed: what
/// lies in its sockets it sees before anybody tells it.
///
///     … -Dmetastore.program=/path/etcd     proves the test on etcd
class PausedLeaderIT {
    private static final int CLIENTS = 6;
    private static final int CALLERS = 12;
    private static final int ROUNDS = 2;
    private static final long SOME_WRITES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final long seed = Seed.take();
    private final History history = new History();

    /// Who calls the paused leader, and only it.
    private record Caller(Thread thread, Client client) {}

    @Test
    void aLeaderThatWasPausedAnswersNoOldReadAndAcknowledgesNoWriteOfItsOwn() throws InterruptedException {
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 3, FaultSettings.flags())) {
            for (int round = 0; round < ROUNDS; round++) {
                try (var _ = Workload.start(cluster.endpoints(), CLIENTS, history, "paused-" + round, seed)) {
                    awaitWrites();
                    pauseLeader(cluster.leader(), round);
                    awaitWrites();
                }
                StoreCheck.assertSound(cluster.endpoints(), history.operations());
            }
        }
    }

    /// Returns when those who called it while it was paused were answered, or gave up.
    private void pauseLeader(MemberProcess leader, int round) throws InterruptedException {
        var clients = new ArrayList<Client>();
        for (int caller = 0; caller < CALLERS; caller++) {
            clients.add(new Client(List.of(leader.endpoint()), 0));
        }
        clients.forEach(client -> assertThat(client.ask(new Call.Read("key-0"))).isInstanceOf(Answer.Seen.class));
        leader.pause();
        List<Caller> callers;
        try {
            awaitWrites(); // of the others
            callers = callers(clients, round);
            Awaitility.await("callers").until(() -> callers.stream().allMatch(PausedLeaderIT::waits));
        } finally {
            leader.resume();
        }
        for (var caller : callers) {
            caller.thread().join();
            caller.client().close();
        }
    }

    /// Half of them read what the others have just written, half of them write.
    private List<Caller> callers(List<Client> clients, int round) {
        var callers = new ArrayList<Caller>();
        for (int number = 0; number < clients.size(); number++) {
            var client = clients.get(number);
            var key = "key-" + number % 5;
            var call = number % 2 == 0 ? new Call.Read(key) : new Call.Put(key, "deposed-" + round + "-" + number);
            int id = 100 + number;
            callers.add(new Caller(
                    Thread.ofPlatform().daemon().start(() -> {
                        long start = System.nanoTime();
                        var answer = client.ask(call);
                        history.add(new Operation(id, start, System.nanoTime(), call, answer));
                    }),
                    client));
        }
        return List.copyOf(callers);
    }

    private static boolean waits(Caller caller) {
        var state = caller.thread().getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.TERMINATED;
    }

    private void awaitWrites() {
        long since = System.nanoTime();
        Awaitility.await("acknowledged writes").atMost(LIMIT).until(() -> history.writesSince(since) >= SOME_WRITES);
    }
}
