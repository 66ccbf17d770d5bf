package io.metastore.server.identity;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How a simple token is written: sixteen letters, which are the secret, a dot, and the place in the log where
/// it was made.
///
///     aBcDeFgHiJkLmNoP.42
///
/// @param secret the letters, or what somebody wrote in their place
record SimpleTokenText(String secret, long index) {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int SECRET_LENGTH = 16;

    static String newSecret(RandomGenerator random) {
        var secret = new StringBuilder(SECRET_LENGTH);
        for (int i = 0; i < SECRET_LENGTH; i++) {
            secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return secret.toString();
    }

    static Optional<SimpleTokenText> parse(String token) {
        int dot = token.indexOf('.');
        if (dot != SECRET_LENGTH || dot + 1 == token.length()) {
            return Optional.empty();
        }
        var digits = token.substring(dot + 1);
        boolean isNumber = digits.length() <= 18 && digits.chars().allMatch(letter -> letter >= '0' && letter <= '9');
        return isNumber
                ? Optional.of(new SimpleTokenText(token.substring(0, dot), Long.parseLong(digits)))
                : Optional.empty();
    }

    /// What is kept in place of the secret.
    static Bytes digest(String secret) {
        return Bytes.wrap(Sha256.start().digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    Bytes digest() {
        return digest(secret);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "SimpleTokenText[" + index + "]";
    }
}
