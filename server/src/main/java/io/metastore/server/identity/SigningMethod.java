package io.metastore.server.identity;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// The ways to sign a token that etcd's flag can name, by the names of RFC 7518.
enum SigningMethod {
    RS256("RSA", "SHA256withRSA", 256),
    RS384("RSA", "SHA384withRSA", 384),
    RS512("RSA", "SHA512withRSA", 512),
    PS256("RSA", "RSASSA-PSS", 256),
    PS384("RSA", "RSASSA-PSS", 384),
    PS512("RSA", "RSASSA-PSS", 512),
    ES256("EC", "SHA256withECDSAinP1363Format", 256),
    ES384("EC", "SHA384withECDSAinP1363Format", 384),
    ES512("EC", "SHA512withECDSAinP1363Format", 521),
    HS256("HMAC", "HmacSHA256", 256),
    HS384("HMAC", "HmacSHA384", 384),
    HS512("HMAC", "HmacSHA512", 512),
    EdDSA("Ed25519", "Ed25519", 256);

    private static final int BITS_IN_A_BYTE = 8;

    private final String family;
    private final String algorithm;
    private final int bits;

    SigningMethod(String family, String algorithm, int bits) {
        this.family = family;
        this.algorithm = algorithm;
        this.bits = bits;
    }

    static Optional<SigningMethod> named(String name) {
        return Arrays.stream(values())
                .filter(method -> method.name().equals(name))
                .findFirst();
    }

    boolean isSecret() {
        return family.equals("HMAC");
    }

    /// The name of the algorithm of keys.
    String family() {
        return family;
    }

    /// Whether a key of the right family can be used: each way by elliptic curves has its own curve.
    boolean fits(Key key) {
        return !(key instanceof ECKey curve)
                || curve.getParams().getCurve().getField().getFieldSize() == bits;
    }

    byte[] sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
        var signature = signature();
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    boolean verify(PublicKey key, byte[] content, byte[] signed) throws GeneralSecurityException {
        var signature = signature();
        signature.initVerify(key);
        signature.update(content);
        return signature.verify(signed);
    }

    byte[] sign(SecretKey key, byte[] content) throws GeneralSecurityException {
        var mac = Mac.getInstance(algorithm);
        mac.init(key);
        return mac.doFinal(content);
    }

    /// In a time that says nothing of where the two differ.
    boolean verify(SecretKey key, byte[] content, byte[] signed) throws GeneralSecurityException {
        return MessageDigest.isEqual(sign(key, content), signed);
    }

    String algorithm() {
        return algorithm;
    }

    private Signature signature() throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm);
        if (algorithm.equals("RSASSA-PSS")) {
            var hash = "SHA-" + bits;
            signature.setParameter(new PSSParameterSpec(
                    hash,
                    "MGF1",
                    new MGF1ParameterSpec(hash),
                    bits / BITS_IN_A_BYTE,
                    PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return signature;
    }
}
