package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.seed.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/// Entries on their way to leaders that come and go, over streams that break, lag and overlap. The seed fixes what
/// happens around the proposer; when its own thread sends is left to chance.
@Timeout(60)
class ForwardingSimulationTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(7);
    private static final int STEPS = 2000;

    private final long seed = Seed.take();
    private final Random random = new Random(seed);
    private final AtomicLong clock = new AtomicLong();
    private final ModelLog log = new ModelLog(random);
    private final Acceptor acceptor = new Acceptor(log, 1 << 20);
    private final ForwardServer leader = new ForwardServer(acceptor);
    private final Proposals proposals =
            new Proposals(new MemberId(1), 1, new ProposalLimits(TIMEOUT, 4, 20, 200, 1000, 1 << 20), clock::get);
    private final List<ModelStream> streams = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(long number, List<Outcome> answers) {}

    @RepeatedTest(10)
    void everyCommandIsAnsweredOnceAndAppliedOnceAtTheMost() throws InterruptedException {
        elect();
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        calm();
        for (var command : sent) {
            check(command);
        }
        assertThat(sent.stream().filter(command -> log.timesApplied(command.number()) == 1))
                .as("the simulation gets something done")
                .hasSizeGreaterThan(sent.size() / 4);
        proposals.close();
    }

    private void step() throws InterruptedException {
        clock.addAndGet(random.nextLong(Duration.ofMillis(5).toNanos()));
        switch (random.nextInt(200)) {
            case 0 -> elect();
            case 1, 2 -> streams.getLast().cut();
            case 3, 4, 5 -> proposals.expire();
            case 6 -> proposals.hold();
            default -> {
                switch (random.nextInt(5)) {
                    case 0 -> propose();
                    case 1 -> anyStream().deliverRequest();
                    case 2 -> streams.getLast().deliverRequest();
                    case 3 -> deliverResponse();
                    default -> log.applyNext(proposals);
                }
            }
        }
        if (streams.getLast().isBroken()) {
            reconnect();
        }
    }

    private void elect() {
        leader.closeAll();
        log.elect();
        acceptor.begin(log.term());
        reconnect();
    }

    private void reconnect() {
        if (random.nextBoolean()) {
            proposals.hold();
        }
        streams.add(new ModelStream(proposals, leader));
    }

    private ModelStream anyStream() {
        return streams.get(random.nextInt(Math.max(0, streams.size() - 3), streams.size()));
    }

    private void deliverResponse() {
        var stream = anyStream();
        stream.deliverResponse(stream == streams.getLast());
    }

    private void propose() {
        long number = sent.size();
        boolean bound = random.nextInt(4) == 0;
        var command = new Sent(number, new CopyOnWriteArrayList<>());
        sent.add(command);
        var proposer = bound ? proposals.boundTo(log.term()) : proposals;
        proposer.propose(new Command.Compact(number), command.answers()::add);
    }

    /// No more faults: what can still get through gets through, and then all time is up.
    private void calm() throws InterruptedException {
        reconnect();
        var last = streams.getLast();
        for (int quiet = 0; quiet < 20; ) {
            clock.addAndGet(Duration.ofMillis(5).toNanos());
            for (var stream : streams.subList(Math.max(0, streams.size() - 3), streams.size())) {
                stream.deliverRequest();
                stream.deliverResponse(stream == last);
            }
            log.applyNext(proposals);
            quiet = last.isSilent() && log.isAllApplied() ? quiet + 1 : 0;
        }
        clock.addAndGet(TIMEOUT.toNanos());
        proposals.expire();
    }

    private void check(Sent command) {
        assertThat(command.answers())
                .as("answers to command %s", command.number())
                .hasSize(1);
        int times = log.timesApplied(command.number());
        switch (command.answers().getFirst()) {
            case Outcome.Accepted(var number) -> {
                assertThat(number).isEqualTo(command.number());
                assertThat(times).as("command %s was acknowledged", number).isEqualTo(1);
            }
            case Outcome.Refused(var reason) ->
                assertThat(times)
                        .as("command %s was refused: %s", command.number(), reason)
                        .isLessThanOrEqualTo(reason == Reason.LEADER_CHANGED ? 0 : 1);
            default -> throw new AssertionError("not an outcome of this test: " + command);
        }
    }
}
