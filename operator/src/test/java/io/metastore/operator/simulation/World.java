package io.metastore.operator.simulation;

import io.metastore.operator.member.Membership;
import io.metastore.operator.member.Membership.Facts;
import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.ObjectId;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.spec.Build;
import io.metastore.operator.spec.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What there is. A member is up when its Pod's process runs on the volume that it has always had.
final class World {
    static final String CLUSTER_ID = "cdf818194e3a8c32";
    private static final String BROKEN = "broken";

    /// A Pod, as far as it matters.
    static final class Pod {
        final MemberName name;
        String uid;
        String hash;
        String image;
        String joins = "";
        boolean founds;
        boolean terminating;
        boolean running;
        boolean marked;
        boolean cordoned;
        Instant since;

        Pod(MemberName name, String uid, Build build, Instant since) {
            this.name = name;
            this.uid = uid;
            this.hash = build.hash();
            this.image = build.image();
            this.since = since;
        }
    }

    /// A claim; `owner` is the id of the member whose data it holds, 0 for none.
    static final class Volume {
        final MemberName name;
        final VolumeUse use;
        final Role role;
        final String uid;
        long bytes;
        boolean terminating;
        boolean retired;
        Optional<String> clusterId = Optional.empty();
        long owner;

        Volume(MemberName name, VolumeUse use, Role role, String uid, long bytes) {
            this.name = name;
            this.use = use;
            this.role = role;
            this.uid = uid;
            this.bytes = bytes;
        }
    }

    /// A place in the list of members.
    static final class Member {
        final long id;
        final MemberName name;
        Role role;
        boolean started;
        long lag;

        Member(long id, MemberName name, Role role) {
            this.id = id;
            this.name = name;
            this.role = role;
        }
    }

    final Map<MemberName, Pod> pods = new TreeMap<>();
    final Map<String, Volume> volumes = new TreeMap<>();
    final List<Member> members = new ArrayList<>();
    final Set<Long> numbersUsed = new HashSet<>();
    Wanted wanted;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    long nextSerial = 1;
    Optional<String> recordedId = Optional.empty();
    long leader;
    long term = 1;
    long version = 1;
    private long uids = 1;
    private long ids = 1;

    World(Wanted wanted) {
        this.wanted = wanted;
    }

    String uid() {
        return "uid-" + uids++;
    }

    long id() {
        return ids++;
    }

    Optional<Member> member(MemberName name) {
        return members.stream().filter(member -> member.name.equals(name)).findFirst();
    }

    Optional<Member> leader() {
        return members.stream().filter(member -> member.id == leader).findFirst();
    }

    Stream<Volume> volumes(MemberName name) {
        return volumes.values().stream().filter(volume -> volume.name.equals(name));
    }

    boolean isUp(Member member) {
        var pod = pods.get(member.name);
        return pod != null
                && pod.running
                && !pod.terminating
                && member.started
                && volumes(member.name).count() > 0
                && volumes(member.name).allMatch(volume -> volume.owner == member.id);
    }

    /// Voters that are asked for their vote: one that never ran is not.
    List<Member> voters() {
        return members.stream()
                .filter(member -> member.role.votes() && member.started)
                .toList();
    }

    long up(long besides) {
        return voters().stream()
                .filter(member -> member.id != besides && isUp(member))
                .count();
    }

    static int majority(int voters) {
        return voters / 2 + 1;
    }

    boolean hasMajority() {
        return !voters().isEmpty()
                && up(0) >= majority(voters().size())
                && leader().filter(this::isUp).isPresent();
    }

    boolean isReady(Pod pod) {
        return member(pod.name)
                .filter(member -> member.role != Role.LEARNER && isUp(member) && hasMajority())
                .isPresent();
    }

    Optional<String> pending() {
        return members.stream().filter(member -> !member.started).findFirst().map(member -> "ADD " + member.name);
    }

    boolean works(String image) {
        return !image.contains(BROKEN);
    }

    Observed observe() {
        var answers = new HashMap<MemberName, Membership>();
        members.stream()
                .filter(member -> isUp(member) && member.role != Role.WITNESS)
                .forEach(member -> answers.put(member.name, membership()));
        return new Observed(
                now,
                new Observed.Recorded(recordedId, nextSerial, Optional.empty()),
                pods.values().stream().map(this::seen).toList(),
                volumes.values().stream().map(World::seen).toList(),
                answers,
                false);
    }

    private Membership membership() {
        boolean quorate = hasMajority();
        return new Membership(
                CLUSTER_ID,
                quorate ? OptionalLong.of(leader) : OptionalLong.empty(),
                term,
                String.valueOf(version),
                quorate,
                pending(),
                members.stream().map(member -> peer(member, quorate)).toList());
    }

    private Peer peer(Member member, boolean quorate) {
        boolean up = isUp(member);
        return new Peer(
                member.id,
                member.started ? member.name.text() : "",
                member.role,
                List.of(wanted.peerUrl(member.name)),
                member.started,
                quorate && up && member.lag <= 1000,
                quorate ? OptionalLong.of(member.lag) : OptionalLong.empty(),
                up
                        ? Optional.of(new Facts(
                                "1.0.0",
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty()))
                        : Optional.empty());
    }

    private ObservedPod seen(Pod pod) {
        return new ObservedPod(
                pod.name,
                new ObjectId(pod.uid, "1"),
                pod.hash,
                pod.image,
                pod.joins,
                pod.terminating,
                pod.running,
                isReady(pod) && !pod.terminating,
                pod.since,
                pod.marked,
                member(pod.name).filter(member -> member.role == Role.WITNESS).isEmpty(),
                pod.running ? Optional.of("10.0.0." + pod.name.serial()) : Optional.empty(),
                Optional.of(new ObservedPod.Site("node-" + pod.name.serial() % 3, Optional.empty(), pod.cordoned)),
                Optional.empty());
    }

    private static ObservedVolume seen(Volume volume) {
        return new ObservedVolume(
                volume.name,
                volume.use,
                new ObjectId(volume.uid, "1"),
                volume.role,
                volume.terminating,
                volume.bytes,
                false,
                volume.clusterId,
                volume.retired);
    }
}
