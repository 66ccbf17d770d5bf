package io.metastore.server.apply;

import io.metastore.server.request.Command;
import java.util.List;

/// What one entry of the log holds: commands, in the order in which they are applied.
public record Entry(Stamp stamp, List<Command> commands) {
    public Entry {
        commands = List.copyOf(commands);
    }
}
