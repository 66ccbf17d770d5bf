package io.metastore.operator.act;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.plan.Step;
import io.metastore.operator.spec.Wanted;
import java.net.HttpURLConnection;

/// Carries out single steps.
public final class Actor {
    private final Objects objects;
    private final Serials serials;
    private final Certificates certificates;
    private final MemberCalls members;

    public Actor(Objects objects, Serials serials, Certificates certificates, MemberCalls members) {
        this.objects = objects;
        this.serials = serials;
        this.certificates = certificates;
        this.members = members;
    }

    /// One cluster as it was seen, for which a step was planned.
    public record Scene(MetaStoreCluster cluster, Wanted wanted, Observed observed) {}

    /// Does it, or nothing of it.
    ///
    /// @throws Conflict when the world has changed since, or the members refuse it
    public void carryOut(Scene scene, Step step) throws Conflict {
        try {
            perform(scene, step);
        } catch (KubernetesClientException e) {
            if (isConflict(e)) {
                throw new Conflict(e);
            }
            throw e;
        }
    }

    private void perform(Scene scene, Step step) throws Conflict {
        switch (step) {
            case Step.CreateMember create -> createMember(scene, create);
            case Step.CreateVolume(var name, var role, var use) -> objects.createVolume(scene, name, role, use);
            case Step.CreatePod create -> createPod(scene, create);
            case Step.DeletePod delete -> deletePod(scene, delete);
            case Step.GrowVolume(var name, var use, var id, var bytes) ->
                objects.growVolume(scene, use.claim(name), id, bytes);
            case Step.DeleteVolume(var name, var use, var id) -> objects.deleteVolume(scene, use.claim(name), id);
            case Step.RetireVolume(var name, var use, var id) -> objects.retireVolume(scene, use.claim(name), id);
            case Step.LabelVolume(var name, var use, var id, var clusterId) ->
                objects.labelVolume(scene, use.claim(name), id, clusterId);
            case Step.MarkLeader(var name, var id, var leads) -> objects.markLeader(scene, name, id, leads);
            case Step.AddMember _,
                    Step.PromoteMember _,
                    Step.RemoveMember _,
                    Step.SwapMember _,
                    Step.SubstituteMember _,
                    Step.MoveLeader _ -> members.perform(scene, step);
        }
    }

    /// The number is written down before anything bears it: so it is never given out twice, whoever
    /// dies in between.
    private void createMember(Scene scene, Step.CreateMember create) throws Conflict {
        serials.reserve(scene.cluster(), create.name());
        for (var use : VolumeUse.values()) {
            if (scene.wanted().size(create.role(), use).isPresent()) {
                objects.createVolume(scene, create.name(), create.role(), use);
            }
        }
    }

    private void createPod(Scene scene, Step.CreatePod create) throws Conflict {
        prepare(scene, create.name());
        objects.createPod(scene, create);
    }

    private void prepare(Scene scene, MemberName name) {
        if (scene.wanted().place().secure()) {
            certificates.renew(scene.cluster(), scene.wanted(), name);
        }
    }

    private void deletePod(Scene scene, Step.DeletePod delete) throws Conflict {
        if (delete.ask().isPresent()) {
            members.prepareStop(scene, delete.ask().get());
        }
        objects.deletePod(scene, delete.name(), delete.id());
    }

    private static boolean isConflict(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }
}
