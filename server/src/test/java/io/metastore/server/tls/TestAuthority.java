package io.metastore.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Signs the certificates of a test.
public final class TestAuthority {
    private static final List<String> HERE = List.of("127.0.0.1", "localhost");

    private final Issued self;
    private final AtomicLong serials = new AtomicLong(1);

    public TestAuthority(String name) {
        var pair = newPair();
        self = issue(new Wanted(name, List.of(), Instant.now().plus(Duration.ofDays(1)), pair), pair, true);
    }

    /// What a certificate is to say.
    ///
    /// @param hosts names and addresses
    public record Wanted(String commonName, List<String> hosts, Instant until, KeyPair pair) {}

    public static KeyPair newPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Valid for a day, for this machine.
    public Issued issue(String commonName) {
        return issue(commonName, HERE);
    }

    public Issued issue(String commonName, List<String> hosts) {
        return issue(new Wanted(commonName, hosts, Instant.now().plus(Duration.ofDays(1)), newPair()));
    }

    public Issued expired(String commonName) {
        return issue(new Wanted(commonName, HERE, Instant.now().minus(Duration.ofMinutes(1)), newPair()));
    }

    public Issued issue(Wanted wanted) {
        return issue(wanted, self.pair(), false);
    }

    private Issued issue(Wanted wanted, KeyPair signer, boolean authority) {
        try {
            var issuer = authority
                    ? name(wanted.commonName())
                    : X500Name.getInstance(
                            self.certificate().getSubjectX500Principal().getEncoded());
            var builder = new JcaX509v3CertificateBuilder(
                            issuer,
                            BigInteger.valueOf(serials.incrementAndGet()),
                            Date.from(wanted.until().minus(Duration.ofDays(2))),
                            Date.from(wanted.until()),
                            name(wanted.commonName()),
                            wanted.pair().getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!wanted.hosts().isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names(wanted.hosts()));
            }
            var signing = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
            return new Issued(new JcaX509CertificateConverter().getCertificate(builder.build(signing)), wanted.pair());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500Name(commonName.isEmpty() ? "O=test" : "CN=" + commonName);
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    /// The list of what was revoked.
    public X509CRL revoking(Issued... revoked) {
        try {
            var builder = new JcaX509v2CRLBuilder(self.certificate(), Date.from(Instant.now()));
            Arrays.stream(revoked)
                    .forEach(one ->
                            builder.addCRLEntry(one.certificate().getSerialNumber(), Date.from(Instant.now()), 0));
            var signing = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(self.pair().getPrivate());
            return new JcaX509CRLConverter().getCRL(builder.build(signing));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Writes the authority's own certificate and returns where it is.
    public String write(Path directory, String name) {
        return Issued.write(directory.resolve(name + ".crt"), self.certificate())
                .toString();
    }

    /// Writes the list.
    public String writeRevoking(Path directory, Issued... revoked) {
        return Issued.write(directory.resolve("revoked.crl"), revoking(revoked)).toString();
    }
}
