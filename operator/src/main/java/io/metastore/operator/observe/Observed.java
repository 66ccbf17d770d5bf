package io.metastore.operator.observe;

import io.metastore.operator.member.Membership;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.spec.Release;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Everything that was seen in one look; the time is part of it, so equal looks give equal plans.
///
/// @param recorded what the status of the cluster remembers
/// @param answers what each member that answered says about the whole cluster
public record Observed(
        Instant now,
        Recorded recorded,
        List<ObservedPod> pods,
        List<ObservedVolume> volumes,
        Map<MemberName, Membership> answers,
        boolean outOfSpace) {
    /// What was written down by earlier passes.
    ///
    /// @param nextSerial no member may get a lower number; at least 1
    /// @param finalised the release whose features all members use
    public record Recorded(Optional<String> clusterId, long nextSerial, Optional<Release> finalised) {}

    public Observed {
        pods = pods.stream().sorted(Comparator.comparing(ObservedPod::name)).toList();
        volumes = volumes.stream()
                .sorted(Comparator.comparing(ObservedVolume::name).thenComparing(ObservedVolume::use))
                .toList();
        answers = Map.copyOf(answers);
    }

    /// Every id that anything of this cluster says it belongs to; more than one is a split brain.
    public Set<String> clusterIds() {
        var ids = new TreeSet<String>();
        recorded.clusterId().ifPresent(ids::add);
        volumes.stream()
                .filter(volume -> !volume.retired())
                .flatMap(volume -> volume.clusterId().stream())
                .forEach(ids::add);
        answers.values().forEach(answer -> ids.add(answer.clusterId()));
        return ids;
    }

    /// Whether the cluster has ever begun.
    public boolean isBootstrapped() {
        return !clusterIds().isEmpty();
    }

    /// The answer to go by: confirmed by a majority rather than not, then of the newest term.
    public Optional<Membership> membership() {
        return answers.entrySet().stream()
                .max(Comparator.<Map.Entry<MemberName, Membership>, Boolean>comparing(
                                entry -> entry.getValue().isQuorate())
                        .thenComparingLong(entry -> entry.getValue().term())
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(Map.Entry::getValue);
    }

    /// The number of the next new member: above all that were ever seen.
    public long nextSerial(String cluster) {
        var inCluster = answers.values().stream()
                .flatMap(answer -> answer.members().stream())
                .flatMap(peer -> Stream.of(peer.name(), peer.hostLabel()))
                .flatMap(text -> MemberName.parse(cluster, text).stream())
                .mapToLong(MemberName::serial);
        var here = Stream.concat(
                        pods.stream().map(ObservedPod::name), volumes.stream().map(ObservedVolume::name))
                .mapToLong(MemberName::serial);
        long used = LongStream.concat(inCluster, here).max().orElse(0);
        return Math.max(recorded.nextSerial(), used + 1);
    }

    public Optional<ObservedPod> pod(MemberName name) {
        return pods.stream().filter(pod -> pod.name().equals(name)).findFirst();
    }

    public List<ObservedVolume> volumes(MemberName name) {
        return volumes.stream().filter(volume -> volume.name().equals(name)).toList();
    }
}
