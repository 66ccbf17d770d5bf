package io.metastore.server.tls;

import io.metastore.server.config.CertificateFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Certificates that a member makes for itself, like etcd's: once, kept in the data directory, with the hosts that it
/// listens on.
///
///     <data-dir>/fixtures/client/cert.pem, key.pem      <data-dir>/fixtures/peer/cert.pem, key.pem
final class SelfMade {
    private static final Logger LOG = LoggerFactory.getLogger(SelfMade.class);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int SERIAL_BITS = 128;
    private static final int LINE = 64;

    private final Clock clock;

    SelfMade(Clock clock) {
        this.clock = clock;
    }

    /// Those in the directory; made when one of the two files is missing.
    CertificateFiles in(Path directory, List<String> hosts, long years) throws IOException {
        var certificate = directory.resolve("cert.pem").toAbsolutePath();
        var key = directory.resolve("key.pem").toAbsolutePath();
        if (!Files.exists(certificate) || !Files.exists(key)) {
            make(certificate, key, hosts, years);
        }
        return new CertificateFiles(certificate.toString(), key.toString());
    }

    private void make(Path certificate, Path key, List<String> hosts, long years) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp521r1"));
            var pair = generator.generateKeyPair();
            var made = certificate(pair, hosts, years);
            LOG.atWarn()
                    .addKeyValue(
                            "certificate-validity-bound-not-after",
                            made.getNotAfter().toInstant())
                    .log("automatically generate certificates");
            Files.createDirectories(certificate.getParent(), permissions("rwx------"));
            write(certificate, "rw-r--r--", "CERTIFICATE", made.getEncoded());
            LOG.atInfo().addKeyValue("path", certificate).log("created cert file");
            write(key, "rw-------", "PRIVATE KEY", pair.getPrivate().getEncoded());
            LOG.atInfo().addKeyValue("path", key).log("created key file");
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("a certificate could not be made", e);
        }
    }

    private X509Certificate certificate(KeyPair pair, List<String> hosts, long years)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var name = new X500Name("O=etcd");
        var now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, new SecureRandom()),
                        Date.from(now),
                        Date.from(now.plus(YEAR.multipliedBy(years))),
                        name,
                        pair.getPublic())
                .addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.cRLSign))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                .addExtension(Extension.subjectAlternativeName, false, names(hosts));
        var signer = new JcaContentSignerBuilder("SHA512withECDSA").build(pair.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(
                        SubjectNames.address(host).isPresent() ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private static void write(Path file, String permissions, String type, byte[] der) throws IOException {
        var body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        var pem = "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
        // First the file with its permissions, then what nobody else may read.
        Files.deleteIfExists(file);
        Files.createFile(file, permissions(permissions));
        Files.write(file, pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
