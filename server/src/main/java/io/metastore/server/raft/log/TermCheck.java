package io.metastore.server.raft.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The member must know at least the term of its own last entry. Ratis renames `raft-meta` without flushing the
/// directory, so a power loss can bring an older one back, and with it the right to vote a second time in a term. A log
/// without that file would even be formatted.
final class TermCheck {
    private TermCheck() {}

    /// @throws UnusableLogException when the file is missing, unreadable or older than the log
    static void check(Path group, CheckedLog log) {
        var file = TermFile.in(group);
        if (log.isEmpty()) {
            return;
        }
        var last = log.last();
        if (!Files.exists(file)) {
            throw new UnusableLogException(
                    file, last.getIndex(), "the file with the member's term and vote is missing");
        }
        var term = term(file, last.getIndex());
        if (term < last.getTerm()) {
            throw new UnusableLogException(
                    file,
                    last.getIndex(),
                    "the file says term " + term + ", but the entry is of term " + last.getTerm()
                            + ": a vote may be forgotten");
        }
    }

    private static long term(Path file, long index) {
        try {
            return TermFile.term(file);
        } catch (NumberFormatException e) {
            throw new UnusableLogException(file, index, "the file with the member's term and vote is damaged");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
