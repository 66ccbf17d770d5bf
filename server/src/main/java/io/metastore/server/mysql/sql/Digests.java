package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests as SQL's functions write them. They protect nothing here.
final class Digests {
    private Digests() {}

    static String md5(Bytes content) {
        return hex("MD5", content);
    }

    static String sha1(Bytes content) {
        return hex("SHA-1", content);
    }

    private static String hex(String algorithm, Bytes content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content.shared()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
