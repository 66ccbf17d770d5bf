package io.metastore.server.snapshot;

import io.metastore.server.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 over what is imported, the same on every member that imports the same in the same way. Each part goes in
/// with its length, so that two never look like one other.
final class ContentDigest {
    private final MessageDigest digest = sha256();

    ContentDigest add(Bytes part) {
        add(part.length());
        digest.update(part.shared());
        return this;
    }

    ContentDigest add(long number) {
        digest.update(Schema.number(number).shared());
        return this;
    }

    /// Ends it.
    Bytes finish() {
        return Bytes.wrap(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
