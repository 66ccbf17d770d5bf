package io.metastore.operator.observe;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.member.MemberException;
import io.metastore.operator.member.Members;
import io.metastore.operator.member.Membership;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.resource.Labels;
import io.metastore.operator.resource.Names;
import io.metastore.operator.spec.Release;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at a cluster: its objects first, then the members, all of them at once. In this order a
/// member that was added meanwhile is never taken for one that was removed: a Pod that is seen here
/// belonged to the cluster before it was made.
public final class Observer {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    private final KubernetesClient client;
    private final Members members;
    private final Clock clock;

    public Observer(KubernetesClient client, Members members, Clock clock) {
        this.client = client;
        this.members = members;
        this.clock = clock;
    }

    /// Reads everything from the API server, nothing from a cache.
    public Observed look(MetaStoreCluster cluster) {
        var namespace = cluster.getMetadata().getNamespace();
        var selector = Labels.selector(cluster.getMetadata().getName());
        var volumes = client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withLabels(selector)
                .list()
                .getItems();
        var pods =
                client.pods().inNamespace(namespace).withLabels(selector).list().getItems();
        var nodes = nodes(pods);
        var seen = pods.stream()
                .flatMap(pod -> PodReader.read(cluster.getMetadata().getName(), pod, nodes).stream())
                .toList();
        var answers = ask(seen);
        return new Observed(
                clock.instant(),
                recorded(cluster),
                seen,
                volumes.stream()
                        .flatMap(volume -> volume(cluster, volume).stream())
                        .toList(),
                answers,
                isOutOfSpace(seen, answers));
    }

    private static Optional<ObservedVolume> volume(MetaStoreCluster cluster, PersistentVolumeClaim claim) {
        return VolumeReader.read(cluster.getMetadata().getName(), claim);
    }

    private static Observed.Recorded recorded(MetaStoreCluster cluster) {
        var status = Optional.ofNullable(cluster.getStatus());
        return new Observed.Recorded(
                status.flatMap(known -> Optional.ofNullable(known.clusterId())),
                status.flatMap(known -> Optional.ofNullable(known.nextSerial())).orElse(1L),
                status.flatMap(known -> Optional.ofNullable(known.clusterVersion()))
                        .flatMap(Release::parse));
    }

    /// Nodes that Pods of the cluster run on. Where the operator may not look at nodes, none.
    private Map<String, Node> nodes(List<Pod> pods) {
        var nodes = new HashMap<String, Node>();
        pods.stream()
                .map(pod -> pod.getSpec().getNodeName())
                .filter(Objects::nonNull)
                .distinct()
                .forEach(name -> node(name).ifPresent(node -> nodes.put(name, node)));
        return nodes;
    }

    private Optional<Node> node(String name) {
        try {
            return Optional.ofNullable(client.nodes().withName(name).get());
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue("node", name).setCause(e).log("the node cannot be read");
            return Optional.empty();
        }
    }

    private Map<MemberName, Membership> ask(List<ObservedPod> pods) {
        var answers = new ConcurrentHashMap<MemberName, Membership>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var pod : pods) {
                address(pod)
                        .ifPresent(address -> threads.execute(
                                () -> answer(address).ifPresent(answer -> answers.put(pod.name(), answer))));
            }
        }
        return answers;
    }

    /// Only members with data have a port to be asked on.
    private static Optional<String> address(ObservedPod pod) {
        return pod.running() && pod.servesClients() ? pod.address().map(Observer::at) : Optional.empty();
    }

    /// Host and port of a member that serves clients.
    public static String at(String host) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + Names.CLIENT_PORT;
    }

    private Optional<Membership> answer(String address) {
        return tried(() -> members.membership(address));
    }

    private boolean isOutOfSpace(List<ObservedPod> pods, Map<MemberName, Membership> answers) {
        return pods.stream()
                .filter(pod -> answers.containsKey(pod.name()))
                .flatMap(pod -> address(pod).stream())
                .findFirst()
                .flatMap(address -> tried(() -> members.isOutOfSpace(address)))
                .orElse(false);
    }

    @FunctionalInterface
    private interface Question<A> {
        A ask() throws MemberException;
    }

    /// A member that does not answer is nothing to report: that it does not is seen.
    private static <A> Optional<A> tried(Question<A> question) {
        try {
            return Optional.of(question.ask());
        } catch (MemberException e) {
            LOG.atDebug().addKeyValue("error", e.getMessage()).log("a member does not answer");
            return Optional.empty();
        }
    }
}
