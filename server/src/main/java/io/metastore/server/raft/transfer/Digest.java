package io.metastore.server.raft.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class Digest {
    static final int BYTES = 32;

    private Digest() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
