package io.metastore.server.raft.watchdog;

import java.util.function.Consumer;

/// A member in a test cannot end the process: what it would have done is told instead.
///
/// @param told takes `exit: why` or `halt: why`
public record ToldEnding(Consumer<String> told) implements Ending {
    /// For members that have no reason to end: whoever asks for it fails.
    public static ToldEnding unexpected() {
        return new ToldEnding(ending -> {
            throw new AssertionError(ending);
        });
    }

    @Override
    public void exit(String why) {
        told.accept("exit: " + why);
    }

    @Override
    public void leave(String why) {
        told.accept("leave: " + why);
    }

    @Override
    public void halt(String why) {
        told.accept("halt: " + why);
    }
}
