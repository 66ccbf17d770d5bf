package io.metastore.server.cluster;

import io.metastore.server.cluster.MemberTable.About;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.StorageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.stream.Stream;

/// How a member's row is laid out: its number in eight bytes, then the name and the URLs, each as its length in four
/// bytes and its UTF-8. Numbers are big-endian.
///
///     member 1, About("m1", ["http://a"])   0000000000000001  →  00000002 6d31 00000008 687474703a2f2f61
final class MemberRow {
    private MemberRow() {}

    static Bytes key(MemberId member) {
        return Bytes.wrap(
                ByteBuffer.allocate(Long.BYTES).putLong(member.number()).array());
    }

    static MemberId member(Bytes key) {
        if (key.length() != Long.BYTES) {
            throw new StorageException("the row of a member is damaged: " + key);
        }
        return new MemberId(ByteBuffer.wrap(key.shared()).getLong());
    }

    static Bytes value(About about) {
        var texts = Stream.concat(Stream.of(about.name()), about.clientUrls().stream())
                .map(Bytes::utf8)
                .toList();
        int length =
                texts.stream().mapToInt(text -> Integer.BYTES + text.length()).sum();
        var row = ByteBuffer.allocate(length);
        texts.forEach(text -> row.putInt(text.length()).put(text.shared()));
        return Bytes.wrap(row.array());
    }

    static About about(Bytes value) {
        var rest = ByteBuffer.wrap(value.shared());
        try {
            var name = text(rest);
            var clientUrls = new ArrayList<String>();
            while (rest.hasRemaining()) {
                clientUrls.add(text(rest));
            }
            return new About(name, clientUrls);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new StorageException("the row of a member is damaged: " + value, e);
        }
    }

    private static String text(ByteBuffer rest) {
        int length = rest.getInt();
        var text = Bytes.copyOf(rest.slice(rest.position(), length)).utf8();
        rest.position(rest.position() + length);
        return text;
    }
}
