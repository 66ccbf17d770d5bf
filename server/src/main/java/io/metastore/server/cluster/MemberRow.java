package io.metastore.server.cluster;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.storage.StorageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How a member's row is laid out: its number in eight bytes; then a byte that is 1 for a learner, 2 for a
/// witness and 3 for both, the count of peer URLs in four bytes, the name, the peer URLs and the client URLs,
/// each as its length in four bytes and its UTF-8. Numbers are big-endian. The row of a member that was
/// removed is empty, and stays.
///
///     member 1, voter "m1" at http://a     0000000000000001  →  00 00000001 00000002 6d31 00000008 687474703a2f2f61
///     member 2, removed                    0000000000000002  →  (empty)
final class MemberRow {
    static final Bytes REMOVED = Bytes.EMPTY;
    private static final int LEARNER = 1;
    private static final int WITNESS = 2;

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

    static Bytes value(Member member) {
        var texts = Stream.of(List.of(member.name()), member.peerUrls(), member.clientUrls())
                .flatMap(List::stream)
                .map(Bytes::utf8)
                .toList();
        int length =
                texts.stream().mapToInt(text -> Integer.BYTES + text.length()).sum();
        var row = ByteBuffer.allocate(1 + Integer.BYTES + length)
                .put((byte) ((member.learner() ? LEARNER : 0) | (member.witness() ? WITNESS : 0)))
                .putInt(member.peerUrls().size());
        texts.forEach(text -> row.putInt(text.length()).put(text.shared()));
        return Bytes.wrap(row.array());
    }

    static Member member(Bytes key, Bytes value) {
        var rest = ByteBuffer.wrap(value.shared());
        try {
            byte kind = rest.get();
            int peerUrls = rest.getInt();
            var name = text(rest);
            var urls = new ArrayList<String>();
            while (rest.hasRemaining()) {
                urls.add(text(rest));
            }
            return new Member(
                    member(key),
                    name,
                    urls.subList(0, peerUrls),
                    urls.subList(peerUrls, urls.size()),
                    (kind & LEARNER) != 0,
                    (kind & WITNESS) != 0);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
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
