package io.metastore.operator.simulation;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.plan.Step;
import io.metastore.operator.simulation.World.Member;
import io.metastore.operator.simulation.World.Pod;
import io.metastore.operator.simulation.World.Volume;
import java.util.Arrays;
import java.util.Optional;

/// Carries out steps as API server and members do: a step that was planned for another object, or for
/// other members, does nothing, and members refuse what would cost them their majority.
final class Hands {
    private final World world;

    Hands(World world) {
        this.world = world;
    }

    /// Whether anything changed.
    boolean carryOut(Step step) {
        return switch (step) {
            case Step.CreateMember(var name, var role) -> createMember(name, role);
            case Step.CreateVolume(var name, var role, var use) -> createVolume(name, role, use);
            case Step.CreatePod create -> createPod(create);
            case Step.AddMember(var name, var role, var expected) -> isExpected(expected) && add(name, role);
            case Step.PromoteMember(var name, var _, var expected) -> isExpected(expected) && promote(name);
            case Step.RemoveMember(var name, var _, var expected) -> isExpected(expected) && remove(name);
            case Step.SwapMember(var out, var _, var in, var _, var expected) -> isExpected(expected) && swap(out, in);
            case Step.SubstituteMember(var out, var _, var in, var expected) ->
                isExpected(expected) && remove(out) && add(in, Role.WITNESS);
            case Step.MoveLeader(var to, var _) -> moveLeader(to);
            case Step.DeletePod delete -> deletePod(delete);
            case Step.GrowVolume(var name, var use, var id, var bytes) ->
                volume(name, use, id.uid()).map(volume -> volume.bytes = bytes).isPresent();
            case Step.DeleteVolume(var name, var use, var id) ->
                volume(name, use, id.uid())
                        .map(volume -> volume.terminating = true)
                        .isPresent();
            case Step.RetireVolume(var name, var use, var id) ->
                volume(name, use, id.uid()).map(volume -> volume.retired = true).isPresent();
            case Step.LabelVolume(var name, var use, var id, var clusterId) ->
                label(volume(name, use, id.uid()), clusterId);
            case Step.MarkLeader(var name, var id, var leads) ->
                pod(name, id.uid()).map(pod -> pod.marked = leads).isPresent();
        };
    }

    private boolean createMember(MemberName name, Role role) {
        if (name.serial() < world.nextSerial) {
            return false;
        }
        world.nextSerial = name.serial() + 1;
        world.numbersUsed.add(name.serial());
        Arrays.stream(VolumeUse.values())
                .filter(use -> world.wanted.size(role, use).isPresent())
                .forEach(use -> createVolume(name, role, use));
        return true;
    }

    private boolean createVolume(MemberName name, Role role, VolumeUse use) {
        var kept = role == Role.WITNESS ? Role.WITNESS : Role.VOTER;
        return world.volumes.putIfAbsent(
                        use.claim(name),
                        new Volume(
                                name,
                                use,
                                kept,
                                world.uid(),
                                world.wanted.size(role, use).orElseThrow()))
                == null;
    }

    private boolean createPod(Step.CreatePod create) {
        var build = world.wanted.build(create.role());
        var joins = switch (create.start()) {
            case Step.Start.Found() -> "";
            case Step.Start.Join(var members) -> members;
        };
        var pod = new Pod(create.name(), world.uid(), build, world.now);
        pod.joins = joins;
        pod.founds = create.start() instanceof Step.Start.Found;
        return world.pods.putIfAbsent(create.name(), pod) == null;
    }

    private boolean isExpected(String version) {
        return world.hasMajority() && version.equals(String.valueOf(world.version));
    }

    private boolean add(MemberName name, Role role) {
        if (world.pending().isPresent()) {
            return false;
        }
        world.members.add(new Member(world.id(), name, role));
        world.version++;
        return true;
    }

    private boolean promote(MemberName name) {
        var member = world.member(name).orElseThrow();
        if (world.pending().isPresent() || !world.isUp(member)) {
            return false;
        }
        member.role = Role.VOTER;
        world.version++;
        return true;
    }

    private boolean remove(MemberName name) {
        var member = world.member(name).orElseThrow();
        boolean costly = member.role.votes() && member.started;
        if (costly
                && (world.pending().isPresent()
                        || world.up(member.id) < World.majority(world.voters().size() - 1))) {
            return false;
        }
        world.members.remove(member);
        world.version++;
        return true;
    }

    private boolean swap(MemberName out, MemberName in) {
        var learner = world.member(in).orElseThrow();
        if (world.pending().isPresent() || !world.isUp(learner)) {
            return false;
        }
        learner.role = Role.VOTER;
        world.members.remove(world.member(out).orElseThrow());
        world.version++;
        return true;
    }

    private boolean moveLeader(MemberName to) {
        return world.hasMajority()
                && world.member(to)
                        .filter(heir -> heir.role == Role.VOTER && world.isUp(heir))
                        .map(heir -> {
                            world.leader = heir.id;
                            world.term++;
                            heir.lag = 0;
                            return heir;
                        })
                        .isPresent();
    }

    /// The members are asked first, as the operator does.
    private boolean deletePod(Step.DeletePod delete) {
        var member = world.member(delete.name());
        boolean refused = delete.ask().isPresent()
                && member.isPresent()
                && !delete.ask().get().force()
                && world.up(member.get().id) < World.majority(world.voters().size());
        return !refused
                && pod(delete.name(), delete.id().uid())
                        .map(pod -> pod.terminating = true)
                        .isPresent();
    }

    private Optional<Pod> pod(MemberName name, String uid) {
        return Optional.ofNullable(world.pods.get(name)).filter(pod -> pod.uid.equals(uid) && !pod.terminating);
    }

    private Optional<Volume> volume(MemberName name, VolumeUse use, String uid) {
        return Optional.ofNullable(world.volumes.get(use.claim(name))).filter(volume -> volume.uid.equals(uid));
    }

    private static boolean label(Optional<Volume> volume, String clusterId) {
        volume.ifPresent(found -> found.clusterId = Optional.of(clusterId));
        return volume.isPresent();
    }
}
