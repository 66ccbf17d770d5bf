package io.metastore.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// How users log in.
///
/// @param simpleTokenTtl how long a simple token lives after its last use; 0 means 5 minutes
/// @param bcryptCost of hashing a password, 4 to 31; with any other number it is 10, as in etcd
public record AuthConfig(TokenKind tokens, Duration simpleTokenTtl, int bcryptCost) {
    private static final int DEFAULT_BCRYPT_COST = 10;
    private static final int LOWEST_BCRYPT_COST = 4;
    private static final int HIGHEST_BCRYPT_COST = 31;
    private static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

    public AuthConfig {
        simpleTokenTtl = simpleTokenTtl.isZero() ? DEFAULT_TTL : simpleTokenTtl;
        boolean allowed = bcryptCost >= LOWEST_BCRYPT_COST && bcryptCost <= HIGHEST_BCRYPT_COST;
        bcryptCost = allowed ? bcryptCost : DEFAULT_BCRYPT_COST;
    }

    public static AuthConfig defaults() {
        return new AuthConfig(new TokenKind.Simple(), DEFAULT_TTL, DEFAULT_BCRYPT_COST);
    }

    /// What a client shows after it has logged in.
    public sealed interface TokenKind {
        /// Nothing: no client can log in with a password.
        record None() implements TokenKind {}

        /// A random one that members know.
        record Simple() implements TokenKind {}

        /// One that is signed.
        ///
        /// @param method by its name in RFC 7518
        /// @param publicKey a file; empty for none
        /// @param privateKey a file; empty for none
        /// @param ttl how long it lives
        record Signed(String method, String publicKey, String privateKey, Duration ttl) implements TokenKind {}

        /// Reads what etcd's flag takes.
        ///
        ///     simple
        ///     jwt,pub-key=FILE,priv-key=FILE,sign-method=RS256,ttl=10m
        ///
        /// @param duration reads a duration, and throws IllegalArgumentException when it is none
        /// @throws ConfigException in etcd's words
        static TokenKind parse(String text, Function<String, Duration> duration) {
            var words = text.split(",", -1);
            var options = options(words);
            return switch (words[0]) {
                case "" -> new None();
                case "simple" -> new Simple();
                case "jwt" -> signed(options, duration);
                default -> throw invalid();
            };
        }

        private static TokenKind signed(Map<String, String> options, Function<String, Duration> duration) {
            var method = options.getOrDefault("sign-method", "");
            if (method.isEmpty()) {
                throw invalid();
            }
            var ttl = options.getOrDefault("ttl", "");
            try {
                return new Signed(
                        method,
                        options.getOrDefault("pub-key", ""),
                        options.getOrDefault("priv-key", ""),
                        ttl.isEmpty() ? DEFAULT_TTL : duration.apply(ttl));
            } catch (IllegalArgumentException e) {
                throw invalid();
            }
        }

        private static Map<String, String> options(String[] words) {
            var options = new LinkedHashMap<String, String>();
            for (int i = 1; i < words.length; i++) {
                var pair = words[i].split("=", -1);
                if (pair.length != 2 || options.put(pair[0], pair[1]) != null) {
                    throw invalid();
                }
            }
            return options;
        }

        private static ConfigException invalid() {
            return new ConfigException("auth: invalid auth options");
        }
    }
}
