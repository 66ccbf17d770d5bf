package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// Secrets with certificates, all of them PEM texts.
public final class PeerSecrets {
    public static final String CERTIFICATE = "tls.crt";
    public static final String KEY = "tls.key";
    public static final String AUTHORITY = "ca.crt";

    private PeerSecrets() {}

    /// Of the authority.
    public static Secret authority(MetaStoreCluster cluster, String certificate, String key) {
        return secret(cluster, Names.authority(cluster), Map.of(CERTIFICATE, certificate, KEY, key));
    }

    /// Of a member.
    public static Secret member(MetaStoreCluster cluster, MemberName name, Map<String, String> texts) {
        var secret = secret(cluster, Names.peerSecret(name), texts);
        secret.getMetadata().getLabels().put(Labels.SERIAL, String.valueOf(name.serial()));
        return secret;
    }

    private static Secret secret(MetaStoreCluster cluster, String name, Map<String, String> texts) {
        var data = new TreeMap<String, String>();
        texts.forEach((key, text) ->
                data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withMetadata(Labels.meta(cluster, name))
                .withType("Opaque")
                .withData(data)
                .build();
    }
}
