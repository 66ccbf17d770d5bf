package io.metastore.server.tls;

import io.metastore.server.config.CertificateFiles;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows the certificate that is in the files when a handshake begins, whomever the other side says it trusts.
///
/// A handshake first takes a name for a certificate, then asks for the certificate and for the key by that name. So
/// the name counts the changes of the files, and the pair before the last change is kept.
final class FilesKeyManager extends X509ExtendedKeyManager {
    private final Reloaded<KeyMaterial> files;
    // Guarded by this.
    private Named current;
    private Named previous;

    private record Named(int number, KeyMaterial material) {
        String name() {
            return "certificate-" + number;
        }
    }

    FilesKeyManager(CertificateFiles files) {
        this.files = Reloaded.of(List.of(files.certificate(), files.key()), () -> KeyMaterial.read(files));
        this.current = new Named(1, this.files.current());
        this.previous = current;
    }

    private synchronized Named now() {
        var material = files.current();
        if (!material.equals(current.material())) {
            previous = current;
            current = new Named(previous.number() + 1, material);
        }
        return current;
    }

    private synchronized Optional<KeyMaterial> named(String name) {
        if (current.name().equals(name)) {
            return Optional.of(current.material());
        }
        return previous.name().equals(name) ? Optional.of(previous.material()) : Optional.empty();
    }

    private @Nullable String choose(String... keyTypes) {
        var now = now();
        var kind = now.material().key().getAlgorithm();
        return Arrays.asList(keyTypes).contains(kind) ? now.name() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return choose(keyTypes);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {now().name()};
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {now().name()};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return named(alias)
                .map(material -> material.chain().toArray(new X509Certificate[0]))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return named(alias).map(KeyMaterial::key).orElse(null);
    }
}
