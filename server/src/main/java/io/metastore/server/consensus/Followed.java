package io.metastore.server.consensus;

import io.metastore.server.request.Outcome;
import java.util.function.Consumer;

/// A reply to a proposal that also wants to know how far the command has come. What it is told comes in this order,
/// on the threads that do the work: nothing here may block or throw.
public interface Followed extends Consumer<Outcome> {
    /// It is on its way to whoever leads, in an entry for the log. It comes again when that entry is lost, and another
    /// one carries it.
    void sent();

    /// Its entry is committed, and this member begins to apply it.
    void committed();
}
