package io.metastore.server.storage;

import java.util.concurrent.atomic.AtomicInteger;

/// Something that several hold and that is freed when the last one lets go. Its maker is the first holder.
abstract class References {
    private final AtomicInteger holders = new AtomicInteger(1);

    /// Whether there is one more holder now; false when it was freed, or is about to be.
    final boolean tryRetain() {
        for (; ; ) {
            int count = holders.get();
            if (count == 0) {
                return false;
            }
            if (holders.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    final void retain() {
        if (!tryRetain()) {
            throw new IllegalStateException("it is closed");
        }
    }

    final void release() {
        if (holders.decrementAndGet() == 0) {
            free();
        }
    }

    /// Called once, by the last holder.
    abstract void free();
}
