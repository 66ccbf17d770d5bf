package io.metastore.server.raft.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.metastore.proto.command.v1.Group;
import io.metastore.proto.command.v1.Stamp;
import io.metastore.server.apply.Entry;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Turns entries into the bytes of the log and back. Commands are encoded one by one, where they arrive; an entry is
/// put together from them when it is sent.
public final class EntryCodec {
    /// The layout written now, and the newest that can be read.
    static final int FORMAT = 1;

    private static final String UNREADABLE = "the log holds an entry that cannot be read";

    private EntryCodec() {}

    /// One command, as `assemble` takes it.
    public static ByteString encode(Command command) {
        return CommandEncoder.encode(command).toByteString();
    }

    /// The bytes of an entry that holds these encoded commands, in this order.
    public static ByteString assemble(io.metastore.server.apply.Stamp stamp, List<ByteString> commands) {
        var entry = io.metastore.proto.command.v1.Entry.newBuilder()
                .setFormat(FORMAT)
                .setStamp(Stamp.newBuilder()
                        .setEpoch(stamp.epoch())
                        .setProposer(stamp.proposer().number())
                        .setIncarnation(stamp.incarnation())
                        .setSequence(stamp.sequence()))
                .build();
        return wrap(RepeatedCommands.append(entry, commands));
    }

    /// The bytes of a group of entries, given as `assemble` made them: what one place in the log holds.
    public static byte[] group(List<ByteString> entries) {
        int size = 0;
        for (var entry : entries) {
            size += CodedOutputStream.computeBytesSize(Group.ENTRIES_FIELD_NUMBER, entry);
        }
        var bytes = new byte[size];
        var out = CodedOutputStream.newInstance(bytes);
        try {
            for (var entry : entries) {
                out.writeBytes(Group.ENTRIES_FIELD_NUMBER, entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array of exactly the size computed is too small", e);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }

    /// The entries of a group, in their order.
    ///
    /// @param bytes may belong to a library's buffer: everything is copied
    /// @throws DamagedEntryException when the bytes are no group, or hold an entry of a newer format
    public static List<Entry> decodeGroup(ByteBuffer bytes) {
        try {
            var entries = Group.parseFrom(CodedInputStream.newInstance(bytes)).getEntriesList();
            if (entries.isEmpty()) {
                throw new DamagedEntryException("the log holds a group without entries");
            }
            return entries.stream().map(EntryCodec::entry).toList();
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedEntryException(UNREADABLE, e);
        }
    }

    /// The entry in `bytes`, which may belong to a library's buffer: everything is copied.
    ///
    /// @throws DamagedEntryException when the bytes are no entry, or one of a newer format
    public static Entry decode(ByteBuffer bytes) {
        try {
            return entry(io.metastore.proto.command.v1.Entry.parseFrom(CodedInputStream.newInstance(bytes)));
        } catch (IOException | IllegalArgumentException e) {
            throw new DamagedEntryException(UNREADABLE, e);
        }
    }

    private static Entry entry(io.metastore.proto.command.v1.Entry entry) {
        if (entry.getFormat() < 1 || entry.getFormat() > FORMAT) {
            throw new DamagedEntryException("the log holds an entry of format " + entry.getFormat()
                    + ", this release reads up to " + FORMAT + ": start the newer release again");
        }
        return new Entry(
                stamp(entry.getStamp()),
                entry.getCommandsList().stream().map(CommandDecoder::decode).toList());
    }

    /// The command in the bytes that `encode` made.
    ///
    /// @throws DamagedEntryException when they are no command
    static Command decodeCommand(ByteString bytes) {
        try {
            return CommandDecoder.decode(io.metastore.proto.command.v1.Command.parseFrom(bytes));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new DamagedEntryException("these bytes are no command", e);
        }
    }

    /// The bytes of `owned` without a copy; it must not change afterwards.
    public static ByteString wrap(byte[] owned) {
        return UnsafeByteOperations.unsafeWrap(owned);
    }

    private static io.metastore.server.apply.Stamp stamp(Stamp stamp) {
        return new io.metastore.server.apply.Stamp(
                stamp.getEpoch(), new MemberId(stamp.getProposer()), stamp.getIncarnation(), stamp.getSequence());
    }
}
