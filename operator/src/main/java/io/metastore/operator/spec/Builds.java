package io.metastore.operator.spec;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.ClusterSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The build of each kind of member.
final class Builds {
    private static final int DIGITS = 16;

    private Builds() {}

    static String image(ClusterSpec spec, String repository) {
        return spec.image() == null ? repository + ":" + spec.version() : spec.image();
    }

    static Build data(ClusterSpec spec, String repository) {
        var parts = common(spec);
        parts.add(spec.resources());
        parts.add(spec.scheduling());
        parts.add(spec.quotaBackend());
        parts.add(spec.compaction());
        parts.add(spec.storage().logSize() != null);
        return new Build(hash(parts), image(spec, repository));
    }

    static Build witness(ClusterSpec spec, String repository) {
        var parts = common(spec);
        parts.add(spec.witness().resources());
        parts.add(spec.witness().nodeSelector());
        parts.add(spec.witness().tolerations());
        parts.add(spec.witness().topologyZone());
        parts.add(spec.scheduling().antiAffinity());
        parts.add(spec.scheduling().topologyKey());
        parts.add(spec.scheduling().priorityClassName());
        parts.add(spec.scheduling().schedulerName());
        return new Build(hash(parts), image(spec, repository));
    }

    private static List<@Nullable Object> common(ClusterSpec spec) {
        var parts = new ArrayList<@Nullable Object>();
        parts.add(spec.version());
        parts.add(spec.image());
        parts.add(spec.imagePullPolicy());
        parts.add(spec.imagePullSecrets());
        parts.add(spec.jvm());
        parts.add(spec.podTemplate());
        parts.add(spec.serviceAccount().name());
        parts.add(spec.terminationGracePeriodSeconds());
        parts.add(spec.tls().peer().mode());
        parts.add(spec.config());
        parts.add(spec.raft());
        parts.add(spec.logging());
        return parts;
    }

    private static String hash(List<@Nullable Object> parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(Serialization.asJson(part).getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
