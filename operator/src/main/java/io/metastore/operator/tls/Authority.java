package io.metastore.operator.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Signs certificates of the members of one cluster, and of nobody else.
public final class Authority {
    private static final int SERIAL_BITS = 128;
    /// Clocks of nodes differ a little.
    private static final Duration EARLIER = Duration.ofMinutes(5);

    private final X509Certificate certificate;
    private final PrivateKey key;

    private Authority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /// A certificate and its key, both as PEM texts.
    public record Issued(String certificate, String key, Instant end) {
        /// Keys are not printed.
        @Override
        public String toString() {
            return "a certificate until " + end;
        }
    }

    /// A new one.
    public static Issued make(String name, Instant now, Duration validity) {
        try {
            var pair = pair();
            var builder = builder(name, name, pair.getPublic(), now, validity)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return issued(builder, pair, pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("an authority could not be made", e);
        }
    }

    /// The one that was made before.
    ///
    /// @throws GeneralSecurityException when the texts are no certificate and key
    public static Authority read(String certificate, String key) throws GeneralSecurityException {
        return new Authority(Pem.certificate(certificate), Pem.key(key));
    }

    /// For a server and client in one, as members are to each other.
    ///
    /// @param hosts names under which it is reached
    public Issued issue(String name, List<String> hosts, Instant now, Duration validity) {
        try {
            var pair = pair();
            var issuer = certificate.getSubjectX500Principal().getName();
            var builder = builder(issuer.replaceFirst("^CN=", ""), name, pair.getPublic(), now, validity)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))
                    .addExtension(Extension.subjectAlternativeName, false, names(hosts));
            return issued(builder, pair, key);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    public Instant end() {
        return certificate.getNotAfter().toInstant();
    }

    /// Whether this authority signed it, and it does not end before `until`.
    public boolean vouchesFor(String text, Instant until) {
        try {
            var other = Pem.certificate(text);
            other.verify(certificate.getPublicKey());
            return !other.getNotAfter().toInstant().isBefore(until);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(
            String issuer, String subject, PublicKey key, Instant now, Duration validity) {
        return new JcaX509v3CertificateBuilder(
                new X500NameBuilder().addRDN(BCStyle.CN, issuer).build(),
                new BigInteger(SERIAL_BITS, new SecureRandom()),
                Date.from(now.minus(EARLIER)),
                Date.from(now.plus(validity)),
                new X500NameBuilder().addRDN(BCStyle.CN, subject).build(),
                key);
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private static Issued issued(X509v3CertificateBuilder builder, KeyPair pair, PrivateKey signing)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signing);
        var made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        return new Issued(
                Pem.text("CERTIFICATE", made.getEncoded()),
                Pem.text("PRIVATE KEY", pair.getPrivate().getEncoded()),
                made.getNotAfter().toInstant());
    }
}
