package io.metastore.server.node;

import io.metastore.server.request.Command;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Outcome;
import java.util.function.Consumer;

/// Is told how requests go, on many threads at once; nothing it does may wait. Times are those of `System.nanoTime()`.
public interface RequestMeter {
    /// A change is about to be put into the log.
    ///
    /// @return what is to be told the outcome in the place of `reply`
    Consumer<Outcome> change(Command command, Consumer<Outcome> reply);

    /// A read was answered.
    ///
    /// @param operation a range, or a transaction without changes
    void read(Operation operation, long startNanos, Outcome outcome);

    /// The same read without the wait for its turn.
    void evaluated(Operation operation, long startNanos, Outcome outcome);

    /// The history was hashed up to some revision, or else everything was.
    void hashed(boolean history, long startNanos);

    /// A learner was, or was not, made a voter because a client asked this member for it.
    void promoted(Outcome outcome);

    /// Measures nothing.
    RequestMeter NONE = new RequestMeter() {
        @Override
        public Consumer<Outcome> change(Command command, Consumer<Outcome> reply) {
            return reply;
        }

        @Override
        public void read(Operation operation, long startNanos, Outcome outcome) {}

        @Override
        public void evaluated(Operation operation, long startNanos, Outcome outcome) {}

        @Override
        public void hashed(boolean history, long startNanos) {}

        @Override
        public void promoted(Outcome outcome) {}
    };
}
