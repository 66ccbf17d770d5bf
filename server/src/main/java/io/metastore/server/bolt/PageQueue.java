package io.metastore.server.bolt;

import java.util.ArrayDeque;

/// Pages as bytes, to be taken away piece by piece.
final class PageQueue implements PageSink {
    private final PageCounter counter;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int taken;

    PageQueue(long first) {
        counter = new PageCounter(first);
    }

    @Override
    public long add(Page page) {
        long id = counter.add(page);
        add(page.encoded(id));
        return id;
    }

    void add(byte[] page) {
        waiting.add(page);
    }

    @Override
    public long next() {
        return counter.next();
    }

    /// Moves bytes to `target`, from `position` on.
    ///
    /// @return how many; 0 when none are waiting
    int take(byte[] target, int position) {
        var first = waiting.peek();
        if (first == null) {
            return 0;
        }
        int length = Math.min(first.length - taken, target.length - position);
        System.arraycopy(first, taken, target, position, length);
        taken += length;
        if (taken == first.length) {
            waiting.remove();
            taken = 0;
        }
        return length;
    }
}
