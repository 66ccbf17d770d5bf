package io.metastore.server.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import javax.crypto.SecretKey;

/// What tokens are signed with and checked with.
sealed interface SigningKey {
    /// One secret for both.
    record Shared(SecretKey secret) implements SigningKey {}

    record Pair(PrivateKey signing, PublicKey checking) implements SigningKey {}

    /// Others sign.
    record CheckOnly(PublicKey checking) implements SigningKey {}

    default boolean verifies(SigningMethod method, byte[] content, byte[] signed) throws GeneralSecurityException {
        return switch (this) {
            case Shared(var secret) -> method.verify(secret, content, signed);
            case Pair(var _, var checking) -> method.verify(checking, content, signed);
            case CheckOnly(var checking) -> method.verify(checking, content, signed);
        };
    }
}
