package io.metastore.server.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.metastore.server.model.MemberId;

/// The limit on the size of a change, measured as etcd measures it: not the client's request, but the Raft request
/// that etcd would wrap it in.
///
///     field 4, 5 or 6 (1 byte) + length + request
///     field 100 (2 bytes) + length (1) + id (1 + 1..10 bytes)
///
/// The id is 64 bits: the low 16 of the member's, 40 of the time, 8 of a counter.
final class SizeLimit {
    private static final int TIME_AND_COUNTER_BITS = 48;

    private final int maxBytes;
    private final int headerBytes;

    SizeLimit(int maxBytes, MemberId member) {
        this.maxBytes = maxBytes;
        long someId = member.number() << TIME_AND_COUNTER_BITS | 1L << (TIME_AND_COUNTER_BITS - 1);
        this.headerBytes = 2 + 1 + 1 + CodedOutputStream.computeUInt64SizeNoTag(someId);
    }

    boolean isExceededBy(MessageLite request) {
        int size = request.getSerializedSize();
        return headerBytes + 1L + CodedOutputStream.computeUInt32SizeNoTag(size) + size > maxBytes;
    }
}
