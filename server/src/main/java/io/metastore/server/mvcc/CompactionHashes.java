package io.metastore.server.mvcc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The hashes that the last ten compactions of this process left. As with etcd, a restart forgets them: the hash of a
/// compacted revision is then the one of what is still kept. One thread at a time adds; any thread reads.
final class CompactionHashes {
    private static final int KEPT = 10;

    private volatile List<CompactionHash> newestFirst = List.of();

    List<CompactionHash> newestFirst() {
        return newestFirst;
    }

    Optional<CompactionHash> find(long revision) {
        return newestFirst.stream().filter(hash -> hash.revision() == revision).findFirst();
    }

    void add(CompactionHash newest) {
        newestFirst = Stream.concat(Stream.of(newest), newestFirst.stream())
                .limit(KEPT)
                .toList();
    }

    void clear() {
        newestFirst = List.of();
    }
}
