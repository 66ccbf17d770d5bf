package io.metastore.server.consensus;

import io.metastore.server.model.MemberId;
import io.metastore.server.request.Reason;
import java.util.Map;

/// What the leader knows of how the other members are doing.
public sealed interface Contacts {
    /// What the leader knows.
    ///
    /// @param lastIndex of the newest entry in the leader's log
    /// @param others those to whom the leader sends the log, learners too
    record Known(MemberId leader, long lastIndex, Map<MemberId, Contact> others) implements Contacts {
        public Known {
            others = Map.copyOf(others);
        }
    }

    record Refused(Reason reason) implements Contacts {}

    /// How one member is doing.
    ///
    /// @param matchIndex up to here the member has the leader's log, -1 when that is not known
    /// @param connectedMillis for so long it has answered without a pause; 0 while it does not
    record Contact(long matchIndex, long connectedMillis) {}
}
