package io.metastore.server.node;

import io.metastore.server.consensus.Contacts.Contact;
import io.metastore.server.consensus.Leading;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.ClusterView.Progress;
import java.util.Optional;
import java.util.OptionalLong;

/// How the members are in the eyes of the leader.
record Health(Leading leading) {
    /// A voter that is further behind answers, but nothing would be committed with it for a while.
    private static final long MOST_BEHIND = 1000;

    /// Whether the leader hears the member, or is it, and the member has nearly all of the log.
    boolean keepsUp(MemberId member) {
        return hears(member) && progress(member).lag().stream().anyMatch(lag -> lag <= MOST_BEHIND);
    }

    boolean hears(MemberId member) {
        return isLeader(member)
                || contact(member).filter(known -> known.connectedMillis() > 0).isPresent();
    }

    Progress progress(MemberId member) {
        if (isLeader(member)) {
            return progress(leading.contacts().lastIndex(), OptionalLong.of(0));
        }
        var silent = leading.silentMillis().get(member);
        var silence = silent == null ? OptionalLong.empty() : OptionalLong.of(silent);
        return contact(member)
                .map(Contact::matchIndex)
                .filter(match -> match >= 0)
                .map(match -> progress(match, silence))
                .orElseGet(() -> new Progress(OptionalLong.empty(), OptionalLong.empty(), silence));
    }

    private Progress progress(long match, OptionalLong silence) {
        return new Progress(
                OptionalLong.of(match), OptionalLong.of(Math.max(0, leading.commitIndex() - match)), silence);
    }

    private boolean isLeader(MemberId member) {
        return member.equals(leading.contacts().leader());
    }

    private Optional<Contact> contact(MemberId member) {
        return Optional.ofNullable(leading.contacts().others().get(member));
    }
}
