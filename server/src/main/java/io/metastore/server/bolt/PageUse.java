package io.metastore.server.bolt;

import java.nio.ByteBuffer;
import java.util.BitSet;

/// Notes which pages are used, one bit for each.
final class PageUse {
    private final Pages pages;
    private final BitSet used = new BitSet();

    PageUse(Pages pages) {
        this.pages = pages;
        if (pages.meta().pages() > Integer.MAX_VALUE) {
            throw new DamagedFileException("the file has " + pages.meta().pages() + " pages, more than can be checked");
        }
    }

    StoredPage visit(long id) {
        var content = pages.content(id);
        use(id, content);
        return new StoredPage(id, content);
    }

    /// All else must be free, if the file says what is.
    void finish() {
        var meta = pages.meta();
        if (meta.freeList() == Meta.NO_FREE_LIST) {
            return;
        }
        var list = pages.content(meta.freeList());
        use(meta.freeList(), list);
        readFreeList(list);
        int unused = used.nextClearBit(Format.SECOND_META + 1);
        if (unused < meta.pages()) {
            throw DamagedFileException.page(unused, "it is neither used nor free");
        }
    }

    private void readFreeList(ByteBuffer list) {
        long id = pages.meta().freeList();
        if (Short.toUnsignedInt(list.getShort(8)) != Format.FREE_LIST) {
            throw DamagedFileException.page(id, "it is not the list of free pages");
        }
        list.position(Format.PAGE_HEADER);
        long count = Short.toUnsignedInt(list.getShort(10));
        if (count == Format.MANY) {
            count = list.getLong();
        }
        if (count < 0 || count > list.remaining() / Long.BYTES) {
            throw DamagedFileException.page(id, "it has no room for its list of " + count + " free pages");
        }
        for (long i = 0; i < count; i++) {
            long free = list.getLong();
            if (free <= Format.SECOND_META || free >= pages.meta().pages()) {
                throw DamagedFileException.page(id, "it names page " + Long.toUnsignedString(free) + ", which is none");
            }
            if (used.get((int) free)) {
                throw DamagedFileException.page(free, "it is used, or free twice");
            }
            used.set((int) free);
        }
    }

    private void use(long id, ByteBuffer content) {
        int end = (int) (id + pages.span(content));
        int again = used.nextSetBit((int) id);
        if (again >= 0 && again < end) {
            throw DamagedFileException.page(again, "it is used twice");
        }
        used.set((int) id, end);
    }
}
