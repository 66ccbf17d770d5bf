package io.metastore.server.upkeep;

/// Is told of the steps of compactions, on the compacting thread.
@FunctionalInterface
public interface CompactionMeter {
    /// A step is over.
    ///
    /// @param finished whether it was the last one of a compaction
    void step(long nanos, boolean finished);
}
