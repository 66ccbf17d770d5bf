package io.metastore.server.config;

import java.nio.file.Path;

/// Who this member is and where it keeps what it knows.
///
/// @param dataDir everything but the Raft log, and that too unless `logDir` is another directory
/// @param logDir the Raft log; equal to `dataDir` unless a separate one was asked for
public record MemberConfig(String name, Path dataDir, Path logDir) {
    public static final String DEFAULT_NAME = "default";

    public MemberConfig {
        if (name.chars().anyMatch(character -> character < ' ' || character == ',' || character == '=')) {
            throw ConfigException.notAllowed(
                    "name", "\"" + name + "\"", "a text without commas, equal signs and controls");
        }
    }

    /// One directory for everything.
    public MemberConfig(String name, Path dataDir) {
        this(name, dataDir, dataDir);
    }

    public boolean hasSeparateLog() {
        return !logDir.equals(dataDir);
    }
}
