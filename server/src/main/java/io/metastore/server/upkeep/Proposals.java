package io.metastore.server.upkeep;

import io.metastore.server.consensus.Proposer;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.util.function.Consumer;

/// Proposes, and brings the outcome back to the thread that asked.
///
/// @param later has work done in a turn of that thread
record Proposals(Proposer proposer, Consumer<Runnable> later) {
    void propose(Command command, Consumer<Outcome> reply) {
        proposer.propose(command, outcome -> later.accept(() -> reply.accept(outcome)));
    }
}
