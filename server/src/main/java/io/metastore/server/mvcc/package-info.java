/// The revisions of keys: reads at any revision, transactions, compaction, hashes. It is deterministic: no clock, no
/// thread, no I/O but `Storage`.
@NullMarked
package io.metastore.server.mvcc;

import org.jspecify.annotations.NullMarked;
