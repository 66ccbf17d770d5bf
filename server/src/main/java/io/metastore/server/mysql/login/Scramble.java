package io.metastore.server.mysql.login;

import io.metastore.server.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The arithmetic by which a client proves a password without showing it, in the two ways of MySQL.
///
/// Source: the plug-ins `mysql_native_password` and `caching_sha2_password`, as MySQL's protocol
/// describes them.
public final class Scramble {
    private static final String SHA_256 = "SHA-256";
    private static final String SHA_1 = "SHA-1";

    private Scramble() {}

    /// What `caching_sha2_password` is checked with.
    public static Bytes sha2Verifier(String password) {
        return digest(SHA_256, digest(SHA_256, utf8(password)));
    }

    /// What `mysql_native_password` is checked with.
    public static Bytes nativeVerifier(String password) {
        return digest(SHA_1, digest(SHA_1, utf8(password)));
    }

    /// Whether the client knows the password; the answer is `SHA256(pw) XOR SHA256(verifier + nonce)`.
    static boolean provesSha2(Bytes answer, Bytes verifier, Bytes nonce) {
        return proves(SHA_256, answer, digest(SHA_256, verifier, nonce), verifier);
    }

    /// Whether the client knows the password; the answer is `SHA1(pw) XOR SHA1(nonce + verifier)`.
    static boolean provesNative(Bytes answer, Bytes verifier, Bytes nonce) {
        return proves(SHA_1, answer, digest(SHA_1, nonce, verifier), verifier);
    }

    private static boolean proves(String algorithm, Bytes answer, Bytes mask, Bytes verifier) {
        return answer.length() == mask.length()
                && MessageDigest.isEqual(digest(algorithm, xor(answer, mask)).shared(), verifier.shared());
    }

    /// Each byte with one of the mask, which begins again at its end.
    static Bytes xor(Bytes content, Bytes mask) {
        var mixed = new byte[content.length()];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (byte) (content.at(i) ^ mask.at(i % mask.length()));
        }
        return Bytes.wrap(mixed);
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes digest(String algorithm, Bytes... parts) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            for (var part : parts) {
                digest.update(part.shared());
            }
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
