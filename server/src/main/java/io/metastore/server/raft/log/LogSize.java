package io.metastore.server.raft.log;

import java.nio.file.Path;

/// How large the files of a log are, while it is in use.
public final class LogSize {
    private LogSize() {}

    /// Bytes of the segments that hold entries from `index` on, with what is preallocated in them. One that is deleted
    /// meanwhile counts nothing.
    ///
    /// @param group `<raft storage>/<group uuid>`
    public static long from(Path group, long index) {
        return SegmentFile.in(group).stream()
                .filter(file -> file.last() >= index)
                .mapToLong(file -> file.path().toFile().length())
                .sum();
    }
}
