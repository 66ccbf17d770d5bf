package io.metastore.server.differential;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The servers of one side during a run of the suite. Cases that do not need a store of their own share one
/// server for each set of flags, which makes the suite several times faster.
final class Servers implements AutoCloseable {
    private final ServerUnderTest program;
    private final ServerUnderTest quick;
    private final Map<List<String>, ServerUnderTest.Running> shared = new HashMap<>();

    /// @param program starts what is shared, and what a case restarts
    /// @param quick starts what serves a single case
    Servers(ServerUnderTest program, ServerUnderTest quick) {
        this.program = program;
        this.quick = quick;
    }

    /// The case's transcript, on a store of its own if it asks for one.
    String play(Script.Case script) {
        return script.script().fresh() ? playFresh(script) : playShared(script);
    }

    /// The case's transcript on a store that nobody has used.
    String playFresh(Script.Case script) {
        var starter = script.restarts() ? program : quick;
        try (var server = starter.start(script.flags())) {
            return CaseRunner.play(script, server, new RevisionBase(0));
        }
    }

    private String playShared(Script.Case script) {
        var server = shared.computeIfAbsent(script.flags(), program::start);
        boolean fine = false;
        try {
            var transcript = CaseRunner.play(script, server, Housekeeping.empty(server.endpoint()));
            fine = true;
            return transcript;
        } finally {
            if (!fine) {
                // Perhaps the case has ended it: that must not look like a fault of the cases after it.
                shared.remove(script.flags());
                server.close();
            }
        }
    }

    @Override
    public void close() {
        shared.values().forEach(ServerUnderTest.Running::close);
        shared.clear();
    }
}
