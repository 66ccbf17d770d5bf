package io.metastore.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.crds.ClusterSpec;
import io.metastore.crds.ClusterSpec.ImagePullPolicy;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.Resources;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.spec.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The Pod of a member. It may run where Pods must be restricted: no root, nothing writable but its
/// volumes.
public final class MemberPods {
    private static final long USER = 10001;
    private static final int STARTUP_SECONDS = 3600;
    private static final int PROBE_SECONDS = 5;
    private static final String CERTIFICATES = "peer-certificate";
    private static final String TEMPORARY = "tmp";

    private final MetaStoreCluster cluster;
    private final Wanted wanted;

    public MemberPods(MetaStoreCluster cluster, Wanted wanted) {
        this.cluster = cluster;
        this.wanted = wanted;
    }

    public Pod build(MemberName name, Role role, Beginning begins) {
        var template = spec().podTemplate();
        var labels = new TreeMap<>(template.metadata().labels());
        labels.putAll(Labels.of(cluster, name, role));
        var annotations = new TreeMap<>(template.metadata().annotations());
        annotations.put(Labels.HASH, wanted.build(role).hash());
        annotations.put(Labels.JOINS, begins instanceof Beginning.Joins(var members) ? members : "");
        return new PodBuilder()
                .withNewMetadata()
                .withName(name.text())
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(Labels.owner(cluster))
                .endMetadata()
                .withSpec(merged(podSpec(name, role, begins)))
                .build();
    }

    /// What the user added, below what the operator sets.
    private PodSpec merged(PodSpec own) {
        var user = Serialization.unmarshal(
                Serialization.asJson(spec().podTemplate().spec()), JsonNode.class);
        var operator = Serialization.unmarshal(Serialization.asJson(own), JsonNode.class);
        return user == null || user.isNull() || user.isEmpty()
                ? own
                : Serialization.unmarshal(Overlay.merge(user, operator).toString(), PodSpec.class);
    }

    private PodSpec podSpec(MemberName name, Role role, Beginning begins) {
        var scheduling = spec().scheduling();
        var place = new Placement(cluster, role);
        return new PodSpecBuilder()
                .withHostname(name.text())
                .withSubdomain(Names.peers(cluster))
                .withRestartPolicy("Always")
                .withServiceAccountName(Names.serviceAccount(cluster))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds((long) spec().terminationGracePeriodSeconds())
                .withPriorityClassName(scheduling.priorityClassName())
                .withSchedulerName(scheduling.schedulerName())
                .withImagePullSecrets(spec().imagePullSecrets().stream()
                        .map(secret -> new LocalObjectReference(secret.name()))
                        .toList())
                .withNodeSelector(place.nodeSelector())
                .withTolerations(place.tolerations())
                .withAffinity(place.affinity())
                .withTopologySpreadConstraints(place.spread())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(name, role, begins))
                .withVolumes(volumes(name, role))
                .build();
    }

    private Container container(MemberName name, Role role, Beginning begins) {
        return new ContainerBuilder()
                .withName(Names.CONTAINER)
                .withImage(wanted.build(role).image())
                .withImagePullPolicy(pullPolicy(spec().imagePullPolicy()))
                .withArgs(MemberFlags.of(cluster, wanted, name, role, begins))
                .withEnv(java())
                .withPorts(Ports.of(role))
                .withResources(resources(role == Role.WITNESS ? spec().witness().resources() : spec().resources()))
                .withStartupProbe(probe("/livez", STARTUP_SECONDS / PROBE_SECONDS))
                .withLivenessProbe(probe("/livez", 6))
                .withReadinessProbe(probe("/readyz", 2))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(mounts(role))
                .build();
    }

    /// The java command reads this variable whatever starts it, so an image needs no shell.
    private EnvVar java() {
        var jvm = spec().jvm();
        var options = new ArrayList<String>();
        options.add("-XX:MaxRAMPercentage=" + jvm.heapPercent());
        options.addAll(jvm.options());
        return new EnvVarBuilder()
                .withName("JDK_JAVA_OPTIONS")
                .withValue(String.join(" ", options))
                .build();
    }

    private static Probe probe(String path, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(Names.HEALTH_PORT)
                .endHttpGet()
                .withPeriodSeconds(PROBE_SECONDS)
                .withTimeoutSeconds(PROBE_SECONDS)
                .withFailureThreshold(failures)
                .build();
    }

    private static ResourceRequirements resources(@Nullable Resources resources) {
        return resources == null
                ? new ResourceRequirements()
                : new ResourceRequirementsBuilder()
                        .withRequests(resources.requests())
                        .withLimits(resources.limits())
                        .build();
    }

    private List<VolumeUse> uses(Role role) {
        return Arrays.stream(VolumeUse.values())
                .filter(use -> wanted.size(role, use).isPresent())
                .toList();
    }

    private List<Volume> volumes(MemberName name, Role role) {
        var volumes = new ArrayList<Volume>();
        uses(role)
                .forEach(use -> volumes.add(new VolumeBuilder()
                        .withName(use.text())
                        .withNewPersistentVolumeClaim()
                        .withClaimName(use.claim(name))
                        .endPersistentVolumeClaim()
                        .build()));
        volumes.add(new VolumeBuilder()
                .withName(TEMPORARY)
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        if (wanted.place().secure()) {
            volumes.add(new VolumeBuilder()
                    .withName(CERTIFICATES)
                    .withNewSecret()
                    .withSecretName(Names.peerSecret(name))
                    .withDefaultMode(0440)
                    .endSecret()
                    .build());
        }
        return volumes;
    }

    private List<VolumeMount> mounts(Role role) {
        var mounts = new ArrayList<VolumeMount>();
        uses(role)
                .forEach(use ->
                        mounts.add(mount(use.text(), use == VolumeUse.DATA ? MemberFlags.DATA : MemberFlags.LOG)));
        mounts.add(mount(TEMPORARY, "/tmp"));
        if (wanted.place().secure()) {
            mounts.add(new VolumeMountBuilder(mount(CERTIFICATES, MemberFlags.CERTIFICATES))
                    .withReadOnly(true)
                    .build());
        }
        return mounts;
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }

    private static String pullPolicy(ImagePullPolicy policy) {
        return switch (policy) {
            case IF_NOT_PRESENT -> "IfNotPresent";
            case ALWAYS -> "Always";
            case NEVER -> "Never";
        };
    }

    private ClusterSpec spec() {
        return cluster.getSpec();
    }
}
