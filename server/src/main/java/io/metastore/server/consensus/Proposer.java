package io.metastore.server.consensus;

import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.util.function.Consumer;

/// Puts commands into the agreed order.
public interface Proposer {
    /// Hands `command` over and returns at once; from any thread, without blocking.
    ///
    /// `reply` is called exactly once: after the command was applied on this member, or when it is refused or its
    /// outcome is not known in time. It runs on the thread that applies commands (or, when refused at once, on the
    /// caller's), so it only hands the outcome on and never blocks or throws.
    void propose(Command command, Consumer<Outcome> reply);
}
