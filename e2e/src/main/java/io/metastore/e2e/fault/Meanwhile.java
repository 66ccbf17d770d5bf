package io.metastore.e2e.fault;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Something that is done while a fault is in effect, on a thread of its own.
final class Meanwhile {
    /// What is done.
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    private final Task task;
    private Optional<CompletableFuture<Void>> done = Optional.empty();

    Meanwhile(Task task) {
        this.task = task;
    }

    /// Nothing.
    static Meanwhile idle() {
        return new Meanwhile(() -> {});
    }

    /// The fault is in effect now. It may begin more than once: then the task is done in the first
    /// time.
    void begin() {
        if (done.isEmpty()) {
            var result = new CompletableFuture<Void>();
            done = Optional.of(result);
            Thread.ofPlatform().name("meanwhile").start(() -> {
                try {
                    task.run();
                    result.complete(null);
                } catch (RuntimeException | InterruptedException e) {
                    result.completeExceptionally(e);
                }
            });
        }
    }

    /// Waits for its end.
    ///
    /// @throws Broken when it failed, or the fault was never in effect
    void await() {
        try {
            done.orElseThrow(() -> new Broken("the fault did not tell that it is in effect"))
                    .join();
        } catch (CompletionException e) {
            throw new Broken("while members change: " + e.getMessage());
        }
    }
}
