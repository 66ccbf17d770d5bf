package io.metastore.operator.simulation;

import io.metastore.operator.model.Role;
import io.metastore.operator.simulation.World.Pod;
import io.metastore.operator.simulation.World.Volume;
import io.metastore.operator.spec.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What befalls a cluster from outside. It never takes so many volumes that the members could not have
/// a majority any more: then only a person can help.
final class Chance {
    private final World world;
    private final Random random;
    private Specs.Shape shape;

    Chance(World world, Random random, Specs.Shape shape) {
        this.world = world;
        this.random = random;
        this.shape = shape;
    }

    void strike() {
        switch (random.nextInt(12)) {
            case 0, 1 -> killPod();
            case 2 -> loseVolume();
            case 3 -> pod().ifPresent(pod -> pod.cordoned = !pod.cordoned);
            case 4 -> edit();
            case 5 -> resize();
            case 6 -> pause();
            case 7 -> pod().ifPresent(pod -> pod.image = "metastore-server:edited");
            case 8 ->
                world.members.forEach(member -> member.lag += member.id == world.leader ? 0 : random.nextInt(3_000));
            case 9 -> pod().ifPresent(pod -> pod.marked = !pod.marked);
            case 10 ->
                world.voters().stream()
                        .filter(member -> member.role == Role.VOTER && world.isUp(member))
                        .findFirst()
                        .ifPresent(member -> world.leader = member.id);
            default -> hibernate();
        }
    }

    /// No more trouble: the last good spec, running.
    void calm() {
        shape = new Specs.Shape(shape.members(), shape.witness(), shape.edits(), false, shape.further());
        world.wanted = shape.wanted();
        world.pods.values().forEach(pod -> pod.cordoned = false);
    }

    private Optional<Pod> pod() {
        var pods = List.copyOf(world.pods.values());
        return pods.isEmpty() ? Optional.empty() : Optional.of(pods.get(random.nextInt(pods.size())));
    }

    private void killPod() {
        pod().ifPresent(pod -> world.pods.remove(pod.name));
    }

    private void loseVolume() {
        var volumes = List.copyOf(world.volumes.values());
        if (volumes.isEmpty()) {
            return;
        }
        var volume = volumes.get(random.nextInt(volumes.size()));
        if (isSpare(volume)) {
            world.volumes.remove(volume.use.claim(volume.name));
            if (random.nextBoolean()) {
                world.pods.remove(volume.name);
            }
        }
    }

    /// The others with volumes could still have a majority, now and after the changes that are under
    /// way.
    private boolean isSpare(Volume volume) {
        var voters = world.voters();
        long whole = voters.stream()
                .filter(member -> !member.name.equals(volume.name))
                .filter(member ->
                        world.volumes(member.name).anyMatch(other -> other.owner == member.id && !other.terminating))
                .count();
        boolean data = voters.stream()
                .filter(member -> member.role == Role.VOTER && !member.name.equals(volume.name))
                .anyMatch(member -> world.volumes(member.name).findAny().isPresent());
        return whole >= World.majority(voters.size()) && data;
    }

    private void edit() {
        shape = Specs.edited(shape, random);
        world.wanted = shape.wanted();
    }

    private void resize() {
        shape = Specs.resized(shape, random);
        world.wanted = shape.wanted();
    }

    private void pause() {
        boolean paused = world.wanted.life() != Wanted.Life.RUNS;
        world.wanted = paused ? shape.wanted() : shape.with("paused: true").wanted();
    }

    private void hibernate() {
        if (random.nextInt(3) == 0) {
            world.wanted = shape.with("hibernated: true").wanted();
        }
    }
}
