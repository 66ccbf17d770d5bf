package io.metastore.server.node;

import io.metastore.server.consensus.Followed;
import io.metastore.server.request.Outcome;
import io.metastore.server.trace.Span;
import java.util.function.Consumer;

/// A change on its way through the log, for those who look at traces:
///
///     propose  waits until an entry takes it along
///     commit   the entry is on its way into the log of a majority, and back to this member
///     apply    the commands of the entry change the state here
final class FollowedChange implements Followed {
    private final Consumer<Outcome> reply;
    /// Where it is now. Guarded by this.
    private Span stage;

    private FollowedChange(Span propose, Consumer<Outcome> reply) {
        this.stage = propose;
        this.reply = reply;
    }

    /// The same reply, unless somebody looks.
    ///
    /// @param admit the stage before this one, which ends
    static Consumer<Outcome> after(Span admit, Consumer<Outcome> reply) {
        return admit.isRecorded() ? new FollowedChange(admit.next("propose"), reply) : reply;
    }

    @Override
    public synchronized void sent() {
        stage = stage.next("commit");
    }

    @Override
    public synchronized void committed() {
        stage = stage.next("apply");
    }

    @Override
    public void accept(Outcome outcome) {
        end(outcome);
        reply.accept(outcome);
    }

    private synchronized void end(Outcome outcome) {
        Refusal.tell(stage, outcome);
        stage.end();
    }
}
