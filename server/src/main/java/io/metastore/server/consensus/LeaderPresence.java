package io.metastore.server.consensus;

/// Is told whether this member knows of a leader. It may be told the same several times.
@FunctionalInterface
public interface LeaderPresence {
    void leaderKnown(boolean known);
}
