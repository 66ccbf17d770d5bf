package io.metastore.server.tls;

import io.metastore.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// Private keys in the three shapes that PEM files have; Java itself reads one of them.
///
///     PRIVATE KEY (PKCS#8)   RSA PRIVATE KEY (PKCS#1)   EC PRIVATE KEY (SEC 1)
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PrivateKeys() {}

    /// The first key in the file.
    ///
    /// @throws ConfigException when there is none that can be used
    static PrivateKey read(Path file) {
        var blocks = Pem.read(file);
        for (var block : blocks) {
            switch (block.type()) {
                case "PRIVATE KEY" -> {
                    return key(file, block.der());
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return key(file, wrapped(file, block));
                }
                default -> {} // a certificate, or the curve that openssl writes before the key
            }
        }
        throw new ConfigException(file + " holds no private key (a block \"PRIVATE KEY\", \"RSA PRIVATE KEY\" or"
                + " \"EC PRIVATE KEY\")" + found(blocks));
    }

    static String found(List<Pem.Block> blocks) {
        return blocks.isEmpty()
                ? ": is it a PEM file?"
                : ", only \"" + blocks.getFirst().type() + "\": is it the right file?";
    }

    private static byte[] wrapped(Path file, Pem.Block block) {
        try {
            if (block.type().startsWith("RSA")) {
                var algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
                return new PrivateKeyInfo(algorithm, RSAPrivateKey.getInstance(block.der())).getEncoded();
            }
            var key = ECPrivateKey.getInstance(block.der());
            if (key.getParametersObject() == null) {
                throw new ConfigException("the private key in " + file + " does not say on which curve it is");
            }
            var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
            // Java wants the number alone: the curve stands outside, the public key can be computed.
            var number = ASN1Sequence.getInstance(block.der()).getObjectAt(1);
            return new PrivateKeyInfo(algorithm, new DERSequence(new ASN1Encodable[] {new ASN1Integer(1), number}))
                    .getEncoded();
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            throw Pem.failed("the private key in " + file + " is damaged", e);
        }
    }

    private static PrivateKey key(Path file, byte[] der) {
        var spec = new PKCS8EncodedKeySpec(der);
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // a key of another kind; the next one may know it
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHMS, e);
            }
        }
        throw Pem.failed(
                "the private key in " + file
                        + " is damaged, or of a kind that is not known here: use RSA, EC or Ed25519",
                new GeneralSecurityException("no algorithm of " + ALGORITHMS));
    }
}
