package io.metastore.server.mvcc;

import io.metastore.server.model.Event;
import java.util.List;

/// Is told of every change, after it was committed, on the thread that applies commands: it must not block.
public interface CommitListener {
    /// One transaction took effect. Calls come in the order of revisions, without a gap as long as the rows are not
    /// replaced by a checkpoint.
    ///
    /// @param events in the order of the transaction's steps, never empty
    void committed(long revision, List<Event> events);
}
