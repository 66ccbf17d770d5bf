package io.metastore.server.apply;

import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;

/// Is told, on the applying thread, how far applying has come; on every member alike, also while the log is applied
/// again after a start. It changes nothing of what is applied, and does not wait.
public interface CommandListener {
    /// The first command of an entry begins.
    void begun();

    /// A command was run; the next one begins.
    void applied(Command command, Outcome outcome);

    /// The effects of the last entries are about to be stored.
    void committing();

    /// They are stored.
    void committed();

    /// Hears nothing.
    CommandListener DEAF = new CommandListener() {
        @Override
        public void begun() {}

        @Override
        public void applied(Command command, Outcome outcome) {}

        @Override
        public void committing() {}

        @Override
        public void committed() {}
    };
}
