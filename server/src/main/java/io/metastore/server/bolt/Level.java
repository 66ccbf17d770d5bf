package io.metastore.server.bolt;

import java.util.ArrayList;
import java.util.List;

/// The pages of one height in a tree, from left to right, of which the last is not written yet.
///
/// A page is written when it is sure that what is left fills another: branches get two children at least, as bbolt
/// makes them, leaves one row.
final class Level {
    private final int leastElements;
    private final List<Element> waiting = new ArrayList<>();
    private int fullElements;
    private int fullBytes = Format.PAGE_HEADER;
    private int waitingBytes = Format.PAGE_HEADER;
    private boolean written;

    /// @param leastElements so many every page has, if there are so many
    Level(int leastElements) {
        this.leastElements = leastElements;
    }

    /// Adds what comes next.
    ///
    /// @return whether a page is full and to be taken
    boolean add(Element element) {
        waiting.add(element);
        waitingBytes += element.bytes();
        if (waitingBytes <= Format.PAGE_BYTES || waiting.size() <= leastElements) {
            fullElements = waiting.size();
            fullBytes = waitingBytes;
            return false;
        }
        return waiting.size() - fullElements >= leastElements;
    }

    /// The page that is full; what did not go into it stays.
    Page takeFull() {
        var page = new Page(List.copyOf(waiting.subList(0, fullElements)), fullBytes);
        waiting.subList(0, fullElements).clear();
        waitingBytes += Format.PAGE_HEADER - fullBytes;
        fullElements = waiting.size();
        fullBytes = waitingBytes;
        written = true;
        return page;
    }

    /// What is left, which may be nothing.
    Page takeRest() {
        written = true;
        var page = new Page(List.copyOf(waiting), waitingBytes);
        waiting.clear();
        return page;
    }

    /// Whether a page of this level was taken.
    boolean hasWritten() {
        return written;
    }

    int elements() {
        return waiting.size();
    }

    Element first() {
        return waiting.getFirst();
    }

    int bytes() {
        return waitingBytes;
    }
}
