package io.metastore.server.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/// Reads the key files that a command line names. The texts of etcd where it has any.
final class SigningKeys {
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    private SigningKeys() {}

    /// @param privateFile of one file, or none
    /// @param publicFile of one file, or none; a shared secret has none
    /// @throws KeyException when the files do not hold what the method needs
    static SigningKey read(SigningMethod method, List<Path> privateFile, List<Path> publicFile) {
        if (method.isSecret()) {
            return shared(method, privateFile);
        }
        if (privateFile.isEmpty() && publicFile.isEmpty()) {
            throw new KeyException("auth: missing key data");
        }
        try {
            if (privateFile.isEmpty()) {
                return checkOnly(method, publicFile.getFirst());
            }
            return pair(method, privateFile.getFirst(), publicFile);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyException("a key cannot be used with " + method + ": " + privateFile + publicFile, e);
        }
    }

    private static SigningKey shared(SigningMethod method, List<Path> file) {
        var secret = file.isEmpty() ? new byte[0] : bytes(file.getFirst());
        if (secret.length == 0) {
            throw new KeyException("auth: missing key data");
        }
        return new SigningKey.Shared(new SecretKeySpec(secret, method.algorithm()));
    }

    private static SigningKey checkOnly(SigningMethod method, Path file) throws GeneralSecurityException {
        var checking = KeyForms.publicKey(Pem.parse(bytes(file)), method.family());
        if (!method.fits(checking)) {
            throw new IllegalArgumentException("the key is of another kind");
        }
        return new SigningKey.CheckOnly(checking);
    }

    private static SigningKey pair(SigningMethod method, Path privateFile, List<Path> publicFile)
            throws GeneralSecurityException {
        var signing = KeyForms.privateKey(Pem.parse(bytes(privateFile)), method.family());
        if (!method.fits(signing)) {
            throw new IllegalArgumentException("the key is of another kind");
        }
        var checking = publicFile.isEmpty()
                ? KeyForms.publicKeyOf(signing)
                : KeyForms.publicKey(Pem.parse(bytes(publicFile.getFirst())), method.family());
        var pair = new SigningKey.Pair(signing, checking);
        if (!pair.verifies(method, PROBE, method.sign(signing, PROBE))) {
            throw new KeyException("auth: public and private keys don't match");
        }
        return pair;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new KeyException("cannot read the key file " + file, e);
        }
    }
}
