package io.metastore.operator.simulation;

import io.metastore.operator.model.Role;
import io.metastore.operator.plan.Plan;
import io.metastore.operator.plan.Step;
import io.metastore.operator.simulation.World.Member;
import io.metastore.operator.spec.Wanted.Life;
import java.util.Optional;

/// Objects to a plan that could hurt, in the world that it was made for. What it says begins with the
/// rule's number in the design: 1 a majority is never lost by the operator's own act, 2 one change of
/// members at a time, 3 no volume of a member goes, 4 the leader is restarted last, 5 only members
/// with data lead, 6 no change without a majority, 7 no number twice, 8 nothing while paused, 9 one
/// step a pass disturbs.
final class Judge {
    private final World world;

    Judge(World world) {
        this.world = world;
    }

    Optional<String> objection(Plan plan) {
        if (world.wanted.life() == Life.PAUSED && !plan.steps().isEmpty()) {
            return Optional.of("8: a step on a paused cluster: " + plan);
        }
        if (plan.steps().stream().filter(Step::disturbs).count() > 1
                || plan.steps().stream().filter(Step::changesMembers).count() > 1) {
            return Optional.of("9: more than one step that disturbs: " + plan);
        }
        return plan.steps().stream()
                .flatMap(step -> objection(step).stream().map(text -> text + ": " + step))
                .findFirst();
    }

    private Optional<String> objection(Step step) {
        if (step.changesMembers() && !world.hasMajority()) {
            return Optional.of("6: members are changed without a majority");
        }
        return switch (step) {
            case Step.CreateMember(var name, var _) ->
                world.numbersUsed.contains(name.serial()) ? Optional.of("7: a number is used twice") : fine();
            case Step.CreateVolume _, Step.CreatePod _, Step.GrowVolume _, Step.LabelVolume _, Step.MarkLeader _ ->
                fine();
            case Step.AddMember _ -> world.pending().isPresent() ? Optional.of("2: another change goes on") : fine();
            case Step.PromoteMember(var name, var _, var _) ->
                promote(world.member(name).orElseThrow());
            case Step.RemoveMember(var name, var _, var _) ->
                remove(world.member(name).orElseThrow());
            case Step.SubstituteMember(var out, var _, var _, var _) ->
                remove(world.member(out).orElseThrow());
            case Step.SwapMember(var out, var _, var in, var _, var _) ->
                swap(world.member(out).orElseThrow(), world.member(in).orElseThrow());
            case Step.MoveLeader(var to, var _) -> lead(world.member(to).orElseThrow());
            case Step.DeletePod delete -> delete(delete);
            case Step.DeleteVolume(var name, var _, var _) ->
                takeAway(world.member(name).isPresent());
            case Step.RetireVolume(var name, var _, var _) ->
                takeAway(world.member(name).isPresent());
        };
    }

    private static Optional<String> fine() {
        return Optional.empty();
    }

    private Optional<String> promote(Member member) {
        if (world.pending().isPresent()) {
            return Optional.of("2: another change goes on");
        }
        return world.isUp(member) && member.lag <= 500
                ? fine()
                : Optional.of("1: a learner that has not caught up votes");
    }

    private Optional<String> remove(Member member) {
        if (world.pending().isPresent() && member.started) {
            return Optional.of("2: another change goes on");
        }
        if (!member.role.votes() || !member.started) {
            return fine();
        }
        return world.up(member.id) >= World.majority(world.voters().size() - 1)
                ? fine()
                : Optional.of("1: too few are left");
    }

    private Optional<String> swap(Member out, Member in) {
        if (world.pending().isPresent()) {
            return Optional.of("2: another change goes on");
        }
        boolean enough = world.up(out.id) + 1 >= World.majority(world.voters().size());
        return world.isUp(in) && in.role == Role.LEARNER && enough ? fine() : Optional.of("1: a swap that loses votes");
    }

    private Optional<String> lead(Member heir) {
        return heir.role == Role.VOTER && world.isUp(heir) ? fine() : Optional.of("5: it must not lead");
    }

    private Optional<String> takeAway(boolean used) {
        if (used) {
            return Optional.of("3: the volume of a member goes");
        }
        return world.hasMajority() ? fine() : Optional.of("6: a volume goes without a majority");
    }

    private Optional<String> delete(Step.DeletePod delete) {
        var member = world.member(delete.name());
        boolean hibernates = world.wanted.life() == Life.HIBERNATED;
        if (member.isEmpty() || !world.isUp(member.get())) {
            return fine();
        }
        if (member.get().id == world.leader && world.hasMajority() && !isLast(member.get())) {
            return Optional.of("4: the leader is not last");
        }
        if (hibernates || !member.get().role.votes()) {
            return fine();
        }
        int voters = world.voters().size();
        boolean spare = voters > World.majority(voters);
        if (!spare) {
            return world.up(0) == voters ? fine() : Optional.of("1: a member that all depend on is restarted");
        }
        return world.up(member.get().id) >= World.majority(voters) ? fine() : Optional.of("1: too few are left");
    }

    /// All others are as wanted, or gone where everything goes.
    private boolean isLast(Member leader) {
        return world.pods.values().stream()
                .filter(pod -> !pod.name.equals(leader.name))
                .filter(pod -> world.member(pod.name).isPresent())
                .allMatch(pod -> world.wanted.life() != Life.HIBERNATED
                        && pod.hash.equals(world.wanted
                                .build(world.member(pod.name).get().role)
                                .hash()));
    }
}
