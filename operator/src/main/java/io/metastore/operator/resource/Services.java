package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.ServicesSpec.ExternalTrafficPolicy;
import io.metastore.crds.ServicesSpec.ServiceType;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The names under which members and clients find members.
public final class Services {
    private static final String MEMBER = "{member}";

    private final MetaStoreCluster cluster;

    public Services(MetaStoreCluster cluster) {
        this.cluster = cluster;
    }

    /// @param members those that have a Service of their own, if there are such
    List<Service> build(Collection<MemberName> members) {
        var services = new ArrayList<Service>();
        services.add(peers());
        services.add(client());
        if (cluster.getSpec().services().leader().enabled()) {
            services.add(leader());
        }
        if (cluster.getSpec().services().perMember().enabled()) {
            members.forEach(member -> services.add(of(member)));
        }
        return services;
    }

    /// Names of single Pods, which must be found before they are ready: they become ready through each
    /// other.
    private Service peers() {
        return new ServiceBuilder()
                .withMetadata(Labels.meta(cluster, Names.peers(cluster)))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(all())
                .withPorts(
                        port("peers", Names.PEER_PORT),
                        port("etcd", Names.CLIENT_PORT),
                        port("health", Names.HEALTH_PORT))
                .endSpec()
                .build();
    }

    private Service client() {
        var wished = cluster.getSpec().services().client();
        var meta = Labels.meta(cluster, Names.client(cluster));
        var labels = new TreeMap<>(wished.labels());
        labels.putAll(meta.getLabels());
        meta.setLabels(labels);
        meta.setAnnotations(wished.annotations());
        return new ServiceBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withType(type(wished.type()))
                .withLoadBalancerClass(wished.loadBalancerClass())
                .withExternalTrafficPolicy(traffic(wished.externalTrafficPolicy()))
                .withTrafficDistribution(wished.trafficDistribution())
                .withSelector(data())
                .withPorts(port("etcd", Names.CLIENT_PORT))
                .endSpec()
                .build();
    }

    private Service leader() {
        var selector = all();
        selector.put(Labels.RAFT_ROLE, Labels.LEADER);
        return new ServiceBuilder()
                .withMetadata(Labels.meta(cluster, Names.leader(cluster)))
                .withNewSpec()
                .withSelector(selector)
                .withPorts(port("etcd", Names.CLIENT_PORT))
                .endSpec()
                .build();
    }

    private Service of(MemberName member) {
        var wished = cluster.getSpec().services().perMember();
        var meta = Labels.meta(cluster, member.text());
        var annotations = new TreeMap<String, String>();
        wished.annotations().forEach((key, value) -> annotations.put(key, value.replace(MEMBER, member.text())));
        meta.setAnnotations(annotations);
        var selector = all();
        selector.put(Labels.SERIAL, String.valueOf(member.serial()));
        return new ServiceBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withType(type(wished.type()))
                .withSelector(selector)
                .withPorts(port("etcd", Names.CLIENT_PORT))
                .endSpec()
                .build();
    }

    private Map<String, String> all() {
        return new TreeMap<>(Labels.selector(cluster.getMetadata().getName()));
    }

    private Map<String, String> data() {
        var selector = all();
        selector.put(Labels.ROLE, Labels.role(Role.VOTER));
        return selector;
    }

    private static String type(ServiceType type) {
        return switch (type) {
            case CLUSTER_IP -> "ClusterIP";
            case NODE_PORT -> "NodePort";
            case LOAD_BALANCER -> "LoadBalancer";
        };
    }

    private static @Nullable String traffic(@Nullable ExternalTrafficPolicy policy) {
        if (policy == null) {
            return null;
        }
        return switch (policy) {
            case CLUSTER -> "Cluster";
            case LOCAL -> "Local";
        };
    }

    private static ServicePort port(String name, int number) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(number)
                .withTargetPort(new IntOrString(number))
                .withProtocol("TCP")
                .build();
    }
}
