package io.metastore.server.storage;

import java.nio.file.Path;

/// Ordered rows in columns, with atomic batches, snapshots and checkpoints. After a crash it holds exactly the state
/// after some commit, never a part of one, and no commit before the last finished `persist` is missing.
///
/// Batches may be open on several threads as long as no row is written by two of them; commits take effect one at a
/// time. Everything else may be called from any thread.
public interface Storage extends AutoCloseable {
    /// The state after the last commit.
    Snapshot snapshot();

    Batch batch();

    /// How many snapshots and batches are open, and how much else goes on that reads rows.
    int readers();

    /// Makes everything that was committed before this call durable. Blocks; commits and reads go on meanwhile.
    void persist();

    /// Writes the state after the last commit into `directory`, which must not exist. `replaceWith` can take it from
    /// there, here or on another member with the same engine. Files are synced; commits and reads go on meanwhile.
    void checkpoint(Path directory);

    /// Replaces all rows by those of a checkpoint, which is consumed (moved). Waits until open snapshots and batches
    /// are closed and holds back new ones meanwhile. After a crash in the middle either the old or the new rows are
    /// there, whole.
    ///
    /// @throws StorageException when the checkpoint is damaged or of another engine; the rows are those of before
    void replaceWith(Path checkpoint);

    /// Gives space of deleted rows back, in the background of reads and commits. Blocks until done.
    void reclaim();

    /// Waits for open snapshots and batches to be closed, then frees everything. What was not persisted may be lost.
    @Override
    void close();
}
