package io.metastore.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.spec.Wanted;
import io.metastore.operator.testkit.Clusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each object that the operator makes, as it is sent. `-Dgolden.update=true` writes the files anew;
/// the difference is to be read.
class GoldenObjectsTest {
    private static final Path FILES = Path.of("src/test/resources/golden");
    private static final MemberName FIRST = new MemberName("demo", 1);
    private static final MemberName THIRD = new MemberName("demo", 3);
    private static final Beginning JOINS = new Beginning.Joins(
            "demo-1=https://demo-1.demo-peers.ns.svc:2380,demo-3=https://demo-3.demo-peers.ns.svc:2380");

    private static final String PLAIN = "members: 3";
    private static final String WITNESS = "members: 2\nwitness: {replicas: 1, topologyZone: zone-c}";
    private static final String EVERYTHING = """
            storage: {logSize: 5Gi, storageClass: fast}
            services: {leader: {enabled: true}, perMember: {enabled: true}, client: {type: LoadBalancer}}
            networkPolicy: {enabled: true, clientFrom: [{podSelector: {matchLabels: {app: shop}}}]}
            scheduling: {antiAffinity: Required, zoneSpread: Required, nodeSelector: {disk: ssd}}
            resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {memory: 2Gi}}
            podTemplate: {metadata: {labels: {team: a}}, spec: {dnsPolicy: Default, dnsConfig: {searches: [example.org]}}}
            """;

    @TestFactory
    Stream<DynamicTest> everyObjectIsAsItsFileSays() {
        var plain = Clusters.demo(PLAIN);
        var witness = Clusters.demo(WITNESS);
        var everything = Clusters.demo(EVERYTHING);
        var files = new TreeMap<String, List<? extends HasMetadata>>();
        files.put("pod-founder", List.of(pod(plain, FIRST, Role.VOTER, new Beginning.Founds())));
        files.put("pod-joiner", List.of(pod(plain, THIRD, Role.LEARNER, JOINS)));
        files.put("pod-witness", List.of(pod(witness, THIRD, Role.WITNESS, JOINS)));
        files.put("pod-everything", List.of(pod(everything, FIRST, Role.VOTER, new Beginning.Founds())));
        files.put("volumes", List.of(volume(plain, Role.VOTER, VolumeUse.DATA)));
        files.put("volumes-witness", List.of(volume(witness, Role.WITNESS, VolumeUse.DATA)));
        files.put(
                "volumes-everything",
                List.of(volume(everything, Role.VOTER, VolumeUse.DATA), volume(everything, Role.VOTER, VolumeUse.LOG)));
        files.put("surroundings", Surroundings.build(plain, List.of(FIRST), OptionalInt.of(2)));
        files.put("surroundings-everything", Surroundings.build(everything, List.of(FIRST), OptionalInt.of(2)));
        files.put("secrets", List.of(secret(PeerSecrets.authority(plain, "", "")), secret(memberSecret(plain))));
        return files.entrySet().stream()
                .map(file -> dynamicTest(file.getKey(), () -> check(file.getKey(), file.getValue())));
    }

    private static HasMetadata pod(MetaStoreCluster cluster, MemberName name, Role role, Beginning begins) {
        return new MemberPods(cluster, wanted(cluster)).build(name, role, begins);
    }

    private static HasMetadata volume(MetaStoreCluster cluster, Role role, VolumeUse use) {
        return new Volumes(cluster, wanted(cluster)).build(role == Role.WITNESS ? THIRD : FIRST, role, use);
    }

    private static Wanted wanted(MetaStoreCluster cluster) {
        return Wanted.of(cluster, "metastore-server");
    }

    private static Secret memberSecret(MetaStoreCluster cluster) {
        return PeerSecrets.member(
                cluster, FIRST, Map.of(PeerSecrets.CERTIFICATE, "", PeerSecrets.KEY, "", PeerSecrets.AUTHORITY, ""));
    }

    /// Which fields there are, and nothing of what is in them.
    private static Secret secret(Secret secret) {
        assertThat(secret.getData().values()).containsOnly("");
        return secret;
    }

    private static void check(String name, List<? extends HasMetadata> objects) throws IOException {
        var text = objects.stream().map(Serialization::asYaml).reduce("", String::concat);
        var file = FILES.resolve(name + ".yaml");
        if (Boolean.getBoolean("golden.update")) {
            var _ = Files.createDirectories(FILES);
            var _ = Files.writeString(file, text);
        }
        assertThat(text).as("%s, written anew by -Dgolden.update=true", file).isEqualTo(Files.readString(file));
    }
}
