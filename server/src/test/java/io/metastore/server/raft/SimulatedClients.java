package io.metastore.server.raft;

import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.Evidence.Change;
import io.metastore.server.request.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Writers and readers of each member, which go on whatever they are told, and wait while their member is down.
/// Each has one call open at a time.
final class SimulatedClients {
    private static final int WRITERS = 2;

    private final Evidence evidence;
    private final List<MemberId> members;
    private final Map<MemberId, CompletableFuture<TestMember>> running = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger staleWithoutBarrier = new AtomicInteger();
    private volatile boolean stopped;

    SimulatedClients(Evidence evidence, List<MemberId> members) {
        this.evidence = evidence;
        this.members = members;
        members.forEach(member -> running.put(member, new CompletableFuture<>()));
    }

    /// The member serves from now on.
    void serves(TestMember member) {
        now(member.id()).complete(member);
    }

    /// The member is about to end: its clients wait for the next one with its id.
    void ends(MemberId member) {
        if (now(member).isDone()) { // else they wait already
            running.put(member, new CompletableFuture<>());
        }
    }

    void start() {
        for (var member : members) {
            for (int number = 0; number < WRITERS; number++) {
                var key = key(member, number);
                threads.add(Thread.ofVirtual().name("writer of " + key).start(() -> write(member, key)));
            }
            threads.add(Thread.ofVirtual().name("reader at " + member).start(() -> read(member)));
        }
    }

    /// Returns when no call is open any more; who waits for a member that is down waits no longer.
    void stop() throws InterruptedException {
        stopped = true;
        running.values().forEach(member -> member.cancel(false));
        for (var thread : threads) {
            thread.join();
        }
    }

    /// Reads that were answered.
    int reads() {
        return reads.get();
    }

    /// Calls that were answered with a reason why they were not carried out.
    int refusals() {
        return refusals.get();
    }

    /// Looks at a member's own state, without a question to the leader, that were older than what was known.
    int staleWithoutBarrier() {
        return staleWithoutBarrier.get();
    }

    private void write(MemberId at, String key) {
        for (int number = 1; !stopped; number++) {
            var value = String.valueOf(number);
            ask(at, member -> {
                switch (member.put(key, value).join()) {
                    case Outcome.PutDone done -> evidence.written(new Change(done.revision(), key, value));
                    case Outcome.Refused _ -> refusals.incrementAndGet();
                    case Outcome other -> throw new IllegalStateException(other + " is no answer to a put");
                }
            });
        }
    }

    private void read(MemberId at) {
        for (int number = 0; !stopped; number++) {
            var key = key(members.get(number % members.size()), number % WRITERS);
            ask(at, member -> {
                long floor = evidence.floor(key);
                if (revision(member, key) < floor) {
                    staleWithoutBarrier.incrementAndGet();
                }
                switch (member.barrier().join()) {
                    case Barrier.Passed _ -> {
                        evidence.read("the reader at " + at, key, floor, revision(member, key));
                        reads.incrementAndGet();
                    }
                    case Barrier.Refused _ -> refusals.incrementAndGet();
                }
            });
        }
    }

    /// A question may fail in any way while its member ends, and in none while it runs.
    private void ask(MemberId at, Consumer<TestMember> question) {
        var serving = now(at);
        if (serving.handle((_, failure) -> failure != null).join()) {
            return; // it was stopped
        }
        var member = serving.join();
        try {
            question.accept(member);
        } catch (RuntimeException e) {
            var current = now(at);
            if (current.isDone() && current.join() == member) {
                evidence.broken("a client of " + at + " met " + e);
            }
        }
    }

    private CompletableFuture<TestMember> now(MemberId member) {
        return Objects.requireNonNull(running.get(member));
    }

    private static long revision(TestMember member, String key) {
        return member.peek(key).map(KeyValue::modRevision).orElse(0L);
    }

    private static String key(MemberId member, int number) {
        return "of-" + member + "-" + number;
    }
}
