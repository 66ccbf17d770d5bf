package io.metastore.server.raft.transfer;

import com.google.protobuf.ByteString;
import io.metastore.server.model.Sha256;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is in a file, whatever the file is called: two files with the same content are as good as one.
///
/// @param sha256 32 bytes, of all of it
/// @param size in bytes, at least 0
record Content(ByteString sha256, long size) {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})-(\\d{1,18})");

    /// Nothing, if there cannot be such a content.
    static Optional<Content> of(ByteString sha256, long size) {
        return sha256.size() == Sha256.BYTES && size >= 0 ? Optional.of(new Content(sha256, size)) : Optional.empty();
    }

    /// Under which it is kept.
    String name() {
        return HexFormat.of().formatHex(sha256.toByteArray()) + "-" + size;
    }

    /// The content that is kept under this name; nothing, if it is none of `name`.
    static Optional<Content> named(String name) {
        var parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new Content(
                        ByteString.copyFrom(HexFormat.of().parseHex(parts.group(1))), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }
}
