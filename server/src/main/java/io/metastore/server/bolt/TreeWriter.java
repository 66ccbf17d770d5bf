package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Builds the tree of one bucket from its rows in their order. A page is written as soon as it is full, a branch after
/// all that is below it, so nothing is held but one page of each height.
///
///     rows a b c d e, two to a page    →   3:[a b] 4:[c d] 5:[e] 6:[a→3 c→4 e→5]
final class TreeWriter {
    private final PageSink sink;
    private final List<Level> levels = new ArrayList<>();
    private Bytes last = Bytes.EMPTY;
    private boolean empty = true;

    TreeWriter(PageSink sink) {
        this.sink = sink;
        levels.add(new Level(1));
    }

    /// @throws IllegalArgumentException when the key is not above the one before
    void add(int flags, Bytes key, Bytes value) {
        if (!empty && key.compareTo(last) <= 0) {
            throw new IllegalArgumentException("row " + key + " comes after " + last);
        }
        last = key;
        empty = false;
        add(0, new Element.Row(flags, key, value));
    }

    /// Writes what is left.
    ///
    /// @return the root page
    long finish() {
        for (int height = 0; ; height++) {
            var level = levels.get(height);
            boolean isTop = height == levels.size() - 1;
            if (isTop && !level.hasWritten()) {
                return top(level);
            }
            write(height, level.takeRest());
        }
    }

    /// As `finish`, for a bucket: the value by which it is found. A small one has no page.
    Bytes finishBucket() {
        var leaves = levels.getFirst();
        if (!leaves.hasWritten() && leaves.bytes() <= Format.INLINE_BYTES) {
            return leaves.takeRest().inlined();
        }
        var value = new byte[Format.BUCKET_HEADER];
        Format.buffer(value).putLong(finish());
        return Bytes.wrap(value);
    }

    /// The only page of its height: one child is the root itself.
    private long top(Level level) {
        return level.elements() == 1 && level.first() instanceof Element.Child(var _, var page)
                ? page
                : sink.add(level.takeRest());
    }

    private void add(int height, Element element) {
        if (height == levels.size()) {
            levels.add(new Level(2));
        }
        var level = levels.get(height);
        if (level.add(element)) {
            write(height, level.takeFull());
        }
    }

    private void write(int height, Page page) {
        add(height + 1, new Element.Child(page.elements().getFirst().key(), sink.add(page)));
    }
}
