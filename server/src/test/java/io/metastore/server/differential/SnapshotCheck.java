package io.metastore.server.differential;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/// What is fixed in a snapshot stream, whatever the database file holds: pieces that fall to nothing remaining, a
/// version in each, and the SHA-256 of all before it as the last piece.
final class SnapshotCheck {
    private static final int TRAILER = 32;
    private static final int PAGE = 512;

    private SnapshotCheck() {}

    /// One line that is the same for every correct stream.
    static String summary(List<? extends Message> pieces) {
        var all = ByteString.copyFrom(pieces.stream()
                .map(piece -> (ByteString) MessageWalk.at(piece, "blob"))
                .toList());
        var data = all.substring(0, all.size() - TRAILER);
        var trailer = all.substring(all.size() - TRAILER).toByteArray();
        return "trailer %s, size mod %d = %d, remaining %s, versions %s, headers %s"
                .formatted(
                        Arrays.equals(sha256(data), trailer) ? "right" : "WRONG",
                        PAGE,
                        all.size() % PAGE,
                        remainingIsRight(pieces, data.size()) ? "right" : "WRONG",
                        pieces.stream()
                                .map(piece -> MessageWalk.at(piece, "version"))
                                .distinct()
                                .toList(),
                        pieces.stream().anyMatch(SnapshotCheck::hasHeader) ? "set" : "unset");
    }

    /// Every piece but the trailer says how many bytes come after it; the trailer says none.
    private static boolean remainingIsRight(List<? extends Message> pieces, long size) {
        long left = size;
        for (var piece : pieces.subList(0, pieces.size() - 1)) {
            left -= ((ByteString) MessageWalk.at(piece, "blob")).size();
            if (!MessageWalk.at(piece, "remaining_bytes").equals(String.valueOf(left))) {
                return false;
            }
        }
        return MessageWalk.at(pieces.getLast(), "remaining_bytes").equals("0");
    }

    private static boolean hasHeader(Message piece) {
        return piece.hasField(piece.getDescriptorForType().findFieldByName("header"));
    }

    private static byte[] sha256(ByteString data) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(data.asReadOnlyByteBuffer());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
