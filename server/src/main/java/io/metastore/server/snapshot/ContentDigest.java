package io.metastore.server.snapshot;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Sha256;
import java.security.MessageDigest;

/// SHA-256 over what is imported, the same on every member that imports the same in the same way. Each part goes in
/// with its length, so that two never look like one other.
final class ContentDigest {
    private final MessageDigest digest = Sha256.start();

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
}
