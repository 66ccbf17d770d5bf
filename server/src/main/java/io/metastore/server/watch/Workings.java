package io.metastore.server.watch;

import io.metastore.server.mvcc.MvccStore;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// What the streams of one hub share.
///
/// @param scans bounds how many streams read the store at once
record Workings(MvccStore store, LiveWatchers live, Budget budget, Semaphore scans, Executor executor) {}
