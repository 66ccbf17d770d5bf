package io.metastore.server.bolt;

/// Gives pages their numbers and keeps nothing of them.
final class PageCounter implements PageSink {
    private long next;

    PageCounter(long first) {
        next = first;
    }

    @Override
    public long add(Page page) {
        long id = next;
        next += page.span();
        return id;
    }

    @Override
    public long next() {
        return next;
    }
}
