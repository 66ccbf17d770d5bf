package io.metastore.server.identity;

import io.metastore.server.request.Caller;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Tokens that carry all there is to know, signed: JSON web tokens (RFC 7519). Whoever has the key can check
/// them, so no member need know of those that another one made. They say at which revision of users and roles
/// they were made, and are too old for reading and writing once that has risen.
///
/// All methods may be called from any thread.
public final class SignedTokens implements Tokens {
    private static final int MOST_KNOWN = 10_000;

    private final SigningMethod method;
    private final SigningKey key;
    private final Duration ttl;
    private final InstantSource clock;

    /// Tokens whose signature was found good: looking it up is much cheaper than checking it again. It is
    /// emptied when it is full.
    private final Map<String, Claims> known = new ConcurrentHashMap<>();

    private SignedTokens(SigningMethod method, SigningKey key, Duration ttl, InstantSource clock) {
        this.method = method;
        this.key = key;
        this.ttl = ttl;
        this.clock = clock;
    }

    /// Reads the keys that tokens are signed and checked with.
    ///
    /// @param method by its name in RFC 7518
    /// @param privateKey of one file, or none: then tokens can be checked only
    /// @param publicKey of one file, or none: then it is told from the private key
    /// @param ttl how long a token is valid
    /// @throws KeyException when the keys cannot be used, or there is no such method
    public static SignedTokens open(
            String method, List<Path> privateKey, List<Path> publicKey, Duration ttl, InstantSource clock) {
        var chosen = SigningMethod.named(method).orElseThrow(() -> new KeyException("auth: invalid auth options"));
        return new SignedTokens(chosen, SigningKeys.read(chosen, privateKey, publicKey), ttl, clock);
    }

    /// A token for the user; nothing when there is only a key to check with.
    public Optional<String> sign(String user, long authRevision) {
        var content = Claims.header(method) + "."
                + Claims.claims(user, authRevision, clock.instant().plus(ttl));
        try {
            return switch (key) {
                case SigningKey.Shared(var secret) -> Optional.of(token(content, method.sign(secret, bytes(content))));
                case SigningKey.Pair(var signing, var _) ->
                    Optional.of(token(content, method.sign(signing, bytes(content))));
                case SigningKey.CheckOnly _ -> Optional.empty();
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that could sign at the start cannot any more", e);
        }
    }

    @Override
    public Optional<Caller> caller(String token, long authRevision) {
        var claims = known.get(token);
        if (claims == null) {
            var checked = check(token);
            if (checked.isEmpty()) {
                return Optional.empty();
            }
            claims = checked.get();
            remember(token, claims);
        }
        return claims.isValidAt(clock.instant())
                ? Optional.of(new Caller(claims.user(), claims.authRevision()))
                : Optional.empty();
    }

    @Override
    public boolean mayBecomeKnown(String token, long appliedIndex) {
        return false;
    }

    private Optional<Claims> check(String token) {
        var parts = token.split("\\.", -1);
        boolean isSigned = parts.length == 3
                && Claims.isOf(parts[0], method)
                && isGood(bytes(parts[0] + "." + parts[1]), parts[2]);
        return isSigned ? Claims.of(parts[1]) : Optional.empty();
    }

    private boolean isGood(byte[] content, String signed) {
        if (signed.indexOf('=') >= 0) {
            return false;
        }
        try {
            return key.verifies(method, content, Base64.getUrlDecoder().decode(signed));
        } catch (GeneralSecurityException | IllegalArgumentException noSignature) {
            return false;
        }
    }

    private void remember(String token, Claims claims) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(token, claims);
    }

    private static String token(String content, byte[] signed) {
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
