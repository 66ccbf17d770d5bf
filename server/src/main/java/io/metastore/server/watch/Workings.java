package io.metastore.server.watch;

import io.metastore.server.mvcc.MvccStore;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/// What the streams of one hub share.
///
/// @param scans bounds how many streams read the store at once
/// @param meter is told how the streams do
/// @param told counts the events that were handed to sinks
record Workings(
        MvccStore store,
        LiveWatchers live,
        Budget budget,
        Semaphore scans,
        Executor executor,
        LongAdder told,
        WatchMeter meter) {}
