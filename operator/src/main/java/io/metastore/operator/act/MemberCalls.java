package io.metastore.operator.act;

import io.metastore.operator.act.Actor.Scene;
import io.metastore.operator.member.MemberException;
import io.metastore.operator.member.Members;
import io.metastore.operator.observe.Observer;
import io.metastore.operator.plan.Step;
import io.metastore.operator.plan.Step.Farewell;
import java.util.Map;
import java.util.OptionalLong;

/// Changes of members. The member that is asked compares what was expected when the change is applied.
public final class MemberCalls {
    private final Members members;

    public MemberCalls(Members members) {
        this.members = members;
    }

    void perform(Scene scene, Step step) throws Conflict {
        var address = address(scene);
        try {
            switch (step) {
                case Step.AddMember(var name, var role, var expected) ->
                    members.add(address, scene.wanted().peerUrl(name), role, expected);
                case Step.PromoteMember(var _, var id, var expected) -> members.promote(address, id, expected);
                case Step.RemoveMember(var _, var id, var expected) -> members.remove(address, id, expected);
                case Step.SwapMember(var _, var out, var _, var in, var expected) ->
                    members.swap(address, out, in, expected);
                case Step.SubstituteMember(var _, var out, var in, var expected) ->
                    members.substitute(address, out, scene.wanted().peerUrl(in), expected);
                case Step.MoveLeader(var _, var id) -> members.moveLeader(address, OptionalLong.of(id));
                case Step.CreateMember _, Step.CreateVolume _, Step.CreatePod _, Step.DeletePod _, Step.GrowVolume _ ->
                    throw notForMembers(step);
                case Step.DeleteVolume _, Step.RetireVolume _, Step.LabelVolume _, Step.MarkLeader _ ->
                    throw notForMembers(step);
            }
        } catch (MemberException e) {
            throw new Conflict(e);
        }
    }

    private static IllegalArgumentException notForMembers(Step step) {
        return new IllegalArgumentException("not a question to members: " + step);
    }

    /// Refused when the others have no majority; if the member leads, another one does afterwards.
    void prepareStop(Scene scene, Farewell ask) throws Conflict {
        try {
            members.prepareStop(address(scene), ask.id(), ask.force());
        } catch (MemberException e) {
            throw new Conflict(e);
        }
    }

    /// The member whose answer the plan was made from, or any other that answered.
    private static String address(Scene scene) throws Conflict {
        return scene.observed().answers().entrySet().stream()
                .filter(entry -> entry.getValue().isQuorate())
                .map(Map.Entry::getKey)
                .sorted()
                .flatMap(name -> scene.observed().pod(name).stream())
                .flatMap(pod -> pod.address().stream())
                .findFirst()
                .map(Observer::at)
                .orElseThrow(() -> new Conflict("no member answers any more"));
    }
}
