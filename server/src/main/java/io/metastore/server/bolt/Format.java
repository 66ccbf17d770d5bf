package io.metastore.server.bolt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a page looks. Numbers are little-endian.
///
///     page            id 8, kind 2, number of elements 2, further pages that it spans 4; the elements; their bytes
///     leaf element    flags 4, where its key is, counted from the element itself 4, length of key 4, of value 4
///     branch element  where its key is 4, length of key 4, page below it 8
///     bucket          as a value: its root page 8, a counter that etcd does not use 8. A small bucket has no page
///                     of its own: its root is 0, and its only page, a leaf, follows here
///
/// Source: page and bucket of go.etcd.io/bbolt, version 2 of the format.
final class Format {
    /// What this writes; files with others are read.
    static final int PAGE_BYTES = 4096;

    static final int PAGE_HEADER = 16;
    static final int ELEMENT_HEADER = 16;
    static final int BUCKET_HEADER = 16;

    /// A bucket up to this size, with the header of its page, has no page of its own.
    static final int INLINE_BYTES = PAGE_BYTES / 4;

    static final int BRANCH = 0x01;
    static final int LEAF = 0x02;
    static final int META = 0x04;
    static final int FREE_LIST = 0x10;

    /// The flag of a leaf's element whose value is a bucket.
    static final int IS_BUCKET = 0x01;

    /// As the number of elements of a list of free pages: the number is too large, and comes first in the list.
    static final int MANY = 0xffff;

    static final int FIRST_META = 0;
    static final int SECOND_META = 1;

    private Format() {}

    static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void putHeader(ByteBuffer page, long id, int kind, int elements) {
        page.putLong(id).putShort((short) kind).putShort((short) elements).putInt(0);
    }
}
