package io.metastore.server.cluster;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.request.Command;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.MemberCommand.Successor;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The changes that one batch makes to the members. For the thread that applies commands.
///
/// Source of the refusals and of their order: etcd's check of a change of its configuration.
public final class MemberWriter {
    private final MemberTable table;
    private final Batch batch;
    private Membership members;

    MemberWriter(MemberTable table, Batch batch) {
        this.table = table;
        this.batch = batch;
        this.members = table.membership();
    }

    /// The members with the changes made here.
    public Membership members() {
        return members;
    }

    /// The cluster is founded by these, unless it was before: only the first configuration says who
    /// belongs to it, later ones follow what is said here.
    ///
    /// @return whether anything changed
    public boolean found(Collection<Member> founders) {
        if (!members.members().isEmpty() || !members.removed().isEmpty()) {
            return false;
        }
        founders.forEach(this::put);
        return !founders.isEmpty();
    }

    /// Removes all but one, which votes from then on, whatever it was.
    ///
    /// @param survivor as it is put into the table if it is not there
    public void keepOnly(Member survivor) {
        var kept = members.find(survivor.id()).map(Member::promoted).orElse(survivor);
        members.members().keySet().stream()
                .filter(other -> !other.equals(survivor.id()))
                .forEach(this::drop);
        put(kept);
    }

    /// Notes what a member tells of itself. Of one that does not belong to the cluster nothing is kept.
    public void publish(Command.PublishMember told) {
        members.find(told.member())
                .ifPresent(known -> put(known.introduced(told.name(), told.clientUrls(), told.witness())));
    }

    /// Makes the change, or tells why it is refused.
    public Optional<Reason> change(MemberCommand command) {
        return switch (command) {
            case MemberCommand.Add add ->
                refusal(members, add).or(() -> {
                    put(add.member());
                    return Optional.empty();
                });
            case MemberCommand.Remove(var member) ->
                missing(member).or(() -> leavesWitnessesOnly(member)).or(() -> {
                    drop(member);
                    return Optional.empty();
                });
            case MemberCommand.Update(var member, var peerUrls) -> update(member, peerUrls);
            case MemberCommand.Promote(var member) -> promote(member);
            case MemberCommand.Replace(var leaving, var successor) -> replace(leaving, successor);
            case MemberCommand.Expecting(var version, var change) ->
                members.version().equals(version) ? change(change) : Optional.of(Reason.MEMBERS_CHANGED);
        };
    }

    /// Everything is asked first: of a change that is refused nothing is kept.
    private Optional<Reason> replace(MemberId leaving, Successor successor) {
        var refusal = missing(leaving).or(() -> switch (successor) {
            case Successor.Newcomer(var add) ->
                leavesWitnessesOnly(leaving).or(() -> refusal(members.without(leaving), add));
            case Successor.Learner(var learner) -> refusesPromotion(learner);
        });
        if (refusal.isEmpty()) {
            drop(leaving);
            switch (successor) {
                case Successor.Newcomer(var add) -> put(add.member());
                case Successor.Learner(var learner) ->
                    members.find(learner).map(Member::promoted).ifPresent(this::put);
            }
        }
        return refusal;
    }

    /// A cluster of witnesses could elect nobody to take changes.
    private Optional<Reason> leavesWitnessesOnly(MemberId leaving) {
        var staying = members.voters().stream()
                .filter(member -> !member.id().equals(leaving))
                .toList();
        return !staying.isEmpty() && staying.stream().allMatch(Member::witness)
                ? Optional.of(Reason.NOT_ENOUGH_STARTED)
                : Optional.empty();
    }

    /// Why the member cannot be added to these.
    private static Optional<Reason> refusal(Membership others, MemberCommand.Add add) {
        var member = add.member();
        if (others.hasRemoved(member.id())) {
            return Optional.of(Reason.MEMBER_NOT_FOUND);
        }
        if (others.find(member.id()).isPresent()) {
            return Optional.of(Reason.MEMBER_EXISTS);
        }
        if (isUsed(others, member.peerUrls(), member.id())) {
            return Optional.of(Reason.PEER_URL_EXISTS);
        }
        long learners = others.all().stream().filter(Member::learner).count();
        return member.learner() && learners >= add.maxLearners()
                ? Optional.of(Reason.TOO_MANY_LEARNERS)
                : Optional.empty();
    }

    private Optional<Reason> update(MemberId member, List<String> peerUrls) {
        var refusal = missing(member)
                .or(() -> isUsed(members, peerUrls, member) ? Optional.of(Reason.PEER_URL_EXISTS) : Optional.empty());
        if (refusal.isEmpty()) {
            members.find(member).ifPresent(known -> put(known.reachedAt(peerUrls)));
        }
        return refusal;
    }

    private Optional<Reason> promote(MemberId member) {
        var refusal = refusesPromotion(member);
        if (refusal.isEmpty()) {
            members.find(member).map(Member::promoted).ifPresent(this::put);
        }
        return refusal;
    }

    private Optional<Reason> refusesPromotion(MemberId member) {
        return missing(member)
                .or(() -> members.find(member).filter(Member::learner).isPresent()
                        ? Optional.empty()
                        : Optional.of(Reason.MEMBER_NOT_LEARNER));
    }

    /// To the client one that was removed and one that never was are the same.
    private Optional<Reason> missing(MemberId member) {
        return members.find(member).isPresent() ? Optional.empty() : Optional.of(Reason.MEMBER_NOT_FOUND);
    }

    private static boolean isUsed(Membership members, List<String> peerUrls, MemberId exceptBy) {
        return members.all().stream()
                .filter(other -> !other.id().equals(exceptBy))
                .anyMatch(other -> other.peerUrls().stream().anyMatch(peerUrls::contains));
    }

    private void drop(MemberId member) {
        batch.put(Column.MEMBERS, MemberRow.key(member), MemberRow.REMOVED);
        members = members.without(member);
    }

    private void put(Member member) {
        batch.put(Column.MEMBERS, MemberRow.key(member.id()), MemberRow.value(member));
        members = members.with(member);
    }

    /// Makes the changes visible in the table; after the batch was committed.
    public void published() {
        table.publish(members);
    }
}
