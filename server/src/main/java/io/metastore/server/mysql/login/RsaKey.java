package io.metastore.server.mysql.login;

import io.metastore.server.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/// The key with which clients encrypt a password where there is no TLS. It is made when the first one
/// asks, and lives as long as the process: clients ask for it at every login.
public final class RsaKey {
    private static final int BITS = 2048;
    private static final int LINE = 64;

    private @Nullable KeyPair pair;

    private synchronized KeyPair pair() {
        var present = pair;
        if (present == null) {
            try {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS);
                present = generator.generateKeyPair();
                pair = present;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has RSA", e);
            }
        }
        return present;
    }

    /// The public half, as PEM.
    String publicText() {
        var body = Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                .encodeToString(pair().getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }

    /// What the client encrypted; nothing when it used another key.
    Optional<Bytes> decrypt(Bytes encrypted) {
        try {
            var cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
            cipher.init(Cipher.DECRYPT_MODE, pair().getPrivate());
            return Optional.of(Bytes.wrap(cipher.doFinal(encrypted.shared())));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
