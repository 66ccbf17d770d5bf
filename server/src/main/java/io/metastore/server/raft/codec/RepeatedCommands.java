package io.metastore.server.raft.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.metastore.proto.command.v1.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Writes the field `commands` of an entry from commands that are encoded already, so that none is encoded twice.
final class RepeatedCommands {
    private RepeatedCommands() {}

    /// `head`, which has no commands, followed by the commands: the bytes that the whole message would have.
    static byte[] append(Entry head, List<ByteString> commands) {
        int size = head.getSerializedSize();
        for (var command : commands) {
            size += CodedOutputStream.computeBytesSize(Entry.COMMANDS_FIELD_NUMBER, command);
        }
        var bytes = new byte[size];
        var out = CodedOutputStream.newInstance(bytes);
        try {
            head.writeTo(out);
            for (var command : commands) {
                out.writeBytes(Entry.COMMANDS_FIELD_NUMBER, command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array of exactly the size computed is too small", e);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }
}
