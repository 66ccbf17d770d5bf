package io.metastore.server.identity;

import io.metastore.server.model.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// Reads keys in the forms that OpenSSL and Go write.
///
///     PRIVATE KEY       PKCS 8, read as it is       PUBLIC KEY        X.509, read as it is
///     RSA PRIVATE KEY   PKCS 1, wrapped             RSA PUBLIC KEY    PKCS 1, wrapped
///     EC PRIVATE KEY    SEC 1, wrapped              CERTIFICATE       its public key
final class KeyForms {
    private static final byte[] ZERO = Der.encode(Der.INTEGER, new byte[] {0});
    private static final byte[] NULL = {5, 0};
    private static final byte[] RSA =
            Der.encode(Der.OBJECT, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1});
    private static final byte[] ELLIPTIC_CURVE =
            Der.encode(Der.OBJECT, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1});

    /// In SEC 1, and in the part of PKCS 8 that is the same.
    private static final int CURVE_TAG = 0xa0;

    private static final int POINT_TAG = 0xa1;

    private KeyForms() {}

    /// @param family as the JDK names algorithms of keys
    static PrivateKey privateKey(Pem pem, String family) throws GeneralSecurityException {
        var content = pem.content().shared();
        var encoded = switch (pem.label()) {
            case "RSA PRIVATE KEY" -> pkcs8(Der.encode(Der.SEQUENCE, RSA, NULL), content);
            case "EC PRIVATE KEY" -> {
                var curve = part(pem.content(), CURVE_TAG).shared();
                yield pkcs8(Der.encode(Der.SEQUENCE, ELLIPTIC_CURVE, curve), content);
            }
            default -> content;
        };
        return KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    static PublicKey publicKey(Pem pem, String family) throws GeneralSecurityException {
        if (pem.label().equals("CERTIFICATE")) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.content().shared()))
                    .getPublicKey();
        }
        var encoded = pem.label().equals("RSA PUBLIC KEY")
                ? x509(Der.encode(Der.SEQUENCE, RSA, NULL), pem.content().shared())
                : pem.content().shared();
        return KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /// The public key that belongs to a private one.
    ///
    /// @throws IllegalArgumentException when it cannot be told from this form of the key
    static PublicKey publicKeyOf(PrivateKey key) throws GeneralSecurityException {
        return switch (key) {
            case RSAPrivateCrtKey rsa ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case EdECPrivateKey edwards -> edwardsPoint(edwards);
            default -> point(key);
        };
    }

    /// The JDK does not say how to come from a seed to its point, but a generator that draws this seed makes
    /// both.
    private static PublicKey edwardsPoint(EdECPrivateKey key) throws GeneralSecurityException {
        var seed = key.getBytes().orElseThrow(() -> new IllegalArgumentException("the key has no seed"));
        var generator = KeyPairGenerator.getInstance(key.getParams().getName());
        generator.initialize(key.getParams(), new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return generator.generateKeyPair().getPublic();
    }

    /// The point of an elliptic curve that stands beside the number in the key's file.
    private static PublicKey point(PrivateKey key) throws GeneralSecurityException {
        var parts = whole(Bytes.wrap(key.getEncoded())).parts();
        var algorithm = parts.get(1).encoded();
        var point = Der.elements(part(parts.get(2).content(), POINT_TAG)).getFirst();
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Der.encode(Der.SEQUENCE, algorithm, point.encoded())));
    }

    /// What is in the part of a SEC 1 key with this tag.
    private static Bytes part(Bytes key, int tag) {
        return whole(key).parts().stream()
                .filter(part -> part.tag() == tag)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key does not hold its curve and its point"))
                .content();
    }

    private static Der.Element whole(Bytes key) {
        return Der.elements(key).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the key is empty"));
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return Der.encode(Der.SEQUENCE, ZERO, algorithm, Der.encode(Der.OCTET_STRING, key));
    }

    private static byte[] x509(byte[] algorithm, byte[] key) {
        return Der.encode(Der.SEQUENCE, algorithm, Der.encode(Der.BIT_STRING, new byte[] {0}, key));
    }
}
