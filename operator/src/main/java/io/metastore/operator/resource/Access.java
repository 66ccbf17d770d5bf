package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.NetworkPolicySpec.Selector;
import io.metastore.crds.NetworkPolicySpec.Source;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// As whom members run, and who may open connections to them.
final class Access {
    private Access() {}

    static ServiceAccount account(MetaStoreCluster cluster) {
        var meta = Labels.meta(cluster, Names.serviceAccount(cluster));
        meta.setAnnotations(cluster.getSpec().serviceAccount().annotations());
        return new ServiceAccountBuilder()
                .withMetadata(meta)
                .withAutomountServiceAccountToken(false)
                .build();
    }

    /// Members reach each other; clients come from where the user says. Probes and metrics are open: a
    /// kubelet's address is not known here. The operator asks members on the clients' port, so its own
    /// Pods may come too.
    static NetworkPolicy policy(MetaStoreCluster cluster) {
        var everyone = Labels.selector(cluster.getMetadata().getName());
        var members = new NetworkPolicyPeerBuilder()
                .withNewPodSelector()
                .withMatchLabels(everyone)
                .endPodSelector()
                .build();
        var sources = cluster.getSpec().networkPolicy().clientFrom();
        var clients = sources.isEmpty()
                ? List.<NetworkPolicyPeer>of()
                : Stream.concat(sources.stream().map(Access::source), Stream.of(members, operator()))
                        .toList();
        return new NetworkPolicyBuilder()
                .withMetadata(Labels.meta(cluster, cluster.getMetadata().getName()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(everyone)
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .withIngress(
                        rule(Names.PEER_PORT, List.of(members)),
                        rule(Names.CLIENT_PORT, clients),
                        rule(Names.HEALTH_PORT, List.of()))
                .endSpec()
                .build();
    }

    private static NetworkPolicyPeer operator() {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels("app.kubernetes.io/name", Labels.OPERATOR)
                .endPodSelector()
                .build();
    }

    /// @param from everywhere when empty
    private static NetworkPolicyIngressRule rule(int port, List<NetworkPolicyPeer> from) {
        NetworkPolicyPort ports = new NetworkPolicyPortBuilder()
                .withPort(new IntOrString(port))
                .withProtocol("TCP")
                .build();
        return new NetworkPolicyIngressRuleBuilder()
                .withPorts(ports)
                .withFrom(from)
                .build();
    }

    private static NetworkPolicyPeer source(Source source) {
        var builder = new NetworkPolicyPeerBuilder()
                .withPodSelector(selector(source.podSelector()))
                .withNamespaceSelector(selector(source.namespaceSelector()));
        var addresses = source.ipBlock();
        return addresses == null
                ? builder.build()
                : builder.withNewIpBlock()
                        .withCidr(addresses.cidr())
                        .withExcept(addresses.except())
                        .endIpBlock()
                        .build();
    }

    private static @Nullable LabelSelector selector(@Nullable Selector wished) {
        if (wished == null) {
            return null;
        }
        return new LabelSelectorBuilder()
                .withMatchLabels(wished.matchLabels())
                .withMatchExpressions(wished.matchExpressions().stream()
                        .map(expression -> new LabelSelectorRequirementBuilder()
                                .withKey(expression.key())
                                .withOperator(
                                        switch (expression.operator()) {
                                            case IN -> "In";
                                            case NOT_IN -> "NotIn";
                                            case EXISTS -> "Exists";
                                            case DOES_NOT_EXIST -> "DoesNotExist";
                                        })
                                .withValues(expression.values())
                                .build())
                        .toList())
                .build();
    }
}
