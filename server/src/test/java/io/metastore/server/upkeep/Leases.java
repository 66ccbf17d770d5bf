package io.metastore.server.upkeep;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.lease.LeaseWriter;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Command.CheckpointLeases;
import io.metastore.server.request.Command.GrantLease;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A table of leases, the keeper of their clock, and everything around them in the test's hands.
final class Leases implements AutoCloseable {
    static final LeaseSettings SETTINGS =
            new LeaseSettings(Duration.ofMillis(100), 3, 2, 4, Duration.ofMillis(500), 50);

    final Storage storage = MemoryStorage.volatileOnly();
    final LeaseTable table = LeaseTable.open(storage);
    final FakeTime time = new FakeTime();
    final FakeProposer proposer = new FakeProposer();
    final LeaseKeeper keeper = new LeaseKeeper(table, SETTINGS, time);

    /// Commands in the order in which they were applied.
    final List<Command> applied = new ArrayList<>();

    /// Applies a command as the applier would, and tells the keeper.
    Outcome apply(Command command) {
        try (var batch = storage.batch()) {
            var writer = table.writer(batch);
            var outcome = change(writer, command);
            batch.commit();
            writer.published(keeper);
            applied.add(command);
            return outcome;
        }
    }

    void grant(long id, long ttlSeconds) {
        apply(new GrantLease(LeaseId.of(id), ttlSeconds));
    }

    void lead() {
        keeper.begin(proposer);
        turn();
    }

    /// Turns until the clock has nothing more to do at this moment.
    void turn() {
        long wait;
        do {
            wait = keeper.turn();
        } while (wait <= 0);
    }

    /// Lets time pass in steps of one tick; what is proposed meanwhile is applied at once.
    void pass(Duration duration) {
        pass(duration, _ -> true);
    }

    /// Lets time pass in steps of one tick; of what is proposed meanwhile the oldest are applied at once while
    /// `isApplied` says so.
    void pass(Duration duration, Predicate<Command> isApplied) {
        long ticks = duration.dividedBy(SETTINGS.tick());
        for (long tick = 0; tick < ticks; tick++) {
            time.pass(SETTINGS.tick());
            settle(isApplied);
        }
    }

    void settle(Predicate<Command> isApplied) {
        turn();
        while (!proposer.isIdle() && isApplied.test(proposer.pending().getFirst())) {
            proposer.answerFirst(this::apply);
            turn();
        }
    }

    /// The answers that the renewal has got and will get.
    List<LeaseAnswer> renew(long id) {
        var answers = new ArrayList<LeaseAnswer>();
        keeper.renew(LeaseId.of(id), answers::add);
        turn();
        return answers;
    }

    List<LeaseAnswer> timeToLive(long id) {
        var answers = new ArrayList<LeaseAnswer>();
        keeper.timeToLive(LeaseId.of(id), answers::add);
        turn();
        return answers;
    }

    boolean exists(long id) {
        return table.exists(LeaseId.of(id));
    }

    @Override
    public void close() {
        keeper.close();
        storage.close();
    }

    private static Outcome change(LeaseWriter writer, Command command) {
        return switch (command) {
            case GrantLease(var id, var ttlSeconds) -> {
                writer.grant(id, ttlSeconds);
                yield new Outcome.LeaseGranted(1, id, ttlSeconds);
            }
            case RevokeLease(var id)
            when writer.exists(id) -> {
                writer.remove(id);
                yield new Outcome.Accepted(1);
            }
            case RevokeLease _ -> new Outcome.Refused(Reason.LEASE_NOT_FOUND);
            case CheckpointLeases(var leases) -> {
                leases.stream()
                        .filter(note -> writer.exists(note.lease()))
                        .forEach(note -> writer.checkpoint(note.lease(), note.seconds()));
                yield new Outcome.Accepted(1);
            }
            default -> throw new IllegalArgumentException("no command of leases: " + command);
        };
    }
}
