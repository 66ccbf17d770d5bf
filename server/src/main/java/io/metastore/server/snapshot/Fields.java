package io.metastore.server.snapshot;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.google.protobuf.UnsafeByteOperations;
import io.metastore.server.model.Bytes;
import java.util.List;

/// A protobuf message by the numbers of its fields, which are numbers or runs of bytes; those that are 0 or empty are
/// left out.
///
///     {1: 7, 2: 600}         →   08 07  10 d8 04
///     {1: "r", 2: ["", ""]}  →   0a 01 72  12 00  12 00
final class Fields {
    private final UnknownFieldSet.Builder fields;

    private Fields(UnknownFieldSet.Builder fields) {
        this.fields = fields;
    }

    Fields() {
        this(UnknownFieldSet.newBuilder());
    }

    Fields with(int field, long number) {
        if (number != 0) {
            fields.mergeField(field, Field.newBuilder().addVarint(number).build());
        }
        return this;
    }

    Fields with(int field, Bytes bytes) {
        return bytes.isEmpty() ? this : add(field, bytes);
    }

    /// Adds one of several, or a message; it may be empty.
    Fields add(int field, Bytes bytes) {
        var value = UnsafeByteOperations.unsafeWrap(bytes.shared());
        fields.mergeField(field, Field.newBuilder().addLengthDelimited(value).build());
        return this;
    }

    /// @throws SnapshotException when the field is no number
    long get(int field) {
        var numbers = field(field).getVarintList();
        if (!field(field).getLengthDelimitedList().isEmpty()) {
            throw damaged();
        }
        return numbers.isEmpty() ? 0 : numbers.getLast();
    }

    /// @throws SnapshotException when the field is no run of bytes
    Bytes bytes(int field) {
        var all = all(field);
        return all.isEmpty() ? Bytes.EMPTY : all.getLast();
    }

    /// @throws SnapshotException when the field is no run of bytes
    List<Bytes> all(int field) {
        if (!field(field).getVarintList().isEmpty()) {
            throw damaged();
        }
        return field(field).getLengthDelimitedList().stream()
                .map(ByteString::toByteArray)
                .map(Bytes::wrap)
                .toList();
    }

    Bytes encoded() {
        return Bytes.wrap(fields.build().toByteArray());
    }

    /// @throws SnapshotException when it is none
    static Fields decode(Bytes message) {
        try {
            return new Fields(UnknownFieldSet.newBuilder().mergeFrom(message.shared()));
        } catch (InvalidProtocolBufferException e) {
            throw damaged();
        }
    }

    private Field field(int number) {
        return fields.hasField(number) ? fields.build().getField(number) : Field.getDefaultInstance();
    }

    /// What is in it is not told: it may be a secret.
    private static SnapshotException damaged() {
        return new SnapshotException("a message that cannot be read");
    }
}
