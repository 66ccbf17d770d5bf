package io.metastore.server.raft.gate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/// Makes calls that may block, one after the other, on a thread that is there while there are any.
final class Aside {
    /// A leader has eight messages with entries on their way at most, and then one heartbeat after the other.
    private static final int MOST_WAITING = 64;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    interface Call<T> {
        CompletableFuture<T> make() throws IOException;
    }

    /// Whether a call is made, or waits to be.
    synchronized boolean isBusy() {
        return busy;
    }

    /// What the call leads to; a failure when too many wait already.
    <T> CompletableFuture<T> make(Call<T> call) {
        var result = new CompletableFuture<T>();
        if (!add(() -> make(call, result))) {
            result.completeExceptionally(new IOException("more than " + MOST_WAITING + " appends wait"));
        }
        return result;
    }

    private static <T> void make(Call<T> call, CompletableFuture<T> result) {
        try {
            var _ = call.make().whenComplete((reply, failure) -> {
                if (failure == null) {
                    result.complete(reply);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private synchronized boolean add(Runnable task) {
        if (waiting.size() >= MOST_WAITING) {
            return false;
        }
        waiting.add(task);
        if (!busy) {
            busy = true;
            Thread.ofVirtual().name("metastore-append").start(this::makeAll);
        }
        return true;
    }

    private void makeAll() {
        for (var task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable next() {
        var task = waiting.poll();
        busy = task != null;
        return task;
    }
}
