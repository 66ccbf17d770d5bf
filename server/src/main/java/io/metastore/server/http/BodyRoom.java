package io.metastore.server.http;

import java.util.concurrent.atomic.AtomicLong;

/// The room there is for the bodies of requests that are still arriving, on all connections together: many slow
/// clients must not fill the memory with what they have not finished saying.
public final class BodyRoom {
    private final int mostBytes;
    private final long mostBytesTogether;
    private final AtomicLong used = new AtomicLong();

    /// @param mostBytes of one body
    /// @param mostBytesTogether of all bodies that are arriving
    public BodyRoom(int mostBytes, long mostBytesTogether) {
        this.mostBytes = mostBytes;
        this.mostBytesTogether = mostBytesTogether;
    }

    int mostBytes() {
        return mostBytes;
    }

    /// Takes room, unless there is none.
    boolean take(int bytes) {
        if (used.addAndGet(bytes) <= mostBytesTogether) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void give(int bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
