package io.metastore.server.upkeep;

import io.metastore.server.consensus.Proposer;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;

/// Keeps what is proposed until the test says what becomes of it.
final class FakeProposer implements Proposer {
    private final Queue<Pending> pending = new ArrayDeque<>();

    private record Pending(Command command, Consumer<Outcome> reply) {}

    @Override
    public void propose(Command command, Consumer<Outcome> reply) {
        pending.add(new Pending(command, reply));
    }

    List<Command> pending() {
        return pending.stream().map(Pending::command).toList();
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    /// Answers what was proposed until now, the oldest first; returns how many that were.
    int answerAll(Function<Command, Outcome> apply) {
        int count = pending.size();
        for (int answered = 0; answered < count; answered++) {
            answerFirst(apply);
        }
        return count;
    }

    void answerFirst(Function<Command, Outcome> apply) {
        var first = pending.remove();
        first.reply().accept(apply.apply(first.command()));
    }

    /// Refuses the commands of this kind and applies the others, the oldest first.
    void refuseOnly(Class<? extends Command> kind, Reason reason, Function<Command, Outcome> apply) {
        answerAll(command -> kind.isInstance(command) ? new Outcome.Refused(reason) : apply.apply(command));
    }

    void refuseAll(Reason reason) {
        answerAll(_ -> new Outcome.Refused(reason));
    }
}
