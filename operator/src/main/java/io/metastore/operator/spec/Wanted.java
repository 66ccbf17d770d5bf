package io.metastore.operator.spec;

import io.fabric8.kubernetes.api.model.Quantity;
import io.metastore.crds.ClusterSpec;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.StorageSpec.Kept;
import io.metastore.crds.StorageSpec.ResizeMode;
import io.metastore.crds.TlsSpec;
import io.metastore.crds.UpdateStrategy.LeaderUpdate;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is wanted of a cluster, as far as steps depend on it.
///
/// @param members how many hold data and vote
/// @param release nothing for a version that cannot be compared
public record Wanted(
        String cluster,
        Place place,
        int members,
        boolean witness,
        Life life,
        Optional<Release> release,
        Build data,
        Build witnessBuild,
        Volumes volumes,
        Updates updates,
        Care care) {
    /// Where members find each other.
    ///
    /// @param secure whether they speak TLS
    public record Place(String namespace, boolean secure) {}

    /// Whether anything is to happen at all.
    public enum Life {
        RUNS,
        PAUSED,
        HIBERNATED
    }

    /// Sizes in bytes.
    ///
    /// @param log nothing when the log is kept with the data
    /// @param grow whether the operator asks for more when a volume is smaller
    /// @param keepRemoved whether volumes outlive the removal of their member
    public record Volumes(long data, OptionalLong log, long witness, boolean grow, boolean keepRemoved) {}

    /// How members are restarted.
    ///
    /// @param supervised a person moves leadership, not the operator
    /// @param maxLag in entries
    public record Updates(boolean supervised, Duration minReady, long maxLag) {}

    /// What is done without being asked for.
    ///
    /// @param replaceLostAfter nothing for never
    /// @param markLeader whether Pods tell by a label who leads
    public record Care(Optional<Duration> replaceLostAfter, boolean moveLeaderOnDrain, boolean markLeader) {}

    /// What the spec of this cluster says.
    ///
    /// @param repository of the server's image, used when the spec names none
    public static Wanted of(MetaStoreCluster cluster, String repository) {
        var spec = cluster.getSpec();
        return new Wanted(
                cluster.getMetadata().getName(),
                new Place(
                        cluster.getMetadata().getNamespace(), spec.tls().peer().mode() != TlsSpec.Mode.DISABLED),
                spec.members(),
                spec.witness().replicas() > 0,
                life(spec),
                Release.parse(spec.version()),
                Builds.data(spec, repository),
                Builds.witness(spec, repository),
                volumes(spec),
                new Updates(
                        spec.updateStrategy().leader() == LeaderUpdate.SUPERVISED,
                        Duration.ofSeconds(spec.updateStrategy().minReadySeconds()),
                        spec.updateStrategy().maxLagEntries()),
                new Care(
                        Optional.ofNullable(spec.availability().replaceLostMembersAfter())
                                .map(Durations::parse),
                        spec.availability().moveLeaderOnDrain(),
                        spec.services().leader().enabled()));
    }

    /// Where other members reach this one: a name that stays while its Pod comes and goes, never an
    /// address.
    public String peerUrl(MemberName member) {
        return (place.secure ? "https://" : "http://") + host(member) + ":2380";
    }

    /// The name of a member in the Kubernetes cluster, whatever domain that has.
    public String host(MemberName member) {
        return member.text() + "." + cluster + "-peers." + place.namespace + ".svc";
    }

    public Build build(Role role) {
        return switch (role) {
            case VOTER, LEARNER -> data;
            case WITNESS -> witnessBuild;
        };
    }

    /// The size of such a volume, or nothing when a member of this role has none.
    public OptionalLong size(Role role, VolumeUse use) {
        return switch (role) {
            case VOTER, LEARNER -> use == VolumeUse.DATA ? OptionalLong.of(volumes.data) : volumes.log;
            case WITNESS -> use == VolumeUse.DATA ? OptionalLong.of(volumes.witness) : OptionalLong.empty();
        };
    }

    private static Life life(ClusterSpec spec) {
        if (spec.paused()) {
            return Life.PAUSED;
        }
        return spec.hibernated() ? Life.HIBERNATED : Life.RUNS;
    }

    private static Volumes volumes(ClusterSpec spec) {
        var storage = spec.storage();
        return new Volumes(
                bytes(storage.size()),
                logBytes(storage.logSize()),
                bytes(spec.witness().storage().size()),
                storage.resize().mode() != ResizeMode.MANUAL,
                storage.retention().whenScaled() == Kept.RETAIN);
    }

    private static OptionalLong logBytes(@Nullable String size) {
        return size == null ? OptionalLong.empty() : OptionalLong.of(bytes(size));
    }

    private static long bytes(String quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity)).longValueExact();
    }
}
