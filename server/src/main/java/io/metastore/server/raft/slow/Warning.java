package io.metastore.server.raft.slow;

import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// A line for the log.
///
/// @param fields in the order in which they are written
public record Warning(Level level, String text, SequencedMap<String, Object> fields) {
    void log(Logger logger) {
        var line = logger.atLevel(level);
        for (var field : fields.entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        line.log(text);
    }
}
