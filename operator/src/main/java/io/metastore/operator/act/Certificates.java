package io.metastore.operator.act;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.resource.Labels;
import io.metastore.operator.resource.Names;
import io.metastore.operator.resource.PeerSecrets;
import io.metastore.operator.spec.Durations;
import io.metastore.operator.spec.Wanted;
import io.metastore.operator.tls.Authority;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The authority of a cluster and the certificates of its members. Members read their files anew when
/// they change, so a renewal restarts nobody.
public final class Certificates {
    private final KubernetesClient client;
    private final Clock clock;

    public Certificates(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /// Afterwards the member has a certificate that is valid for long enough.
    ///
    /// @throws CertificateProblem when the authority's Secret cannot be used: it is never overwritten,
    ///     since running members trust what it held
    public void renew(MetaStoreCluster cluster, Wanted wanted, MemberName name) {
        var tls = cluster.getSpec().tls();
        var secret = secret(cluster, Names.authority(cluster)).orElseGet(() -> makeAuthority(cluster));
        var authority = read(secret);
        var until = now().plus(Durations.parse(tls.renewBefore()));
        var has = secret(cluster, Names.peerSecret(name))
                .map(found -> text(found, PeerSecrets.CERTIFICATE))
                .filter(certificate -> authority.vouchesFor(certificate, until));
        if (has.isEmpty()) {
            var issued =
                    authority.issue(name.text(), List.of(wanted.host(name)), now(), Durations.parse(tls.duration()));
            var texts = Map.of(
                    PeerSecrets.CERTIFICATE, issued.certificate(),
                    PeerSecrets.KEY, issued.key(),
                    PeerSecrets.AUTHORITY, text(secret, PeerSecrets.CERTIFICATE));
            client.resource(PeerSecrets.member(cluster, name, texts))
                    .fieldManager(Labels.OPERATOR)
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    private Instant now() {
        return clock.instant();
    }

    /// Of two operators that make one at a time the first one's counts.
    private Secret makeAuthority(MetaStoreCluster cluster) {
        var validity = Durations.parse(cluster.getSpec().tls().caDuration());
        var made = Authority.make(cluster.getMetadata().getName() + " peers", now(), validity);
        try {
            return client.resource(PeerSecrets.authority(cluster, made.certificate(), made.key()))
                    .create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return secret(cluster, Names.authority(cluster)).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private static Authority read(Secret secret) {
        try {
            return Authority.read(text(secret, PeerSecrets.CERTIFICATE), text(secret, PeerSecrets.KEY));
        } catch (GeneralSecurityException e) {
            throw new CertificateProblem(
                    "Secret " + secret.getMetadata().getName() + " holds no certificate and key of an authority:"
                            + " put back what it held",
                    e);
        }
    }

    private Optional<Secret> secret(MetaStoreCluster cluster, String name) {
        return Optional.ofNullable(client.secrets()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withName(name)
                .get());
    }

    private static String text(Secret secret, String key) {
        var data = secret.getData() == null ? "" : secret.getData().getOrDefault(key, "");
        try {
            return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
