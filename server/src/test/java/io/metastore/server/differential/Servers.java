package io.metastore.server.differential;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The servers of one side during a run of the suite. Cases that do not need a store of their own share servers, for
/// each set of flags as many as are used at the same time; any thread may play.
final class Servers implements AutoCloseable {
    private final ServerUnderTest program;
    private final ServerUnderTest quick;
    private final Map<List<String>, Queue<ServerUnderTest.Running>> idle = new ConcurrentHashMap<>();

    /// @param program starts what is shared, and what a case restarts
    /// @param quick starts what serves a single case
    Servers(ServerUnderTest program, ServerUnderTest quick) {
        this.program = program;
        this.quick = quick;
    }

    /// The case's transcript, on a store of its own if it asks for one.
    String play(Script.Case script) {
        return script.script().isFresh() ? playFresh(script) : playShared(script);
    }

    /// The case's transcript on a store that nobody has used.
    String playFresh(Script.Case script) {
        var cast = script.script().cast();
        var starter = script.restarts() || !cast.isAlone() ? program : quick;
        try (var server = starter.start(cast, script.flags())) {
            return CaseRunner.play(script, server, new RevisionBase(0));
        }
    }

    private String playShared(Script.Case script) {
        var others = idle.computeIfAbsent(script.flags(), _ -> new ConcurrentLinkedQueue<>());
        var waiting = others.poll();
        var server = waiting == null ? program.start(Script.Cast.ALONE, script.flags()) : waiting;
        boolean fine = false;
        try {
            var transcript = CaseRunner.play(script, server, Housekeeping.empty(server.address()));
            fine = true;
            return transcript;
        } finally {
            if (fine) {
                others.add(server);
            } else {
                // Perhaps the case has ended it: that must not look like a fault of the cases after it.
                server.close();
            }
        }
    }

    /// To be called when nothing is played any more.
    @Override
    public void close() {
        idle.values().forEach(servers -> servers.forEach(ServerUnderTest.Running::close));
        idle.clear();
    }
}
