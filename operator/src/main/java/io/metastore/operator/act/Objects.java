package io.metastore.operator.act;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.metastore.operator.act.Actor.Scene;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.ObjectId;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.plan.Step;
import io.metastore.operator.resource.Beginning;
import io.metastore.operator.resource.Labels;
import io.metastore.operator.resource.MemberPods;
import io.metastore.operator.resource.Volumes;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.TreeMap;

/// Pods and volumes. What is made has a name that is decided beforehand and is made only if there is
/// none; what is changed or deleted must be the very object, in the very version, that was seen.
public final class Objects {
    private final KubernetesClient client;

    public Objects(KubernetesClient client) {
        this.client = client;
    }

    void createVolume(Scene scene, MemberName name, Role role, VolumeUse use) throws Conflict {
        create(new Volumes(scene.cluster(), scene.wanted()).build(name, role, use));
    }

    void createPod(Scene scene, Step.CreatePod create) throws Conflict {
        var begins = switch (create.start()) {
            case Step.Start.Found() -> new Beginning.Founds();
            case Step.Start.Join(var members) -> new Beginning.Joins(members);
        };
        var pod = new MemberPods(scene.cluster(), scene.wanted()).build(create.name(), create.role(), begins);
        try {
            client.resource(pod).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            adopt(scene, pod);
        }
    }

    /// A Pod of ours that lost its labels is not seen as one. It gets them back; a stranger's is left
    /// alone.
    private void adopt(Scene scene, Pod wanted) throws Conflict {
        var name = wanted.getMetadata().getName();
        var found = pod(scene, name).get();
        var uid = scene.cluster().getMetadata().getUid();
        boolean ours = found != null
                && found.getMetadata().getOwnerReferences().stream().anyMatch(owner -> uid.equals(owner.getUid()));
        if (!ours) {
            throw new Conflict("a Pod " + name + " is there that does not belong to this cluster: delete it");
        }
        patch(pod(scene, name), id(found), Map.of("labels", wanted.getMetadata().getLabels()), Map.of());
    }

    private static ObjectId id(HasMetadata object) {
        return new ObjectId(object.getMetadata().getUid(), object.getMetadata().getResourceVersion());
    }

    void deletePod(Scene scene, MemberName name, ObjectId id) throws Conflict {
        delete(pod(scene, name.text()), id);
    }

    void deleteVolume(Scene scene, String claim, ObjectId id) throws Conflict {
        delete(volume(scene, claim), id);
    }

    void growVolume(Scene scene, String claim, ObjectId id, long bytes) {
        patch(
                volume(scene, claim),
                id,
                Map.of(),
                Map.of("resources", Map.of("requests", Map.of("storage", String.valueOf(bytes)))));
    }

    void labelVolume(Scene scene, String claim, ObjectId id, String clusterId) {
        patch(volume(scene, claim), id, Map.of("labels", Map.of(Labels.CLUSTER_ID, clusterId)), Map.of());
    }

    void retireVolume(Scene scene, String claim, ObjectId id) {
        patch(volume(scene, claim), id, Map.of("labels", Map.of(Labels.RETIRED, "true")), Map.of());
    }

    void markLeader(Scene scene, MemberName name, ObjectId id, boolean leads) {
        var role = leads ? Labels.LEADER : "follower";
        patch(pod(scene, name.text()), id, Map.of("labels", Map.of(Labels.RAFT_ROLE, role)), Map.of());
    }

    private Resource<Pod> pod(Scene scene, String name) {
        return client.pods()
                .inNamespace(scene.cluster().getMetadata().getNamespace())
                .withName(name);
    }

    private Resource<?> volume(Scene scene, String claim) {
        return client.persistentVolumeClaims()
                .inNamespace(scene.cluster().getMetadata().getNamespace())
                .withName(claim);
    }

    /// One that is there already was made by an earlier pass, or by another operator: it is looked at
    /// again.
    private void create(HasMetadata object) throws Conflict {
        try {
            client.resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new Conflict(object.getMetadata().getName() + " is there already", e);
            }
            throw e;
        }
    }

    private static void delete(Resource<?> resource, ObjectId id) throws Conflict {
        var found = (HasMetadata) resource.get();
        if (found == null || !found.getMetadata().getUid().equals(id.uid())) {
            throw new Conflict("it is another one than was seen");
        }
        // The API server compares this version once more: a new object by the name, or a change, has another.
        resource.lockResourceVersion(id.resourceVersion()).delete();
    }

    private static void patch(
            Resource<?> resource, ObjectId id, Map<String, Object> metadata, Map<String, Object> spec) {
        var meta = new TreeMap<String, Object>(metadata);
        meta.put("uid", id.uid());
        meta.put("resourceVersion", id.resourceVersion());
        var patch = spec.isEmpty() ? Map.of("metadata", meta) : Map.of("metadata", meta, "spec", spec);
        var context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(Labels.OPERATOR)
                .build();
        resource.patch(context, Serialization.asJson(patch));
    }
}
