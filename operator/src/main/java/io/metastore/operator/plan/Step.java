package io.metastore.operator.plan;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.ObjectId;
import io.metastore.operator.model.RestartReason;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import java.util.Optional;

/// One change. It names what it was planned for, so that it does nothing to anything else: an object
/// by its id and version, a change of members by the members that were seen (`expected`).
public sealed interface Step {
    /// A new member gets a number and its volumes. The number is written down first.
    record CreateMember(MemberName name, Role role) implements Step {}

    /// The rest of a new member's volumes, when only some of them were made.
    record CreateVolume(MemberName name, Role role, VolumeUse use) implements Step {}

    record CreatePod(MemberName name, Role role, Start start) implements Step {}

    record AddMember(MemberName name, Role role, String expected) implements Step {}

    record PromoteMember(MemberName name, long id, String expected) implements Step {}

    record RemoveMember(MemberName name, long id, String expected) implements Step {}

    /// A learner takes the place of a voter.
    record SwapMember(MemberName out, long outId, MemberName in, long inId, String expected) implements Step {}

    /// A member that has yet to be started takes the place of another one.
    record SubstituteMember(MemberName out, long outId, MemberName in, String expected) implements Step {}

    record MoveLeader(MemberName to, long id) implements Step {}

    /// Its process ends; what it is made of now may come back.
    ///
    /// @param ask what to ask the members before it; nothing for a Pod that takes no part in their
    ///     majority
    record DeletePod(MemberName name, ObjectId id, RestartReason reason, Optional<Farewell> ask) implements Step {}

    record GrowVolume(MemberName name, VolumeUse use, ObjectId id, long bytes) implements Step {}

    record DeleteVolume(MemberName name, VolumeUse use, ObjectId id) implements Step {}

    /// The volume of a member that was removed is kept, and no member is ever started on it again.
    record RetireVolume(MemberName name, VolumeUse use, ObjectId id) implements Step {}

    /// The volume tells of which cluster it holds data.
    record LabelVolume(MemberName name, VolumeUse use, ObjectId id, String clusterId) implements Step {}

    /// The Pod tells whether it leads.
    record MarkLeader(MemberName name, ObjectId id, boolean leads) implements Step {}

    /// How a member without data begins. One with data does not look at it.
    sealed interface Start {
        /// It founds the cluster, alone.
        record Found() implements Start {}

        /// It joins these.
        ///
        /// @param members as in the flag initial-cluster
        record Join(String members) implements Start {}
    }

    /// What the members are asked before one is stopped.
    ///
    /// @param force the cluster cannot do without any member, and the user wants it all the same
    record Farewell(long id, boolean force) {}

    /// Whether something that may serve is taken away, or another one is to lead.
    default boolean disturbs() {
        return switch (this) {
            case DeletePod _, MoveLeader _, RemoveMember _, SwapMember _, SubstituteMember _ -> true;
            case CreateMember _, CreateVolume _, CreatePod _, AddMember _, PromoteMember _ -> false;
            case GrowVolume _, DeleteVolume _, RetireVolume _, LabelVolume _, MarkLeader _ -> false;
        };
    }

    /// Whether it changes who belongs to the cluster or votes.
    default boolean changesMembers() {
        return switch (this) {
            case AddMember _, PromoteMember _, RemoveMember _, SwapMember _, SubstituteMember _ -> true;
            case CreateMember _, CreateVolume _, CreatePod _, DeletePod _, MoveLeader _ -> false;
            case GrowVolume _, DeleteVolume _, RetireVolume _, LabelVolume _, MarkLeader _ -> false;
        };
    }

    /// The member that it is about first.
    default MemberName subject() {
        return switch (this) {
            case CreateMember(var name, var _) -> name;
            case CreateVolume(var name, var _, var _) -> name;
            case CreatePod(var name, var _, var _) -> name;
            case AddMember(var name, var _, var _) -> name;
            case PromoteMember(var name, var _, var _) -> name;
            case RemoveMember(var name, var _, var _) -> name;
            case SwapMember(var out, var _, var _, var _, var _) -> out;
            case SubstituteMember(var out, var _, var _, var _) -> out;
            case MoveLeader(var to, var _) -> to;
            case DeletePod(var name, var _, var _, var _) -> name;
            case GrowVolume(var name, var _, var _, var _) -> name;
            case DeleteVolume(var name, var _, var _) -> name;
            case RetireVolume(var name, var _, var _) -> name;
            case LabelVolume(var name, var _, var _, var _) -> name;
            case MarkLeader(var name, var _, var _) -> name;
        };
    }
}
